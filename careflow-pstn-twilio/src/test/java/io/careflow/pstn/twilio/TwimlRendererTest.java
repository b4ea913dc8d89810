package io.careflow.pstn.twilio;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Client;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Recording;
import com.twilio.twiml.voice.Sip;
import com.twilio.twiml.voice.Start;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.Step;
import io.careflow.pstn.flow.Voicemail;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

/** What we write means what twilio-java's builders write, and keeps to Twilio's limits. */
class TwimlRendererTest {
    private static final String BASE = "https://phone.example.org/twilio";
    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00.500Z");
    private static final Continuation THEN = Continuation.named("next").with("a", "1");
    private static final String AGAIN = "#rc=3&rp=ct,rt,5xx";

    private final MemoSeal seal = new MemoSeal(Secret.of("key"));
    private final TwimlRenderer renderer = renderer("acme.sip.twilio.com", Map.of("fr-CA", "Polly.Chantal"));
    private final CallContext arriving = CallContext.arriving("CA1", NOW);
    private final CallContext answered = new CallContext("CA1", 4, AnswerMark.TOLD, NOW);

    @Test
    @DisplayName("say, play, pause, digits and recording are Twilio's verbs, and the end comes by a redirect to us")
    void steps() {
        CallFlow flow = CallFlow.start()
                .say("Hello & <welcome>", Locale.ENGLISH)
                .say("Bonjour", Locale.CANADA_FRENCH)
                .play(URI.create("https://media.example.org/a.mp3?x=1&y=2"))
                .pause(ofMillis(1500))
                .sendDigits("12w#")
                .startRecording()
                .hangUp();
        Element actual = parse(renderer.render(flow, arriving));
        String end = text(actual, "Redirect");
        same(
                actual,
                new VoiceResponse.Builder()
                        .say(new com.twilio.twiml.voice.Say.Builder("Hello & <welcome>")
                                .language(com.twilio.twiml.voice.Say.Language.EN_US)
                                .build())
                        .say(new com.twilio.twiml.voice.Say.Builder("Bonjour")
                                .language(com.twilio.twiml.voice.Say.Language.FR_CA)
                                .voice(com.twilio.twiml.voice.Say.Voice.POLLY_CHANTAL)
                                .build())
                        .play(new com.twilio.twiml.voice.Play.Builder("https://media.example.org/a.mp3?x=1&y=2")
                                .build())
                        .pause(new com.twilio.twiml.voice.Pause.Builder()
                                .length(2)
                                .build())
                        .play(new com.twilio.twiml.voice.Play.Builder()
                                .digits("12w#")
                                .build())
                        .start(new Start.Builder()
                                .recording(new Recording.Builder()
                                        .channels(Recording.Channels.DUAL)
                                        .recordingStatusCallback(BASE + "/recording" + AGAIN)
                                        .recordingStatusCallbackEvents(
                                                List.of(Recording.Event.COMPLETED, Recording.Event.ABSENT))
                                        .build())
                                .build())
                        .redirect(redirect(end))
                        .build());
        CallMemo memo = memo(end);
        assertThat(memo.kind()).isEqualTo(CallMemo.Kind.END);
        assertThat(memo.answer()).isEqualTo(AnswerMark.by(NOW));
        assertThat(EndMemo.read(memo.details())).isEqualTo(new HangUp(HangupCause.NORMAL_CLEARING));
    }

    @Test
    @DisplayName("a gather asks for digits, waits the longer of its times, and asks us also when nothing came")
    void gather() {
        Gather gather = Gather.digits(4, THEN)
                .asking(new Say("Your ID?", Locale.UK), new Play(URI.create("https://media.example.org/b.wav")))
                .within(ofSeconds(5), ofMillis(6100), ofSeconds(20));
        Element actual = parse(renderer.render(CallFlow.start().gather(gather), arriving));
        String action = attribute(actual, "Gather", "action");
        same(
                actual,
                new VoiceResponse.Builder()
                        .gather(new com.twilio.twiml.voice.Gather.Builder()
                                .action(action)
                                .inputs(com.twilio.twiml.voice.Gather.Input.DTMF)
                                .timeout(7)
                                .numDigits(4)
                                .finishOnKey("#")
                                .actionOnEmptyResult(true)
                                .say(new com.twilio.twiml.voice.Say.Builder("Your ID?")
                                        .language(com.twilio.twiml.voice.Say.Language.EN_GB)
                                        .build())
                                .play(new com.twilio.twiml.voice.Play.Builder("https://media.example.org/b.wav")
                                        .build())
                                .build())
                        .build());
        CallMemo memo = memo(action);
        assertThat(memo.then()).isEqualTo(THEN);
        assertThat(memo.call()).isEqualTo("CA1");
    }

