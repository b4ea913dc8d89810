package io.careflow.pstn.voipms;

import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.Samples;
import io.careflow.pstn.tck.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages, call records and recordings of the conformance kit's account. */
final class FakeRecords implements FakePart {
    /** What the account's callbacks carry. */
    static final String TOKEN = "Conformance-Callback-Token-4f19c2";

    static final String ACCOUNT = "100001_conformance";
    /** The kit's day, seen from New York: 12:00 in UTC. */
    static final String TIME = "2026-03-01 07:00:00";

    private static final String OURS = "4165550142";
    private static final String THEIRS = "4165550199";

    private final Operation operation;
    private final Samples samples;
    private final boolean strangeStatus;

    FakeRecords(Operation operation, Samples samples, boolean strangeStatus) {
        this.operation = operation;
        this.samples = samples;
        this.strangeStatus = strangeStatus;
    }

    @Override
    public @Nullable String answer(String method, Map<String, String> form, boolean done) {
        return switch (method) {
            case "sendSMS" -> FakeVoipMs.success("\"sms\":\"" + samples.messageId() + "\"");
            case "getSMS" ->
                operation == Operation.MESSAGE_SEND && !done
                        ? "{\"status\":\"no_sms\"}"
                        : FakeVoipMs.success("\"sms\":[" + message() + "]");
            case "getCDR" ->
                "outgoing".equals(form.get("calltype"))
                        ? FakeVoipMs.success("\"cdr\":[" + call() + "]")
                        : "{\"status\":\"no_cdr\"}";
            case "getCallRecordings" -> FakeVoipMs.success("\"recordings\":[{" + recording() + "}]");
            case "getCallRecording" -> FakeVoipMs.success(recording() + ",\"base64file\":\"" + file() + "\"");
            case "delCallRecording" -> FakeVoipMs.success("");
            default -> null;
        };
    }

    private String message() {
        return "{\"id\":\"" + samples.messageId() + "\",\"date\":\"" + TIME + "\",\"type\":\"0\",\"did\":\"" + OURS
                + "\",\"contact\":\"" + THEIRS + "\",\"message\":\""
                + samples.message().text() + "\",\"carrier_status\":\"" + (strangeStatus ? Wire.UNKNOWN_STATUS : "sent")
                + "\"}";
    }

    private String call() {
        return "{\"date\":\"" + TIME + "\",\"callerid\":\"\\\"Clinic\\\" <" + OURS + ">\",\"destination\":\"" + THEIRS
                + "\",\"description\":\"Outbound - Toronto\",\"account\":\"" + ACCOUNT + "\",\"disposition\":\""
                + (strangeStatus ? Wire.UNKNOWN_STATUS : "ANSWERED")
                + "\",\"duration\":\"00:00:42\",\"seconds\":\"42\",\"rate\":\"0.01000000\",\"total\":\"0.00700000\","
                + "\"uniqueid\":\"" + samples.callId() + "\",\"destination_type\":\"OUT:CAN\"}";
    }

    private String recording() {
        return "\"callrecording\":\"" + samples.recordingId().substring(ACCOUNT.length() + 1) + "\",\"datetime\":\""
                + TIME
                + "\",\"destination\":\"" + THEIRS + "\",\"type\":\"outgoing\",\"subaccount\":\"" + ACCOUNT
                + "\",\"duration\":\"00:42\"";
    }

    private String file() {
        return Base64.getEncoder().encodeToString(samples.recordingBytes()).replace("/", "\\/");
    }

    /** A callback of a message that came to us, of which the id may be chosen. */
    static String url(String token) {
        return "https://app.example.org/voipms?token=" + token + "&to=4165550142&from=%2B14165550199&id=90210"
                + "&ts=2026-03-01+07%3A00%3A00&message=Good+morning%21";
    }

    /** The body of a POST that tells of something that nobody knows. */
    static byte[] strangeBody() {
        return "{\"data\":{\"event_type\":\"message.frozen\",\"id\":\"b1\",\"payload\":{\"id\":\"b1\"}}}"
                .getBytes(StandardCharsets.UTF_8);
    }
}
