package io.careflow.pstn.twilio;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Secret;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Voicemail;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class TwilioWebhooksTest {
    private static final String VOICE = Desk.BASE + "/voice";
    private static final String EMPTY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";
    private static final Continuation THEN = Continuation.named("then").with("k", "v");

    @Test
    @DisplayName("a call that arrives is answered with TwiML, and its events are told")
    void arrives() {
        Desk desk = Desk.answering(
                event -> CallFlow.start().say("Hello", Locale.ENGLISH).hangUp().noting(CallNote.NONE.withUser("u1")));
        WebhookReply reply = desk.post(VOICE, Desk.call("ringing", "CallerName", "ALICE"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo("text/xml; charset=utf-8");
        assertThat(reply.body()).contains("Hello");
        assertThat(desk.event(InboundCall.class).from().displayName()).isEqualTo("ALICE");
        assertThat(desk.event(CallNoted.class).note().userId()).isEqualTo("u1");
        assertThat(desk.events()).hasSize(2);
    }

    @Test
    @DisplayName("a webhook that is not signed is refused and nobody hears of it")
    void forged() {
        Desk desk = Desk.hangingUp();
        WebhookRequest good = Desk.request(VOICE, Desk.call("ringing"));
        WebhookRequest bad = new WebhookRequest("POST", VOICE + "?x=1", good.headers(), good.body());
        assertThat(desk.webhooks().answer(bad)).isEqualTo(WebhookReply.forbidden());
        assertThat(reason(desk, bad)).isEqualTo(Reason.FORGED);
        assertThat(reason(desk, WebhookRequest.post(VOICE, good.text()))).isEqualTo(Reason.UNSIGNED);
        assertThat(desk.events()).isEmpty();
        assertThat(desk.webhooks().receive(good)).isInstanceOf(Delivery.Trusted.class);
    }

    @Test
    @DisplayName("a webhook of more than a megabyte is refused though it is signed, and nobody hears of it")
    void tooLarge() {
        Desk desk = Desk.hangingUp();
        WebhookRequest large = Desk.request(VOICE, Desk.call("ringing", "CallerName", "x".repeat(1 << 20)));
        assertThat(reason(desk, large)).isEqualTo(Reason.UNREADABLE);
        assertThat(desk.webhooks().answer(large)).isEqualTo(WebhookReply.forbidden());
        assertThat(desk.events()).isEmpty();
    }

    @Test
    @DisplayName("a continuation that was altered, or belongs to another call, is refused although it is signed")
    void continuation() {
        Desk desk = Desk.answering(event -> CallFlow.start().redirect(THEN));
        String url = redirect(Desk.answering(
                        event -> CallFlow.start().say("x", Locale.ENGLISH).redirect(THEN))
                .arrives());
        assertThat(desk.webhooks().receive(Desk.request(url, Desk.call("in-progress"))))
                .isInstanceOf(Delivery.Trusted.class);
        char last = url.charAt(url.length() - 5);
        String altered =
                url.substring(0, url.length() - 5) + (last == 'A' ? 'B' : 'A') + url.substring(url.length() - 4);
        assertThat(reason(desk, Desk.request(altered, Desk.call("in-progress"))))
                .isEqualTo(Reason.FORGED);
        assertThat(reason(desk, Desk.request(url, Desk.call("in-progress", "CallSid", "CA2"))))
                .isEqualTo(Reason.FORGED);
    }

    @Test
    @DisplayName("a delivery that comes again is known by its token, and its events have the same ids")
    void repeated() {
        Desk desk = Desk.hangingUp();
        WebhookRequest request =
                Desk.request(VOICE, Desk.call("ringing")).header("I-Twilio-Idempotency-Token", "token-1");
        Delivery.Trusted first = (Delivery.Trusted) desk.webhooks().receive(request);
        Delivery.Trusted second = (Delivery.Trusted) desk.webhooks().receive(request);
        assertThat(first.repeated()).isFalse();
        assertThat(second.repeated()).isTrue();
        assertThat(second.events()).isEqualTo(first.events());
        Delivery.Trusted other = (Delivery.Trusted) desk.webhooks().receive(Desk.request(VOICE, Desk.call("ringing")));
        assertThat(other.repeated()).isFalse();
        assertThat(other.events().get(0).id()).isEqualTo(first.events().get(0).id());
    }

    @Test
    @DisplayName("digits come back with the continuation, and the answer of the call is told once")
    void gathered() {
        Desk desk = Desk.answering(event -> event instanceof InboundCall
                ? CallFlow.start().gather(Gather.digits(4, THEN))
                : CallFlow.start().say("x", Locale.ENGLISH).redirect(THEN));
        String url = attribute(desk.arrives(), "Gather", "action");
        String reply =
                desk.post(url, Desk.call("in-progress", "Digits", "1234")).body();
        InputGathered input = desk.event(InputGathered.class);
        assertThat(input.input()).isEqualTo(GatheredInput.digits("1234", End.COMPLETE));
        assertThat(input.continuation()).isEqualTo(THEN);
        assertThat(desk.event(CallAnswered.class).occurredAt()).isEqualTo(Desk.NOW);
        desk.post(redirect(reply), Desk.call("in-progress"));
        assertThat(desk.event(Redirected.class).continuation()).isEqualTo(THEN);
        assertThat(desk.event(CallAnswered.class).id()).isEqualTo("CA1:answered");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', TIMEOUT",
        "12, '', 12, TIMEOUT",
        "12, #, 12, FINISH_KEY",
        "1234, '', 1234, COMPLETE",
        "9*12, #, 12, FINISH_KEY",
        "9*1, '', 1, TIMEOUT",
        "*, #, '', FINISH_KEY"
    })
    @DisplayName("what was entered is what came after the restart key")
    void digits(String digits, String finished, String entered, End end) {
        Desk desk = gathering(Gather.digits(4, THEN));
        String url = attribute(desk.arrives(), "Gather", "action");
        desk.post(url, Desk.call("in-progress", "Digits", digits, "FinishedOnKey", finished));
        assertThat(desk.event(InputGathered.class).input()).isEqualTo(GatheredInput.digits(entered, end));
    }

    @Test
    @DisplayName("if digits are missing after the restart key, the gather goes on for them without prompts")
    void restart() {
        Desk desk = gathering(Gather.digits(4, THEN));
        String url = attribute(desk.arrives(), "Gather", "action");
        String again =
                desk.post(url, Desk.call("in-progress", "Digits", "99*0")).body();
        assertThat(desk.events()).noneMatch(InputGathered.class::isInstance);
        Element gather = verb(again, "Gather");
        assertThat(gather.getAttribute("numDigits")).isEqualTo("3");
        assertThat(SimCall.children(gather)).isEmpty();
        String third = desk.post(gather.getAttribute("action"), Desk.call("in-progress", "Digits", "0*5"))
                .body();
        desk.post(attribute(third, "Gather", "action"), Desk.call("in-progress", "Digits", "678"));
        assertThat(desk.event(InputGathered.class).input()).isEqualTo(GatheredInput.digits("5678", End.COMPLETE));
    }

    @Test
    @DisplayName("speech comes back with its confidence in percent")
    void speech() {
        Desk desk = gathering(Gather.digits(4, THEN).accepting(Set.of(InputKind.SPEECH)));
        String url = attribute(desk.arrives(), "Gather", "action");
        desk.post(url, Desk.call("in-progress", "SpeechResult", "care for W one", "Confidence", "0.874"));
        assertThat(desk.event(InputGathered.class).input())
                .isEqualTo(new GatheredInput("", "care for W one", 87, End.COMPLETE));
    }

    @ParameterizedTest
    @CsvSource({
        "completed, 200, 12, ANSWERED, 16",
        "completed, 200, 60, ANSWERED, 102",
        "busy, 486, , BUSY, 17",
        "busy, 603, , REJECTED, 21",
        "no-answer, 487, , NO_ANSWER, 19",
        "failed, 480, , NOT_REGISTERED, 20",
        "failed, 404, , FAILED, 1",
        "failed, '', , FAILED, 41",
        "something-new, '', , FAILED, 41"
    })
    @DisplayName("the end of a dial says how it went and why")
    void dialled(
            String status,
            String sip,
            @org.jspecify.annotations.Nullable String seconds,
            Disposition result,
            int q850) {
        Desk desk = dialling();
        String url = attribute(desk.arrives(), "Dial", "action");
        Map<String, String> fields =
                Desk.call("in-progress", "DialCallStatus", status, "DialSipResponseCode", sip, "DialCallSid", "CA9");
        if (seconds != null) {
            fields.put("DialCallDuration", seconds);
        }
        desk.post(url, fields);
        DialEnded ended = desk.event(DialEnded.class);
        assertThat(ended.result()).isEqualTo(result);
        assertThat(ended.cause().q850()).isEqualTo(q850);
    }

    @Test
    @DisplayName("what ends a call after a talk tells whether the callee hung up")
    void calleeLeft() {
        Desk desk = dialling();
        String url = attribute(desk.arrives(), "Dial", "action");
        String reply = desk.post(url, Desk.call("in-progress", "DialCallStatus", "completed", "DialCallDuration", "5"))
                .body();
        assertThat(verb(reply, "Hangup")).isNotNull();
        assertThat(desk.event(CallEnded.class).releasedBy()).isEqualTo(ReleasedBy.CALLEE);
    }

    @Test
    @DisplayName("an action that is asked for after the caller has gone changes nothing")
    void callerGone() {
        Desk desk = dialling();
        String url = attribute(desk.arrives(), "Dial", "action");
        desk.events().clear();
        for (String status : List.of("completed", "canceled", "no-answer")) {
            assertThat(desk.post(url, Desk.call(status, "DialCallStatus", "no-answer"))
                            .body())
                    .isEqualTo(EMPTY);
        }
        assertThat(desk.events()).isEmpty();
    }

    @Test
    @DisplayName("messages, conferences and queues come back to the application")
    void otherEndings() {
        Desk voicemail = first(CallFlow.start().voicemail(Voicemail.upTo(ofSeconds(60), THEN)));
        String url = attribute(voicemail.arrives(), "Record", "action");
        voicemail.post(url, Desk.call("in-progress", "RecordingUrl", "https://x", "Digits", "#"));
        assertThat(voicemail.event(MessageTaken.class).continuation()).isEqualTo(THEN);
        Desk room = first(CallFlow.start().end(new Conference("room", THEN)));
        room.post(attribute(room.arrives(), "Dial", "action"), Desk.call("in-progress"));
        assertThat(room.event(Redirected.class).continuation()).isEqualTo(THEN);
        Desk queue = first(CallFlow.start().end(new Enqueue("queue", THEN)));
        queue.post(attribute(queue.arrives(), "Enqueue", "action"), Desk.call("in-progress", "QueueResult", "leave"));
        assertThat(queue.event(Redirected.class).continuation()).isEqualTo(THEN);
    }

    @Test
    @DisplayName("a flow that only redirects is followed without asking Twilio, and stopped if it goes in circles")
    void redirects() {
        Desk desk = Desk.answering(event -> event instanceof InboundCall
                ? CallFlow.start().redirect(THEN)
                : CallFlow.start().say("There", Locale.ENGLISH).hangUp());
        assertThat(desk.arrives()).contains("There");
        assertThat(desk.event(Redirected.class).continuation()).isEqualTo(THEN);
        List<PstnEvent> seen = new ArrayList<>();
        Desk circle = Desk.answering(event -> {
            seen.add(event);
            return CallFlow.start().redirect(THEN);
        });
        assertThat(circle.arrives()).contains("We are sorry.");
        assertThat(seen).hasSize(100);
        assertThat(seen.stream().map(PstnEvent::id)).doesNotHaveDuplicates();
        assertThat(circle.event(CallNoted.class).note().outcome()).isEqualTo(Disposition.FAILED);
    }

    @Test
    @DisplayName("a call that is refused ends at once, for the reason given, by us")
    void rejected() {
        Desk desk = first(CallFlow.start().reject(Reject.Reason.NOT_FOUND));
        assertThat(desk.arrives()).contains("<Reject reason=\"rejected\"/>");
        CallEnded ended = desk.event(CallEnded.class);
        assertThat(ended.cause()).isEqualTo(HangupCause.UNALLOCATED);
        assertThat(ended.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
        desk.events().clear();
        desk.post(Desk.BASE + "/status", status("no-answer", "CallDuration", "0"));
        // Twilio's word of the same end is told as the same event.
        assertThat(desk.events()).containsExactly(ended);
    }

    @Test
    @DisplayName("the end after the last words is known because Twilio comes back for it")
    void endAfterWords() {
        Desk desk = first(CallFlow.start()
                .say("Goodbye", Locale.ENGLISH)
                .end(new io.careflow.pstn.flow.HangUp(HangupCause.TEMPORARY_FAILURE)));
        String url = redirect(desk.arrives());
        assertThat(desk.events()).noneMatch(CallEnded.class::isInstance);
        assertThat(desk.post(url, Desk.call("in-progress")).body()).contains("<Hangup/>");
        assertThat(desk.event(CallEnded.class).cause().q850()).isEqualTo(41);
        assertThat(desk.event(CallAnswered.class).occurredAt()).isEqualTo(Desk.NOW);
        Desk gone = first(CallFlow.start().say("Goodbye", Locale.ENGLISH).hangUp());
        String late = redirect(gone.arrives());
        assertThat(gone.post(late, Desk.call("completed")).body()).isEqualTo(EMPTY);
        assertThat(gone.events()).noneMatch(CallEnded.class::isInstance);
    }

    @Test
    @DisplayName(
            "when the handler fails, or answers what TwiML cannot do, the caller hears the apology and the call ends")
    void apology() {
        List<io.careflow.pstn.event.FlowHandler> failing = List.of(
                event -> {
                    throw new IllegalStateException("database down");
                },
                event -> CallFlow.start().stopRecording().hangUp());
        for (io.careflow.pstn.event.FlowHandler handler : failing) {
            Desk desk = Desk.apologising(
                    handler, CallFlow.start().say("Sorry!", Locale.ENGLISH).redirect(THEN));
            String reply = desk.arrives();
            assertThat(reply).contains("Sorry!");
            assertThat(desk.event(CallNoted.class).note().outcome()).isEqualTo(Disposition.FAILED);
            desk.post(redirect(reply), Desk.call("in-progress"));
            assertThat(desk.event(CallEnded.class).cause().q850()).isEqualTo(41);
        }
    }

    @Test
    @DisplayName("an apology that TwiML cannot do is refused at the start")
    void impossibleApology() {
        CallFlow impossible = CallFlow.start().stopRecording().hangUp();
        assertThatThrownBy(() -> Desk.apologising(event -> impossible, impossible))
                .isInstanceOf(UnsupportedFeature.class);
    }

    @Test
    @DisplayName("a listener that fails does not cost the caller the call")
    void listenerFails() {
        TwilioWebhooks webhooks = telling(event -> {
            throw new IllegalStateException("listener");
        });
        assertThat(webhooks.answer(Desk.request(VOICE, Desk.call("ringing"))).body())
                .contains("Hello");
    }

    @Test
    @DisplayName("a text that nobody could keep is not answered as if somebody had, until somebody keeps it")
    void textIsNotKept() {
        List<PstnEvent> kept = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger(2);
        TwilioWebhooks webhooks = telling(event -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the database is down");
            }
            kept.add(event);
        });
        Map<String, String> text = Map.of(
                "MessageSid", "SM1",
                "SmsStatus", "received",
                "From", "+14165550142",
                "To", "+18195550100",
                "Body", "STOP",
                "NumMedia", "0");
        WebhookRequest arrives = Desk.request(Desk.BASE + "/message", text);
        assertThat(webhooks.answer(arrives).status()).isEqualTo(503);
        assertThat(webhooks.answer(arrives).status()).isEqualTo(503);
        assertThat(webhooks.answer(arrives).status()).isEqualTo(200);
        assertThat(kept).singleElement().isInstanceOf(MessageReceived.class);
    }

    private static TwilioWebhooks telling(Consumer<PstnEvent> listener) {
        MemoSeal seal = new MemoSeal(Secret.of("key"));
        return new TwilioWebhooks(
                new WebhookSettings(
                        TwilioStage.TWILIO,
                        List.of(Secret.of(SimTwilio.TOKEN)),
                        null,
                        event -> CallFlow.start().say("Hello", Locale.ENGLISH).hangUp(),
                        listener,
                        CallFlow.start().hangUp(),
                        OwnPhones.none(),
                        java.time.Clock.fixed(Desk.NOW, java.time.ZoneOffset.UTC)),
                seal,
                new TwimlRenderer(
                        new FlowSettings(TwilioStage.TWILIO, new WebhookUrls(URI.create(Desk.BASE)), null, Map.of()),
                        seal),
                new EndedCalls());
    }

    @Test
    @DisplayName("behind a proxy the public scheme, host and port stand in the place of those that arrive")
    void proxy() {
        WebhookSettings behind = new WebhookSettings(
                TwilioStage.TWILIO,
                List.of(),
                "https://phone.example.org",
                event -> CallFlow.start().hangUp(),
                event -> {},
                CallFlow.start().hangUp(),
                OwnPhones.none(),
                java.time.Clock.systemUTC());
        assertThat(behind.signedUrl("http://10.0.0.7:8080/twilio/voice?a=%2F")).isEqualTo(VOICE + "?a=%2F");
        assertThat(behind.signedUrl("http://10.0.0.7:8080")).isEqualTo("https://phone.example.org");
        assertThat(behind.signedUrl("http://10.0.0.7?x=1")).isEqualTo("https://phone.example.org?x=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"participant-join", "conference-end"})
    @DisplayName("what this version does not know arrives as it came")
    void unrecognized(String kind) {
        Desk desk = Desk.hangingUp();
        Map<String, String> fields = new TreeMap<>(Map.of("ConferenceSid", "CF1", "StatusCallbackEvent", kind));
        assertThat(desk.post(Desk.BASE + "/status", fields).status()).isEqualTo(204);
        Unrecognized event = desk.event(Unrecognized.class);
        assertThat(event.type()).isEqualTo(kind);
        assertThat(event.rawBody()).isEqualTo(Signing.form(fields));
    }

    @Test
    @DisplayName("a webhook by GET is read from its URL")
    void get() {
        Desk desk = Desk.hangingUp();
        String url = VOICE + "?" + Signing.form(Desk.call("ringing"));
        WebhookRequest request = new WebhookRequest(
                "GET",
                url,
                List.of(Map.entry("X-Twilio-Signature", Signing.sign(SimTwilio.TOKEN, url))),
                "".getBytes(StandardCharsets.UTF_8));
        assertThat(desk.webhooks().answer(request).status()).isEqualTo(200);
        assertThat(desk.event(InboundCall.class).to().address()).isEqualTo("+18195550100");
    }

    @Test
    @DisplayName("a signed webhook with a value that cannot be read is refused, not thrown")
    void unreadable() {
        Desk desk = Desk.hangingUp();
        WebhookRequest request = Desk.request(
                Desk.BASE + "/recording",
                new TreeMap<>(Map.of(
                        "CallSid", "CA1",
                        "RecordingSid", "RE1",
                        "RecordingStatus", "completed",
                        "RecordingUrl", "no url at all")));
        assertThat(reason(desk, request)).isEqualTo(Reason.UNREADABLE);
        assertThat(reason(desk, Desk.request(VOICE, Desk.call("ringing", "CallSid", " "))))
                .isEqualTo(Reason.UNREADABLE);
    }

    private static Desk first(CallFlow flow) {
        return Desk.answering(
                event -> event instanceof InboundCall ? flow : CallFlow.start().hangUp());
    }

    private static Desk gathering(Gather gather) {
        return first(CallFlow.start().gather(gather));
    }

    private static Desk dialling() {
        return first(CallFlow.start()
                .dial(Dial.to(List.of(Destination.sip("sip:1001")), THEN).talkingAtMost(ofSeconds(60))));
    }

    private static Map<String, String> status(String status, String... more) {
        Map<String, String> fields = Desk.call(status, more);
        fields.put("CallbackSource", "call-progress-events");
        fields.put("Timestamp", "Mon, 05 Jan 2026 12:00:09 +0000");
        return fields;
    }

    private static Reason reason(Desk desk, WebhookRequest request) {
        return ((Delivery.Refused) desk.webhooks().receive(request)).reason();
    }

    private static Element verb(String document, String name) {
        return (Element) SimCall.parse(document).getElementsByTagName(name).item(0);
    }

    private static String attribute(String document, String verb, String name) {
        return verb(document, verb).getAttribute(name);
    }

    private static String redirect(String document) {
        return verb(document, "Redirect").getTextContent();
    }
}