    @Test
    @DisplayName("speech is understood in the language of the question")
    void speech() {
        Gather gather = Gather.digits(4, THEN)
                .accepting(Set.of(InputKind.DTMF, InputKind.SPEECH))
                .asking(new Say("Ihre Nummer?", Locale.GERMAN));
        Element both = first(parse(renderer.render(CallFlow.start().gather(gather), arriving)), "Gather");
        assertThat(both.getAttribute("input")).isEqualTo("dtmf speech");
        assertThat(both.getAttribute("language")).isEqualTo("de-DE");
        assertThat(both.getAttribute("speechTimeout")).isEqualTo("auto");
        assertThat(both.hasAttribute("hints")).isFalse();
        Element hinted = first(
                parse(renderer.render(CallFlow.start().gather(gather.hinting("Empfang", "R&D")), arriving)), "Gather");
        assertThat(hinted.getAttribute("hints")).isEqualTo("Empfang,R&D");
        Gather spoken = gather.accepting(Set.of(InputKind.SPEECH)).asking();
        Element only = first(parse(renderer.render(CallFlow.start().gather(spoken), arriving)), "Gather");
        assertThat(only.getAttribute("input")).isEqualTo("speech");
        assertThat(only.getAttribute("language")).isEqualTo("en-US");
        assertThat(only.hasAttribute("numDigits")).isFalse();
    }

    @Test
    @DisplayName("a dial rings numbers, SIP users and clients, each with callbacks of its own")
    void dial() {
        Dial dial = new Dial(
                List.of(
                        Destination.number(new PhoneNumber("+14165550100")),
                        Destination.sip("sip:1001"),
                        Destination.sip("sip:bob@pbx.example.org:5070"),
                        new WebClient("alice_1")),
                new PhoneNumber("+18195550100"),
                ofMillis(20_200),
                ofMinutes(90),
                THEN);
        Element actual = parse(renderer.render(CallFlow.start().dial(dial), arriving));
        List<String> callbacks = SimCall.children(first(actual, "Dial")).stream()
                .map(noun -> noun.getAttribute("statusCallback"))
                .toList();
        same(
                actual,
                new VoiceResponse.Builder()
                        .dial(new com.twilio.twiml.voice.Dial.Builder()
                                .action(attribute(actual, "Dial", "action"))
                                .answerOnBridge(true)
                                .timeout(21)
                                .timeLimit(5400)
                                .callerId("+18195550100")
                                .number(new Number.Builder("+14165550100")
                                        .statusCallback(URI.create(callbacks.get(0)))
                                        .statusCallbackEvents(List.of(
                                                Number.Event.INITIATED,
                                                Number.Event.RINGING,
                                                Number.Event.ANSWERED,
                                                Number.Event.COMPLETED))
                                        .build())
                                .sip(sip("sip:1001@acme.sip.twilio.com", callbacks.get(1)))
                                .sip(sip("sip:bob@pbx.example.org:5070", callbacks.get(2)))
                                .client(new Client.Builder("alice_1")
                                        .statusCallback(URI.create(callbacks.get(3)))
                                        .statusCallbackEvents(List.of(
                                                Client.Event.INITIATED,
                                                Client.Event.RINGING,
                                                Client.Event.ANSWERED,
                                                Client.Event.COMPLETED))
                                        .build())
                                .build())
                        .build());
        CallMemo leg = memo(callbacks.get(1));
        assertThat(LegMemo.read(leg.details()).destination()).isEqualTo("sip:1001");
        assertThat(leg.answer()).isEqualTo(AnswerMark.NOT_ANSWERED);
    }

