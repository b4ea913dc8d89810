package io.careflow.pstn.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.RecordingFailed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.webhook.WebhookReply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** What Twilio's fields mean as events. */
class TwilioEventsTest {
    private static final String STAMP = "Mon, 05 Jan 2026 12:00:09 +0000";
    private static final Instant STAMPED = Instant.parse("2026-01-05T12:00:09Z");

    private final Desk desk = Desk.hangingUp();
    private Desk dialling = Desk.hangingUp();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous",
                "Anonymous",
                "unknown",
                "Restricted",
                "UNAVAILABLE",
                "+266696687",
                "+7378742833",
                "",
                "sip:anonymous@anonymous.invalid"
            })
    @DisplayName("a number that is withheld is nobody's")
    void withheld(String from) {
        desk.arrives("From", from);
        assertThat(desk.event(InboundCall.class).from().isAnonymous()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "+14165550142, +14165550142",
        "sip:+14165550142@198.51.100.7:5060;transport=udp, +14165550142",
        "sip:alice@example.org, sip:alice@example.org",
        "client:alice, client:alice",
        "8005551212, 8005551212",
        "0041 44 555, 0041 44 555"
    })
    @DisplayName("what is no number stays as it came")
    void addresses(String from, String address) {
        desk.arrives("From", from);
        assertThat(desk.event(InboundCall.class).from().address()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "TN-Validation-Passed-A, FULL",
        "TN-Validation-Passed-B, PARTIAL",
        "TN-Validation-Passed-C, GATEWAY",
        "TN-Validation-Passed-A-Diverted, FULL",
        "TN-Validation-Passed-C-Passthrough, GATEWAY",
        "TN-Validation-Passed-A-Of-Tomorrow, FULL",
        "TN-Validation-Failed-A, FAILED",
        "TN-Validation-Failed, FAILED",
        "TN-Validation-Passed, NONE",
        "No-TN-Validation, NONE",
        "Something-Else, NONE"
    })
    @DisplayName("the network's word for the number is understood, and kept")
    void attestation(String verstat, Attestation attestation) {
        desk.arrives("StirVerstat", verstat);
        CallOrigin origin = desk.event(InboundCall.class).origin();
        assertThat(origin.attestation()).isEqualTo(attestation);
        assertThat(origin.rawAttestation()).isEqualTo(verstat);
    }

    @Test
    @DisplayName("who forwarded the call and what SIP headers it had are told")
    void origin() {
        desk.arrives(
                "ForwardedFrom",
                "+14165550199",
                "SipHeader_X-Clinic",
                "7",
                "SipHeader_User-to-User",
                "abc",
                "Sip",
                "no");
        CallOrigin origin = desk.event(InboundCall.class).origin();
        assertThat(origin.forwardedFrom()).isEqualTo(Party.of("+14165550199"));
        assertThat(origin.sipHeaders()).isEqualTo(Map.of("X-Clinic", "7", "User-to-User", "abc"));
        Desk bare = Desk.hangingUp();
        bare.arrives();
        assertThat(bare.event(InboundCall.class).origin()).isEqualTo(CallOrigin.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "inbound, completed, '', 16, CALLER",
        "inbound, no-answer, '', 16, CALLER",
        "inbound, canceled, 487, 16, CALLER",
        "inbound, busy, '', 17, SYSTEM",
        "inbound, failed, '', 41, SYSTEM",
        "outbound-api, completed, 200, 16, CALLEE",
        "outbound-api, busy, 486, 17, CALLEE",
        "outbound-api, busy, 603, 21, CALLEE",
        "outbound-api, no-answer, 487, 19, SYSTEM",
        "outbound-api, canceled, 487, 16, SYSTEM",
        "outbound-api, failed, 404, 1, UNKNOWN",
        "outbound-api, failed, 480, 20, UNKNOWN",
        "outbound-api, failed, 503, 41, UNKNOWN"
    })
    @DisplayName("the end of a call has a cause, also where Twilio names none")
    void ends(String direction, String status, String sip, int q850, ReleasedBy by) {
        status(Desk.call(status, "Direction", direction, "SipResponseCode", sip, "CallDuration", "0"));
        CallEnded ended = desk.event(CallEnded.class);
        assertThat(ended.cause().q850()).isEqualTo(q850);
        assertThat(ended.cause().sipStatus()).isEqualTo(sip.isEmpty() ? null : Integer.valueOf(sip));
        assertThat(ended.cause().text()).isNotEmpty();
        assertThat(ended.releasedBy()).isEqualTo(by);
        assertThat(ended.exact()).isTrue();
        assertThat(ended.occurredAt()).isEqualTo(STAMPED.plusMillis(999));
        assertThat(desk.events()).hasSize(1);
    }

    @Test
    @DisplayName("a call that lasted was answered, also if no callback told it")
    void answeredBefore() {
        status(Desk.call("completed", "CallDuration", "7"));
        assertThat(desk.event(CallAnswered.class).occurredAt())
                .isEqualTo(STAMPED.plusMillis(999).minusSeconds(7));
    }

    @Test
    @DisplayName("a placed call that is answered says so; queued and ringing say nothing new")
    void placed() {
        for (String silent : List.of("queued", "initiated", "ringing")) {
            status(Desk.call(silent, "Direction", "outbound-api"));
        }
        assertThat(desk.events()).isEmpty();
        status(Desk.call("in-progress", "Direction", "outbound-api"));
        assertThat(desk.event(CallAnswered.class).occurredAt()).isEqualTo(STAMPED);
    }

    @ParameterizedTest
    @CsvSource({
        "human, HUMAN",
        "machine_start, MACHINE",
        "machine_end_beep, MACHINE",
        "fax, FAX",
        "unknown, UNKNOWN",
        "robot, UNKNOWN"
    })
    @DisplayName("who answered is told")
    void machines(String raw, MachineDetected.AnsweredBy who) {
        assertThat(desk.post(Desk.BASE + "/machine", new TreeMap<>(Map.of("CallSid", "CA1", "AnsweredBy", raw)))
                        .status())
                .isEqualTo(204);
        assertThat(desk.event(MachineDetected.class).answeredBy()).isEqualTo(who);
        assertThat(desk.event(MachineDetected.class).raw()).isEqualTo(raw);
    }

    @Test
    @DisplayName("a leg is dialled, rings, answers and ends, under the address that the flow has")
    void leg() {
        Element sip = dialled(CallFlow.start());
        for (String word : List.of("initiated", "ringing", "in-progress", "completed")) {
            leg(sip, word, "200", STAMP);
        }
        assertThat(dialling.events())
                .filteredOn(event -> event.id().startsWith("CA2"))
                .satisfiesExactly(
                        one -> assertThat(((LegDialled) one).destination()).isEqualTo("sip:1001"),
                        two -> assertThat(two).isInstanceOf(LegRinging.class),
                        three -> assertThat(three).isInstanceOf(LegAnswered.class),
                        again -> assertThat(((LegDialled) again).occurredAt()).isEqualTo(STAMPED),
                        four -> assertThat(((LegEnded) four).cause().q850()).isEqualTo(16));
        // The call itself was answered by the leg.
        assertThat(dialling.event(CallAnswered.class).occurredAt()).isEqualTo(STAMPED);
    }

    @Test
    @DisplayName("whoever hears only of the end of a leg knows who was dialled, and how long they talked")
    void endOfALegAlone() {
        Element sip = dialled(CallFlow.start());
        leg(sip, "completed", "200", STAMP, "CallDuration", "7");
        assertThat(dialling.event(LegDialled.class).destination()).isEqualTo("sip:1001");
        assertThat(dialling.event(LegAnswered.class).occurredAt())
                .isEqualTo(STAMPED.plusMillis(999).minusSeconds(7));
        assertThat(dialling.event(LegEnded.class).occurredAt()).isEqualTo(STAMPED);
    }

    @Test
    @DisplayName("a call that was answered before is not answered again by a leg")
    void answeredEarlier() {
        Element sip = dialled(CallFlow.start().say("One moment", Locale.ENGLISH));
        leg(sip, "in-progress", "", STAMP);
        assertThat(dialling.event(CallAnswered.class).occurredAt()).isEqualTo(Desk.NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "busy, 486, 17",
        "busy, 603, 21",
        "failed, 480, 20",
        "failed, 404, 1",
        "no-answer, 487, 16",
        "canceled, 487, 16",
        "no-answer, 408, 19"
    })
    @DisplayName("a leg that is not answered says why; one that is given up early was cancelled")
    void legEnds(String status, String sip, int q850) {
        leg(dialled(CallFlow.start()), status, sip, STAMP);
        assertThat(dialling.event(LegEnded.class).cause().q850()).isEqualTo(q850);
    }

    @Test
    @DisplayName("a leg that rang its full time was not answered; an error says that nobody is registered")
    void fullRing() {
        leg(dialled(CallFlow.start()), "no-answer", "487", "Mon, 05 Jan 2026 12:00:31 +0000");
        assertThat(dialling.event(LegEnded.class).cause().q850()).isEqualTo(19);
        String callback = dialled(CallFlow.start()).getAttribute("statusCallback");
        Map<String, String> fields = legFields("failed", "", STAMP);
        fields.put("ErrorCode", "32009");
        dialling.post(callback, fields);
        assertThat(dialling.event(LegEnded.class).cause().q850()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({
        "completed, RecordingSid=RE1&RecordingStatus=completed&RecordingDuration=9223372036854775807",
        "completed, CallbackSource=x&CallDuration=9223372036854775807"
    })
    @DisplayName("a time that cannot be is refused, and nothing is thrown")
    void impossibleTimes(String status, String more) {
        Map<String, String> fields = Desk.call(status, more.split("[&=]"));

        assertThat(desk.post(Desk.BASE + "/status", fields)).isEqualTo(WebhookReply.forbidden());
        assertThat(desk.events()).isEmpty();
    }

    @Test
    @DisplayName("recordings are ready, as what they are, or failed")
    void recordings() {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "CallSid", "CA1",
                "RecordingSid", "RE1",
                "RecordingStatus", "completed",
                "RecordingUrl", "https://api.twilio.com/RE1",
                "RecordingDuration", "12",
                "RecordingStartTime", STAMP,
                "RecordingSource", "RecordVerb"));
        desk.post(Desk.BASE + "/recording", fields);
        RecordingReady ready = desk.event(RecordingReady.class);
        assertThat(ready.kind()).isEqualTo(RecordingReady.Kind.VOICEMAIL);
        assertThat(ready.location()).isEqualTo(URI.create("https://api.twilio.com/RE1"));
        assertThat(ready.length()).isEqualTo(Duration.ofSeconds(12));
        assertThat(ready.occurredAt()).isEqualTo(STAMPED.plusSeconds(12));
        desk.events().clear();
        fields.put("RecordingSource", "StartCallRecordingTwiML");
        desk.post(Desk.BASE + "/recording", fields);
        assertThat(desk.event(RecordingReady.class).kind()).isEqualTo(RecordingReady.Kind.CALL);
        desk.events().clear();
        fields.put("RecordingStatus", "in-progress");
        desk.post(Desk.BASE + "/recording", fields);
        assertThat(desk.events()).isEmpty();
        fields.put("RecordingStatus", "absent");
        desk.post(Desk.BASE + "/recording", fields);
        assertThat(desk.event(RecordingFailed.class).raw()).isEqualTo("absent");
        fields.put("RecordingStatus", "evaporated");
        desk.post(Desk.BASE + "/recording", fields);
        assertThat(desk.event(Unrecognized.class).rawBody()).contains("evaporated");
    }

    @Test
    @DisplayName("a message comes in with its media, and Twilio is told to answer nothing")
    void message() {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "MessageSid", "SM1",
                "SmsStatus", "received",
                "From", "+14165550142",
                "To", "+18195550100",
                "Body", "Hello \uD83D\uDE00",
                "NumMedia", "2",
                "MediaUrl0", "https://api.twilio.com/m0",
                "MediaUrl1", "https://api.twilio.com/m1"));
        assertThat(desk.post(Desk.BASE + "/message", fields).body()).contains("<Response>");
        MessageReceived received = desk.event(MessageReceived.class);
        assertThat(received.text()).isEqualTo("Hello \uD83D\uDE00");
        assertThat(received.media())
                .containsExactly(URI.create("https://api.twilio.com/m0"), URI.create("https://api.twilio.com/m1"));
        assertThat(received.from()).isEqualTo("+14165550142");
    }

    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED",
        "sent, SENT",
        "delivered, DELIVERED",
        "read, DELIVERED",
        "undelivered, UNDELIVERED",
        "failed, FAILED",
        "canceled, FAILED",
        "partially_delivered, OTHER",
        "something-new, OTHER"
    })
    @DisplayName("what becomes of a message is told, with the code of its failure")
    void messageStatus(String raw, Message.Status status) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "MessageSid", "SM1", "SmsSid", "SM1", "MessageStatus", raw, "SmsStatus", raw, "ErrorCode", "30007"));
        assertThat(desk.post(Desk.BASE + "/message-status", fields).status()).isEqualTo(204);
        MessageStatusChanged changed = desk.event(MessageStatusChanged.class);
        assertThat(changed.status()).isEqualTo(status);
        assertThat(changed.rawStatus()).isEqualTo(raw);
        assertThat(changed.errorCode()).isEqualTo("30007");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=b", "MessageSid=SM1", "CallSid=CA1", "CallSid=CA1&CallStatus=ringing&Direction=outbound-api"})
    @DisplayName("a signed webhook of an unknown kind is told as it came")
    void unknown(String body) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        desk.post(Desk.BASE + "/status", fields);
        assertThat(desk.event(Unrecognized.class).rawBody()).isEqualTo(Signing.form(fields));
        List<PstnEvent> events = desk.events();
        assertThat(events).hasSize(1);
    }

    private void status(Map<String, String> fields) {
        fields.put("CallbackSource", "call-progress-events");
        fields.put("Timestamp", STAMP);
        assertThat(desk.post(Desk.BASE + "/status", fields).status()).isEqualTo(204);
    }

    /** The noun that a flow with these steps dials. */
    private Element dialled(CallFlow.Draft steps) {
        CallFlow flow = steps.dial(Dial.to(List.of(Destination.sip("sip:1001")), Continuation.named("then")));
        dialling = Desk.answering(event -> flow);
        return (Element)
                SimCall.parse(dialling.arrives()).getElementsByTagName("Sip").item(0);
    }

    private void leg(Element noun, String status, String sip, String stamp, String... more) {
        Map<String, String> fields = new TreeMap<>(legFields(status, sip, stamp));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        assertThat(dialling.post(noun.getAttribute("statusCallback"), fields).status())
                .isEqualTo(204);
    }

    private static Map<String, String> legFields(String status, String sip, String stamp) {
        return Desk.call(
                status,
                "CallSid",
                "CA2",
                "ParentCallSid",
                "CA1",
                "Direction",
                "outbound-dial",
                "To",
                "sip:1001@acme.sip.twilio.com",
                "CallbackSource",
                "call-progress-events",
                "SipResponseCode",
                sip,
                "Timestamp",
                stamp);
    }
}
