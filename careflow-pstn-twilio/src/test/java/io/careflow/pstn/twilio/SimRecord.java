package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.w3c.dom.Element;

/** A Record: until a key, silence, the greatest length or the end of the call. */
final class SimRecord implements SimVerb {
    private final SimCall call;
    private final Element verb;
    private final Instant began;
    private VirtualTime.Timer limit = () -> {};
    private VirtualTime.Timer silence = () -> {};
    private boolean spoken;

    SimRecord(SimCall call, Element verb) {
        this.call = call;
        this.verb = verb;
        this.began = call.time().now();
    }

    void begin() {
        call.answer();
        limit = call.time().after(Duration.ofSeconds(SimCall.number(verb, "maxLength")), () -> over(""));
        speaking();
    }

    @Override
    public void speaking() {
        silence.cancel();
        Instant now = call.time().now();
        boolean speaks = call.speakingUntil().isAfter(now);
        spoken |= speaks;
        Duration speech = speaks ? Duration.between(now, call.speakingUntil()) : Duration.ZERO;
        silence = call.time().after(speech.plusSeconds(SimCall.number(verb, "timeout")), () -> over(""));
    }

    @Override
    public void key(char key) {
        if (verb.getAttribute("finishOnKey").indexOf(key) >= 0) {
            over(String.valueOf(key));
        }
    }

    /** The caller hung up: the message is kept, and the action asked for although nobody is there. */
    @Override
    public void stop() {
        limit.cancel();
        silence.cancel();
        recorded();
        if (spoken) {
            call.twilio()
                    .fetch(
                            verb.getAttribute("action"),
                            call.fields(
                                    Map.of("CallStatus", "completed", "Digits", "hangup", "RecordingDuration", "1")));
        }
    }

    private void over(String digits) {
        limit.cancel();
        silence.cancel();
        recorded();
        if (spoken) {
            call.go(verb.getAttribute("action"), Map.of("Digits", digits));
        } else {
            call.goOn();
        }
    }

    private void recorded() {
        String sid = call.twilio().sid("RE");
        long length = SimCall.ceil(began, call.time().now());
        call.twilio()
                .tell(
                        verb.getAttribute("recordingStatusCallback"),
                        Map.of(
                                "CallSid",
                                call.sid(),
                                "AccountSid",
                                "AC00000000000000000000000000000001",
                                "RecordingSid",
                                sid,
                                "RecordingUrl",
                                "https://api.twilio.com/Recordings/" + sid,
                                "RecordingStatus",
                                spoken ? "completed" : "absent",
                                "RecordingDuration",
                                Long.toString(length),
                                "RecordingStartTime",
                                SimTwilio.timestamp(began),
                                "RecordingSource",
                                "RecordVerb"));
    }
}