    @Test
    @DisplayName("a dial shows the caller's own number if no other is asked for, and rings 5 seconds at least")
    void dialLimits() {
        Dial dial = Dial.to(List.of(Destination.sip("sip:1001")), THEN).ringingFor(ofSeconds(1));
        Element verb = first(parse(renderer.render(CallFlow.start().dial(dial), answered)), "Dial");
        assertThat(verb.hasAttribute("callerId")).isFalse();
        assertThat(verb.getAttribute("timeout")).isEqualTo("5");
    }

    @Test
    @DisplayName("a voicemail is a record that goes on also when nothing was said")
    void voicemail() {
        CallFlow flow = CallFlow.start().voicemail(new Voicemail(ofSeconds(1), ofMillis(4001), THEN));
        Element actual = parse(renderer.render(flow, arriving));
        String action = attribute(actual, "Record", "action");
        same(
                actual,
                new VoiceResponse.Builder()
                        .record(new Record.Builder()
                                .action(action)
                                .maxLength(2)
                                .timeout(5)
                                .finishOnKey("#")
                                .playBeep(true)
                                .trim(Record.Trim.DO_NOT_TRIM)
                                .recordingStatusCallback(BASE + "/recording" + AGAIN)
                                .recordingStatusCallbackEvents(
                                        List.of(Record.RecordingEvent.COMPLETED, Record.RecordingEvent.ABSENT))
                                .build())
                        .redirect(redirect(action))
                        .build());
    }

    @Test
    @DisplayName("conferences and queues have their names, and come back when they are left")
    void rooms() {
        Element room = parse(renderer.render(CallFlow.start().end(new Conference("Room <1>", THEN)), arriving));
        same(
                room,
                new VoiceResponse.Builder()
                        .dial(new com.twilio.twiml.voice.Dial.Builder()
                                .action(attribute(room, "Dial", "action"))
                                .conference(new com.twilio.twiml.voice.Conference.Builder("Room <1>").build())
                                .build())
                        .build());
        assertThat(memo(attribute(room, "Dial", "action")).kind()).isEqualTo(CallMemo.Kind.CONFERENCE);
        Element queue = parse(renderer.render(CallFlow.start().end(new Enqueue("sales", THEN)), arriving));
        same(
                queue,
                new VoiceResponse.Builder()
                        .enqueue(new com.twilio.twiml.voice.Enqueue.Builder("sales")
                                .action(attribute(queue, "Enqueue", "action"))
                                .build())
                        .build());
    }

    @Test
    @DisplayName("a conference ends with a host, and goes on without a guest, which is Twilio's default")
    void hosts() {
        Conference conference = new Conference("ward", THEN);
        String host = renderer.render(CallFlow.start().end(conference.asHost()), arriving);
        assertThat(attribute(parse(host), "Conference", "endConferenceOnExit")).isEqualTo("true");
        assertThat(renderer.render(CallFlow.start().end(conference), arriving)).doesNotContain("endConferenceOnExit");
    }

    @Test
    @DisplayName("a redirect asks us again")
    void redirects() {
        Element actual = parse(renderer.render(CallFlow.start().redirect(THEN), arriving));
        same(
                actual,
                new VoiceResponse.Builder()
                        .redirect(redirect(text(actual, "Redirect")))
                        .build());
        assertThat(memo(text(actual, "Redirect")).then()).isEqualTo(THEN);
    }

    @ParameterizedTest
    @EnumSource(Reject.Reason.class)
    @DisplayName("a call that is not answered is rejected, one that is, hung up")
    void rejects(Reject.Reason reason) {
        CallFlow flow = CallFlow.start().reject(reason);
        same(
                parse(renderer.render(flow, arriving)),
                new VoiceResponse.Builder()
                        .reject(new com.twilio.twiml.voice.Reject.Builder()
                                .reason(
                                        reason == Reject.Reason.BUSY
                                                ? com.twilio.twiml.voice.Reject.Reason.BUSY
                                                : com.twilio.twiml.voice.Reject.Reason.REJECTED)
                                .build())
                        .build());
        VoiceResponse hangup = new VoiceResponse.Builder()
                .hangup(new com.twilio.twiml.voice.Hangup.Builder().build())
                .build();
        same(parse(renderer.render(flow, answered)), hangup);
        same(parse(renderer.render(CallFlow.start().hangUp(), answered)), hangup);
        // Hanging up would answer the call first.
        assertThat(renderer.render(CallFlow.start().hangUp(), arriving)).contains("<Reject");
    }

