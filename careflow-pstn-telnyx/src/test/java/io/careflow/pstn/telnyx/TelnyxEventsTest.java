package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallCharged;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.MachineDetected;
import io.careflow.pstn.event.MachineDetected.AnsweredBy;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.event.NumberOrderChanged;
import io.careflow.pstn.event.NumberOrderChanged.Outcome;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.RecordingFailed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.telnyx.HookReader.Unreadable;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelnyxEventsTest {
    private static final ProviderId TELNYX = new ProviderId("telnyx");
    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    private static final Instant THEN = Instant.parse("2026-01-05T11:59:58.123Z");
    private static final String IDS =
            "\"call_control_id\":\"v3:leg\",\"call_leg_id\":\"leg-1\",\"call_session_id\":\"session-1\"";
    private static final CallRef CALL = new CallRef(TELNYX, "v3:leg");

    private final TelnyxEvents events = new TelnyxEvents(TELNYX, OwnPhones.none());

    @Test
    @DisplayName("call.initiated of an incoming call is a call that arrives, and says who calls and who vouches")
    void callInitiated() {
        InboundCall call = only(InboundCall.class, "call.initiated", """
                {%s,"direction":"incoming","state":"parked","from":"+14165550142","to":"+18195550100",
                 "caller_id_name":"ALICE","shaken_stir_attestation":"A","shaken_stir_validated":true,
                 "custom_headers":[{"name":"X-Ward","value":"3"},{"name":"Diversion","value":"<sip:+18195550177@h>;reason=x"}],
                 "sip_headers":[{"name":"User-to-User","value":"abc"}],"tags":["t"]}""");
        assertThat(call.id()).isEqualTo("event-1");
        assertThat(call.occurredAt()).isEqualTo(THEN);
        assertThat(call.call()).isEqualTo(CALL);
        assertThat(call.from().number()).contains(new PhoneNumber("+14165550142"));
        assertThat(call.from().displayName()).isEqualTo("ALICE");
        assertThat(call.to().number()).contains(new PhoneNumber("+18195550100"));
        assertThat(call.origin().attestation()).isEqualTo(Attestation.FULL);
        assertThat(call.origin().rawAttestation()).isEqualTo("A, validated");
        assertThat(call.origin().sipHeaders()).containsEntry("X-Ward", "3").containsEntry("User-to-User", "abc");
        assertThat(call.origin().forwardedFrom()).isEqualTo(Party.of("+18195550177"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"A\"', true, FULL",
        "'\"B\"', true, PARTIAL",
        "'\"C\"', true, GATEWAY",
        "'\"Z\"', true, NONE",
        "'\"A\"', false, FAILED",
        "'\"A\"', null, NONE",
        "null, true, NONE",
        "null, null, NONE"
    })
    @DisplayName("a number is vouched for only where the signature was validated")
    void attestation(String level, String validated, Attestation expected) {
        InboundCall call = only(
                InboundCall.class,
                "call.initiated",
                "{%s,\"direction\":\"incoming\",\"from\":\"+14165550142\",\"to\":\"+18195550100\","
                        + "\"shaken_stir_attestation\":" + level + ",\"shaken_stir_validated\":" + validated + "}");
        assertThat(call.origin().attestation()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "anonymous", "Anonymous", "Restricted", "sip:anonymous@anonymous.invalid", "+266696687"})
    @DisplayName("a caller who withholds the number is anonymous")
    void anonymous(String from) {
        InboundCall call = only(
                InboundCall.class,
                "call.initiated",
                "{%s,\"direction\":\"incoming\",\"from\":\"" + from + "\",\"to\":\"+18195550100\"}");
        assertThat(call.from().isAnonymous()).isTrue();
    }

    @Test
    @DisplayName("a SIP user stays an address, a number in one becomes a number, and a name of any length does no harm")
    void sipCaller() {
        InboundCall user = only(
                InboundCall.class,
                "call.initiated",
                "{%s,\"direction\":\"incoming\",\"from\":\"sip:alice@acme.sip.telnyx.com\",\"to\":\"18195550100\","
                        + "\"caller_id_name\":\"" + "x".repeat(1_000) + "\"}");
        assertThat(user.from().address()).isEqualTo("sip:alice@acme.sip.telnyx.com");
        assertThat(user.from().displayName()).hasSize(256);
        assertThat(user.to().number()).isEmpty();
        InboundCall number = only(
                InboundCall.class,
                "call.initiated",
                "{%s,\"direction\":\"incoming\",\"from\":\"sip:+14165550142@h\",\"to\":\"+18195550100\","
                        + "\"caller_id_name\":\"+14165550142\"}");
        assertThat(number.from().address()).isEqualTo("+14165550142");
        assertThat(number.from().displayName()).isNull();
    }

    @Test
    @DisplayName("call.initiated of a call that we place is nothing new by itself")
    void outgoing() {
        assertThat(of("call.initiated", "{%s,\"direction\":\"outgoing\",\"from\":\"+1\",\"to\":\"+2\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call.bridged",
                "call.hold",
                "call.unhold",
                "call.dtmf.received",
                "call.gather.ended",
                "call.playback.started",
                "call.playback.ended",
                "call.speak.started",
                "call.speak.ended",
                "call.enqueued",
                "call.dequeued",
                "conference.created",
                "conference.ended",
                "conference.participant.joined",
                "conference.participant.left",
                "conference.participant.playback.started",
                "conference.participant.playback.ended",
                "conference.participant.speak.started",
                "conference.participant.speak.ended",
                "conference.playback.started",
                "conference.playback.ended",
                "conference.speak.started",
                "conference.speak.ended",
                "conference.floor.changed"
            })
    @DisplayName("a step of a flow is known, and nothing that anybody else need hear")
    void steps(String type) {
        assertThat(of(type, "{%s,\"conference_id\":\"c\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call.refer.started",
                "call.refer.completed",
                "call.refer.failed",
                "call.recording.transcription.saved",
                "streaming.started",
                "call.siprec.started",
                "call.ai_gather.ended",
                "fax.received",
                "something.new"
            })
    @DisplayName("an event that nobody knows arrives with its raw body")
    void unrecognized(String type) throws Exception {
        String body = body(type, "{%s}");
        assertThat(events.of(hook(body))).singleElement().isEqualTo(new Unrecognized("event-1", THEN, type, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"call.ringing", "message.delivered", "message.failed", "call.bridge", "call.left_queue"})
    @DisplayName("names of events that only guides and examples know mean nothing to us")
    void invented(String type) throws Exception {
        String body = body(type, "{%s}");
        assertThat(events.of(hook(body))).singleElement().isEqualTo(new Unrecognized("event-1", THEN, type, body));
    }

    @ParameterizedTest
    @CsvSource({
        "call.machine.detection.ended, human, HUMAN",
        "call.machine.detection.ended, machine, MACHINE",
        "call.machine.detection.ended, not_sure, UNKNOWN",
        "call.machine.detection.ended, robot, UNKNOWN",
        "call.machine.greeting.ended, beep_detected, MACHINE",
        "call.machine.greeting.ended, ended, MACHINE",
        "call.machine.greeting.ended, not_sure, MACHINE",
        "call.machine.premium.detection.ended, human_residence, HUMAN",
        "call.machine.premium.detection.ended, human_business, HUMAN",
        "call.machine.premium.detection.ended, machine, MACHINE",
        "call.machine.premium.detection.ended, silence, UNKNOWN",
        "call.machine.premium.detection.ended, fax_detected, FAX",
        "call.machine.premium.detection.ended, not_sure, UNKNOWN",
        "call.machine.premium.greeting.ended, beep_detected, MACHINE",
        "call.machine.premium.greeting.ended, no_beep_detected, MACHINE"
    })
    @DisplayName("what the detection of machines heard, with Telnyx's word for it")
    void machine(String type, String result, AnsweredBy expected) {
        assertThat(only(MachineDetected.class, type, "{%s,\"result\":\"" + result + "\"}"))
                .isEqualTo(new MachineDetected("event-1", THEN, CALL, expected, result));
    }

    @Test
    @DisplayName("call.cost says what a leg cost, exactly as written, also in scientific notation")
    void costInScientificNotation() {
        CallCharged charged = only(CallCharged.class, "call.cost", """
                {%s,"status":"success","total_cost":"1.666E-4","billed_duration_secs":120,"billing_group_id":null,
                 "cost_parts":[
                   {"call_part":"call-control","cost":"6.66E-5","rate":"0.00180","currency":"USD","billed_duration_secs":60},
                   {"call_part":"sip-trunking","cost":"0.00005","rate":"0.005","currency":"USD","billed_duration_secs":60},
                   {"call_part":"sip-trunking","cost":"0.00005","rate":"0.005","currency":"USD","billed_duration_secs":60}]}""");
        assertThat(charged.call()).isEqualTo(CALL);
        assertThat(charged.leg()).isEqualTo("leg-1");
        assertThat(charged.cost().amount()).isEqualByComparingTo(new BigDecimal("0.0001666"));
        assertThat(charged.billedSeconds()).isEqualTo(120);
        assertThat(charged.parts())
                .containsOnly(
                        Map.entry("call-control", Money.of("6.66E-5", "USD")),
                        Map.entry("sip-trunking", Money.of("0.00010", "USD")));
    }

    @Test
    @DisplayName("call.cost whose total is null tells no cost: unknown is not zero")
    void costNull() {
        assertThat(of("call.cost", """
                {%s,"status":"error","total_cost":null,"billed_duration_secs":null,"cost_parts":[]}""")).isEmpty();
    }

    @Test
    @DisplayName("call.cost in two currencies, or in none that exists, is not added up but handed on raw")
    void costInTwoCurrencies() {
        assertThat(of("call.cost", """
                {%s,"total_cost":"2","cost_parts":[{"call_part":"a","cost":"1","currency":"USD"},
                 {"call_part":"b","cost":"1","currency":"EUR"}]}""")).singleElement().isInstanceOf(Unrecognized.class);
        assertThat(of("call.cost", """
                {%s,"total_cost":"2","cost_parts":[{"call_part":"a","cost":"1","currency":"QQQ"}]}""")).singleElement().isInstanceOf(Unrecognized.class);
    }

    @Test
    @DisplayName("a recording is named by its id, because links to it die after ten minutes")
    void recordingSaved() {
        RecordingReady ready = only(RecordingReady.class, "call.recording.saved", """
                {%s,"channels":"dual","recording_id":"4577f9a2","recording_urls":{"wav":"https://s3/x.wav","mp3":null},
                 "public_recording_urls":{},"recording_started_at":"2026-01-05T11:59:00.000000Z",
                 "recording_ended_at":"2026-01-05T11:59:30.250999+00:00"}""");
        assertThat(ready.location()).isEqualTo(URI.create("https://api.telnyx.com/v2/recordings/4577f9a2"));
        assertThat(ready.length()).isEqualTo(Duration.ofMillis(30_250));
        assertThat(ready.kind()).isEqualTo(RecordingReady.Kind.CALL);
    }

    @Test
    @DisplayName("a recording without call_control_id is found by the client state that we gave the leg")
    void recordingWithoutCallControlId() throws Exception {
        String payload = """
                {"call_leg_id":"leg-1","call_session_id":"s","client_state":"%s","channels":"single",
                 "recording_urls":{"mp3":"https://s3/x.mp3"},"start_time":"2026-01-05T11:59:00Z",
                 "end_time":"2026-01-05T11:59:03Z"}""";
        String ours = Base64.getEncoder().encodeToString("cf1|v3:other|7|".getBytes(StandardCharsets.UTF_8));
        RecordingReady ready =
                (RecordingReady) events.of(hook(envelope("call.recording.saved", payload.formatted(ours))))
                        .get(0);
        assertThat(ready.call().id()).isEqualTo("v3:other");
        assertThat(ready.location()).isEqualTo(URI.create("https://s3/x.mp3"));
        assertThat(ready.length()).isEqualTo(Duration.ofSeconds(3));
        for (String other :
                new String[] {"", "!", Base64.getEncoder().encodeToString("theirs".getBytes(StandardCharsets.UTF_8))}) {
            assertThat(events.of(hook(envelope("call.recording.saved", payload.formatted(other)))))
                    .singleElement()
                    .isInstanceOf(Unrecognized.class);
        }
    }

    @Test
    @DisplayName("whoever knows the call and what was recorded says so")
    void knownCall() throws Exception {
        Hook hook = hook(envelope("call.recording.saved", """
                {"call_leg_id":"leg-1","recording_urls":{"wav":"https://s3/x.wav"}}"""));
        CallRef known = new CallRef(TELNYX, "v3:known");
        RecordingReady ready = (RecordingReady)
                events.of(hook, known, RecordingReady.Kind.VOICEMAIL).get(0);
        assertThat(ready.call()).isEqualTo(known);
        assertThat(ready.kind()).isEqualTo(RecordingReady.Kind.VOICEMAIL);
    }

    @Test
    @DisplayName("a recording that failed, with Telnyx's word for why")
    void recordingError() {
        assertThat(only(RecordingFailed.class, "call.recording.error", "{%s,\"reason\":\"Internal server error\"}"))
                .isEqualTo(new RecordingFailed("event-1", THEN, CALL, "Internal server error"));
    }

    @Test
    @DisplayName("a recording of a conference is one too")
    void conferenceRecording() {
        assertThat(only(RecordingReady.class, "conference.recording.saved", """
                {%s,"conference_id":"c","recording_id":"r1","format":"mp3"}""").location())
                .isEqualTo(URI.create("https://api.telnyx.com/v2/recordings/r1"));
    }

    @Test
    @DisplayName("a message that comes in, with its pictures, though its text is null")
    void messageReceived() {
        MessageReceived message = only(MessageReceived.class, "message.received", """
                {"id":"m1","record_type":"message","direction":"inbound","type":"MMS","text":null,
                 "from":{"phone_number":"+14165550142","carrier":"x","line_type":"Some New Kind","status":"received"},
                 "to":[{"phone_number":"+18195550177","status":"sent"},{"phone_number":"+18195550100","status":"webhook_delivered"}],
                 "media":[{"url":"https://media/1.jpg","content_type":"image/jpeg","size":1}],"cost":null,"errors":[]}""");
        assertThat(message.message().id()).isEqualTo("m1");
        assertThat(message.from()).isEqualTo("+14165550142");
        assertThat(message.to()).isEqualTo("+18195550100");
        assertThat(message.text()).isEmpty();
        assertThat(message.media()).containsExactly(URI.create("https://media/1.jpg"));
    }

    @ParameterizedTest
    @CsvSource({
        "message.sent, queued, QUEUED",
        "message.sent, sending, QUEUED",
        "message.sent, sent, SENT",
        "message.finalized, delivered, DELIVERED",
        "message.finalized, delivery_unconfirmed, SENT",
        "message.finalized, delivery_failed, UNDELIVERED",
        "message.finalized, sending_failed, FAILED",
        "message.finalized, expired, FAILED",
        "message.finalized, teleported, OTHER"
    })
    @DisplayName("what became of a message stands at its recipient, with Telnyx's word for it")
    void messageStatus(String type, String raw, Message.Status expected) {
        MessageStatusChanged changed = only(MessageStatusChanged.class, type, """
                {"id":"m1","direction":"outbound","from":{"phone_number":"+1"},"cost":null,"errors":[],
                 "to":[{"phone_number":"+14165550142","status":"RAW"}]}""".replace("RAW", raw));
        assertThat(changed.status()).isEqualTo(expected);
        assertThat(changed.rawStatus()).isEqualTo(raw);
        assertThat(changed.errorCode()).isNull();
    }

    @Test
    @DisplayName("a message that failed says why by code")
    void messageError() {
        assertThat(only(MessageStatusChanged.class, "message.finalized", """
                {"id":"m1","to":[{"phone_number":"+1","status":"delivery_failed"}],
                 "errors":[{"code":"40300","title":"Blocked"},{"code":"40001"}]}""").errorCode())
                .isEqualTo("40300");
    }

    @ParameterizedTest
    @CsvSource({
        "pending, PENDING",
        "success, DELIVERED",
        "failure, FAILED",
        "failed, FAILED",
        "cancelled, FAILED",
        "deleted, FAILED",
        "partial_success, OTHER"
    })
    @DisplayName("what became of an order of numbers, with our reference")
    void numberOrder(String status, Outcome expected) {
        NumberOrderChanged changed =
                only(NumberOrderChanged.class, "number_order.complete", """
                {"id":"o1","status":"RAW","customer_reference":"ours","phone_numbers_count":1,
                 "phone_numbers":[{"id":"line","phone_number":"+18195550100","status":"success"}]}""".replace("RAW", status));
        assertThat(changed)
                .isEqualTo(new NumberOrderChanged(
                        "event-1", THEN, "o1", "ours", List.of(new PhoneNumber("+18195550100")), expected, status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "call.initiated;{%s}",
                "call.cost;{%s,\"total_cost\":\"much\"}",
                "call.recording.saved;{%s}",
                "call.machine.detection.ended;{%s}",
                "message.received;{}",
                "message.finalized;{\"id\":\"m1\"}",
                "number_order.complete;{\"id\":\"o1\"}",
                "number_order.complete;{\"id\":\"o1\",\"status\":\"success\",\"phone_numbers\":[{\"phone_number\":\"+49351xxxxxxx\"}]}"
            })
    @DisplayName("an event that lacks what it must have is handed on raw, and nothing is thrown")
    void lacking(String type, String payload) {
        assertThat(of(type, payload)).singleElement().isInstanceOf(Unrecognized.class);
    }

    @Test
    @DisplayName("conference.floor.changed comes without data, and its time stands in the payload")
    void floorChangedWithoutData() throws Exception {
        Hook hook = hook("""
                {"record_type":"event","event_type":"conference.floor.changed","id":"e9",
                 "payload":{"call_control_id":"v3:leg","conference_id":"c","occurred_at":"2018-02-02T22:25:27.521Z"}}""");
        assertThat(hook.type()).isEqualTo("conference.floor.changed");
        assertThat(hook.id()).isEqualTo("e9");
        assertThat(hook.occurredAt()).isEqualTo(Instant.parse("2018-02-02T22:25:27.521Z"));
        assertThat(events.of(hook)).isEmpty();
    }

    @Test
    @DisplayName("conference events tell their time inside the payload")
    void timeInPayload() throws Exception {
        assertThat(hook("""
                {"data":{"event_type":"conference.created","id":"e","payload":{"occurred_at":"2026-01-05T11:00:00.5+01:00"}}}""").occurredAt()).isEqualTo(Instant.parse("2026-01-05T10:00:00.500Z"));
    }

    @Test
    @DisplayName("a webhook without time happened when it arrived, one without id has the same one each time")
    void withoutTimeOrId() throws Exception {
        Hook first = hook("{\"data\":{\"event_type\":\"x.y\",\"payload\":{\"a\":1}},\"meta\":{\"attempt\":1}}");
        Hook again = hook("{\"data\":{\"event_type\":\"x.y\",\"payload\":{\"a\":1}},\"meta\":{\"attempt\":2}}");
        Hook other = hook("{\"data\":{\"event_type\":\"x.y\",\"payload\":{\"a\":2}},\"meta\":{\"attempt\":1}}");
        assertThat(first.occurredAt()).isEqualTo(NOW);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    @DisplayName("meta may be missing")
    void withoutMeta() throws Exception {
        assertThat(hook("{\"data\":{\"event_type\":\"x.y\",\"id\":\"e\"}}").attempt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("the envelope of version 1 is refused, and the setting named that is wrong")
    void versionOne() {
        assertThatThrownBy(() -> hook("""
                {"created_at":"2018-02-02T22:25:27.521992Z","event_type":"call_hangup","payload":{},
                 "record_type":"event","webhook_id":"0ccc7b54"}"""))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("webhook_api_version")
                .hasMessageContaining("\"2\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "7",
                "no JSON",
                "{}",
                "{\"metadata\":{\"event\":{}}}",
                "{\"data\":{}}",
                "{\"data\":7}",
                "{\"data\":{\"event_type\":\"call.hangup\",\"occurred_at\":\"yesterday\"}}",
                "{\"data\":{\"event_type\":\"call.hangup\",\"payload\":[1]}}",
                "{\"data\":{\"event_type\":\"call.hangup\"}} trailing"
            })
    @DisplayName("what is no event is refused, and nothing of it is quoted")
    void noEvent(String body) {
        assertThatThrownBy(() -> hook(body))
                .isInstanceOf(Unreadable.class)
                .hasMessageNotContaining("yesterday")
                .hasMessageNotContaining("trailing");
    }

    @Test
    @DisplayName("a client state that is no Base64 is none of ours")
    void clientState() throws Exception {
        assertThat(hook(body("call.answered", "{%s,\"client_state\":\"Y2YxfGE=\"}"))
                        .clientState())
                .contains("cf1|a");
        assertThat(hook(body("call.answered", "{%s,\"client_state\":\"%%%\"}".replace("%%%", "%%%%%%")))
                        .clientState())
                .isEmpty();
        assertThat(hook(body("call.answered", "{%s,\"client_state\":null}")).clientState())
                .isEmpty();
    }

    @Test
    @DisplayName("whoever only receives sees answer and end of a call, as far as the webhook alone tells them")
    void seen() throws Exception {
        assertThat(events.seen(hook(body("call.answered", "{%s,\"client_state\":null}"))))
                .containsExactly(new CallAnswered("event-1", THEN, CALL));
        assertThat(
                        events.seen(
                                hook(
                                        body(
                                                "call.hangup",
                                                "{%s,\"hangup_cause\":\"user_busy\",\"hangup_source\":\"callee\",\"sip_hangup_cause\":\"486\"}"))))
                .containsExactly(new CallEnded(
                        "event-1", THEN, CALL, new HangupCause(17, 486, "user_busy"), ReleasedBy.CALLEE, true));
        assertThat(events.seen(hook(body("call.hangup", "{%s,\"hangup_cause\":\"sunspots\"}"))))
                .singleElement()
                .isInstanceOfSatisfying(CallEnded.class, end -> {
                    assertThat(end.releasedBy()).isEqualTo(ReleasedBy.UNKNOWN);
                    assertThat(end.cause().text()).isEqualTo("sunspots");
                });
        assertThat(events.seen(hook(body("call.speak.ended", "{%s}")))).isEmpty();
        assertThat(events.seen(hook(body("call.hangup", "{}")))).isEmpty();
    }

    @Test
    @DisplayName("and those of a leg that was dialled for a call, of which the client state tells")
    void seenLeg() throws Exception {
        CallRef call = new CallRef(TELNYX, "v3:a");
        String carried = new ClientState("v3:a", 7, 2, 0).encoded();
        assertThat(events.seen(hook(body("call.answered", "{%s,\"client_state\":\"" + carried + "\"}"))))
                .containsExactly(new LegAnswered("event-1", THEN, call, "v3:a-leg2"));
        assertThat(events.seen(hook(body(
                        "call.hangup",
                        "{%s,\"client_state\":\"" + carried + "\",\"hangup_cause\":\"normal_clearing\"}"))))
                .singleElement()
                .isInstanceOfSatisfying(
                        LegEnded.class, end -> assertThat(end.call()).isEqualTo(call));
        String placed = new ClientState("p:0a1b", 7, 2, 0).encoded();
        assertThat(events.seen(hook(body("call.answered", "{%s,\"client_state\":\"" + placed + "\"}"))))
                .isEmpty();
    }

    @Test
    @DisplayName("neither numbers nor texts are shown in a log")
    void shown() throws Exception {
        assertThat(hook(body("message.received", "{%s,\"text\":\"secret\",\"from\":\"+14165550142\"}"))
                        .toString())
                .isEqualTo("Hook[message.received event-1 of 2026-01-05T11:59:58.123Z, attempt 2]");
    }

    private <E extends PstnEvent> E only(Class<E> type, String name, String payload) {
        List<PstnEvent> found = of(name, payload);
        assertThat(found).singleElement().isInstanceOf(type);
        return type.cast(found.get(0));
    }

    private List<PstnEvent> of(String type, String payload) {
        try {
            return events.of(hook(body(type, payload)));
        } catch (Unreadable e) {
            throw new AssertionError(e);
        }
    }

    private static String body(String type, String payload) {
        return envelope(type, payload.replace("%s", IDS));
    }

    private static String envelope(String type, String payload) {
        return "{\"data\":{\"record_type\":\"event\",\"event_type\":\"" + type
                + "\",\"id\":\"event-1\",\"occurred_at\":\"2026-01-05T11:59:58.123456Z\",\"payload\":" + payload
                + "},\"meta\":{\"attempt\":2,\"delivered_to\":\"https://phone.example.org/telnyx\"}}";
    }

    private static Hook hook(String body) throws Unreadable {
        return new HookReader(TELNYX).read(body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