    @Test
    @DisplayName("pauses do not answer a call: the moment of the answer is after them")
    void pauses() {
        CallFlow flow = CallFlow.start()
                .pause(ofSeconds(3))
                .say("Hello", Locale.ENGLISH)
                .hangUp();
        Element actual = parse(renderer.render(flow, arriving));
        assertThat(memo(text(actual, "Redirect")).answer()).isEqualTo(AnswerMark.by(NOW.plusSeconds(3)));
        CallFlow silent = CallFlow.start().pause(ofSeconds(3)).reject(Reject.Reason.BUSY);
        CallMemo end = memo(text(parse(renderer.render(silent, arriving)), "Redirect"));
        assertThat(end.answer()).isEqualTo(AnswerMark.NOT_ANSWERED);
        assertThat(EndMemo.read(end.details())).isEqualTo(new Reject(Reject.Reason.BUSY));
    }

    @Test
    @DisplayName("every character that XML has arrives as it is, every other is a space")
    void hostileTexts() {
        StringBuilder hostile = new StringBuilder("]]> <!-- --> &amp; &#0; ' \" <Response/> %00 ");
        for (int c = 0; c < 0x250; c++) {
            hostile.append((char) c);
        }
        hostile.append("\u2028\u2029\uFEFF\uFFFD\uFFFE\uFFFF\uD83D\uDE00 \uD800 \uDC00\uD800");
        Element actual = parse(renderer.render(
                CallFlow.start().say(hostile.toString(), Locale.ENGLISH).hangUp(), arriving));
        StringBuilder expected = new StringBuilder();
        hostile.codePoints().forEach(c -> {
            boolean xml = c == 9
                    || c == 10
                    || c == 13
                    || (c >= 0x20 && c <= 0xD7FF)
                    || (c >= 0xE000 && c <= 0xFFFD)
                    || c >= 0x10000;
            expected.appendCodePoint(xml ? c : ' ');
        });
        assertThat(text(actual, "Say")).isEqualTo(expected.toString());
        assertThat(SimCall.children(actual)).extracting(Element::getTagName).containsExactly("Say", "Redirect");
    }

    @ParameterizedTest
    @CsvSource({"en,en-US", "fr,fr-FR", "es-MX,es-MX", "sv,sv-SE", "zh,zh-CN"})
    @DisplayName("a language without country gets the usual one")
    void languages(String asked, String tag) {
        CallFlow flow = CallFlow.start().say("x", Locale.forLanguageTag(asked)).hangUp();
        assertThat(first(parse(renderer.render(flow, arriving)), "Say").getAttribute("language"))
                .isEqualTo(tag);
    }

    @Test
    @DisplayName("what TwiML cannot do is refused, and what it can is named")
    void refuses() {
        refused(CallFlow.start().stopRecording().hangUp(), "stop-recording", "start-recording");
        refused(CallFlow.start().step(new UnknownStep()).hangUp(), "unknown-step", "say");
        refused(CallFlow.start().step(new Notice("n", new Say("x", Locale.US))).hangUp(), "notice", "say");
        Dial plain = Dial.to(destinations(1), THEN);
        refused(CallFlow.start().dial(plain.over(List.of("first"))), Dial.OVER, "dial");
        refused(CallFlow.start().dial(plain.labelled("destination")), Dial.LABEL, "dial");
        DialWarning soon = new DialWarning(ofSeconds(30), new Say("x", Locale.US));
        refused(CallFlow.start().dial(plain.talkingAtMost(ofSeconds(60)).warning(soon)), Dial.WARNING, "dial");
        refused(CallFlow.start().say("x", Locale.forLanguageTag("tlh")).hangUp(), "'tlh'", "en-US");
        refused(CallFlow.start().say("x", Locale.forLanguageTag("en-PK")).hangUp(), "'en-PK'", "en-GB");
        refused(CallFlow.start().play(URI.create("sound:beep")).hangUp(), "sound:", "https");
        refused(CallFlow.start().end(new Conference("\u0000", THEN)), "conference room", "128");
        refused(CallFlow.start().end(new Enqueue(" ", THEN)), "queue", "128");
        refused(CallFlow.start().dial(Dial.to(destinations(11), THEN)), "11 destinations", "up to 10");
        refused(CallFlow.start().dial(Dial.to(List.of(new Elsewhere()), THEN)), "Elsewhere", "clients");
        Gather key = new Gather(
                Set.of(InputKind.DTMF),
                List.of(),
                4,
                'A',
                null,
                ofSeconds(1),
                ofSeconds(1),
                ofSeconds(1),
                List.of(),
                THEN);
        refused(CallFlow.start().gather(key), "finish key 'A'", "#");
        Gather klingon = Gather.digits(4, THEN)
                .accepting(Set.of(InputKind.SPEECH))
                .asking(new Say("x", Locale.forLanguageTag("cy-GB")));
        refused(CallFlow.start().gather(klingon), "understanding", "en-US");
        TwimlRenderer homeless = renderer(null, Map.of());
        CallFlow user = CallFlow.start().dial(Dial.to(List.of(Destination.sip("sip:1001")), THEN));
        assertThatThrownBy(() -> homeless.render(user, arriving))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContainingAll("1001", "SIP domain", "with a host");
        assertThat(renderer.render(CallFlow.start().dial(Dial.to(destinations(10), THEN)), arriving))
                .contains("<Dial");
    }

    @Test
    @DisplayName("every URL is absolute, and those of callbacks ask to be repeated")
    void urls() {
        WebhookUrls urls = new WebhookUrls(URI.create(BASE + "/"));
        assertThat(List.of(urls.voice(), urls.message())).containsExactly(BASE + "/voice", BASE + "/message");
        assertThat(List.of(urls.status(), urls.machine(), urls.recording(), urls.messageStatus(), urls.leg("m")))
                .allSatisfy(url -> assertThat(url).startsWith(BASE + "/").endsWith(AGAIN));
    }

    private static List<Destination> destinations(int count) {
        List<Destination> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Destination.sip("sip:10" + i));
        }
        return all;
    }

    private void refused(CallFlow flow, String what, String supported) {
        assertThatThrownBy(() -> renderer.render(flow, arriving))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContainingAll(what, supported);
    }

    private TwimlRenderer renderer(@org.jspecify.annotations.Nullable String sipDomain, Map<String, String> voices) {
        return new TwimlRenderer(
                new FlowSettings(TwilioStage.TWILIO, new WebhookUrls(URI.create(BASE)), sipDomain, voices), seal);
    }

    private CallMemo memo(String url) {
        return seal.open(url.replaceFirst(".*memo=", "").replaceFirst("#.*", ""))
                .orElseThrow();
    }

    private static Sip sip(String address, String callback) {
        return new Sip.Builder(URI.create(address))
                .statusCallback(URI.create(callback))
                .statusCallbackEvents(
                        List.of(Sip.Event.INITIATED, Sip.Event.RINGING, Sip.Event.ANSWERED, Sip.Event.COMPLETED))
                .build();
    }

    private static com.twilio.twiml.voice.Redirect redirect(String url) {
        return new com.twilio.twiml.voice.Redirect.Builder(url)
                .method(HttpMethod.POST)
                .build();
    }

    private static void same(Element actual, VoiceResponse expected) {
        try {
            Element theirs = parse(expected.toXml());
            assertThat(actual.isEqualNode(theirs))
                    .as("ours %s%ntheirs %s", print(actual), print(theirs))
                    .isTrue();
        } catch (TwiMLException e) {
            throw new AssertionError(e);
        }
    }

    private static String print(Element element) {
        StringBuilder out = new StringBuilder("<" + element.getTagName());
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            out.append(' ').append(element.getAttributes().item(i));
        }
        out.append('>');
        List<Element> children = SimCall.children(element);
        children.forEach(child -> out.append(print(child)));
        return out.append(children.isEmpty() ? element.getTextContent() : "").toString();
    }

    private static Element parse(String document) {
        return SimCall.parse(document);
    }

    private static Element first(Element response, String verb) {
        return (Element) response.getElementsByTagName(verb).item(0);
    }

    private static String text(Element response, String verb) {
        return first(response, verb).getTextContent();
    }

    private static String attribute(Element response, String verb, String name) {
        return first(response, verb).getAttribute(name);
    }

    private record UnknownStep() implements Step {
        @Override
        public String name() {
            return "unknown-step";
        }
    }

    private record Elsewhere() implements Destination {
        @Override
        public String address() {
            return "elsewhere";
        }
    }
}
