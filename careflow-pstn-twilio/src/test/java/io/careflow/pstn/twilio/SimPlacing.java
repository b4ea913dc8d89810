package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a call that was placed over the API reaches its phone: rings, is answered, and tells what the request asked for. */
final class SimPlacing {
    /** How long Twilio listens before it says who answered. */
    static final Duration LISTENS = Duration.ofSeconds(3);

    private final SimCall call;
    private final Map<String, String> form;
    private final SimulatedPhone phone;
    private final List<String> asked;
    private VirtualTime.Timer phoneActs = () -> {};
    private VirtualTime.Timer ringing = () -> {};
    private VirtualTime.Timer listening = () -> {};
    private int told;

    SimPlacing(SimCall call, Map<String, String> form) {
        this.call = call;
        this.form = form;
        this.phone = call.twilio().phone(form.getOrDefault("To", "").replace("@" + SimTwilio.SIP_DOMAIN, ""));
        this.asked = Arrays.asList(
                form.getOrDefault("StatusCallbackEvent", "completed").split(" ", -1));
    }

    void begin() {
        call.becomes("initiated", Map.of());
        if (phone.reaction() == SimulatedPhone.Reaction.FAILS) {
            phoneActs = call.time().after(Duration.ZERO, this::fails);
            return;
        }
        call.becomes("ringing", Map.of());
        ringing = call.time().after(seconds("Timeout", 60), () -> call.end("no-answer", "487"));
        if (phone.reaction() == SimulatedPhone.Reaction.ANSWERS) {
            phoneActs = call.time().after(phone.after(), this::answers);
        } else if (phone.reaction() == SimulatedPhone.Reaction.DECLINES) {
            phoneActs = call.time().after(phone.after(), this::fails);
        }
    }

    void gone() {
        phoneActs.cancel();
        ringing.cancel();
        listening.cancel();
    }

    /** Tells a status callback, if the request asked for it. */
    void tell(String status, Map<String, String> more) {
        String event = switch (status) {
            case "initiated", "ringing" -> status;
            case "in-progress" -> "answered";
            default -> "completed";
        };
        String url = form.get("StatusCallback");
        if (url == null || !asked.contains(event)) {
            return;
        }
        Map<String, String> fields = call.fields(Map.of(
                "CallStatus",
                status,
                "CallbackSource",
                "call-progress-events",
                "Timestamp",
                SimTwilio.timestamp(call.time().now())));
        fields.putAll(new TreeMap<>(more));
        fields.put("SequenceNumber", Integer.toString(told++));
        call.twilio().tell(url, fields);
    }

    private void answers() {
        ringing.cancel();
        call.answer();
        call.becomes("in-progress", Map.of("SipResponseCode", "200"));
        if (phone.hangsUpAfter() != null) {
            phoneActs = call.time().after(phone.hangsUpAfter(), call::personHangsUp);
        }
        if (form.containsKey("MachineDetection")) {
            listening = call.time().after(LISTENS, this::heard);
        }
        if (form.containsKey("TimeLimit")) {
            ringing = call.time().after(seconds("TimeLimit", 14_400), () -> call.end("completed", "200"));
        }
        call.run(form.getOrDefault("Twiml", ""));
    }

    /** In the background, while the call goes on. */
    private void heard() {
        call.twilio()
                .tell(
                        form.getOrDefault("AsyncAmdStatusCallback", ""),
                        Map.of(
                                "CallSid",
                                call.sid(),
                                "AccountSid",
                                "AC00000000000000000000000000000001",
                                "AnsweredBy",
                                phone.machine() ? "machine_start" : "human",
                                "MachineDetectionDuration",
                                Long.toString(LISTENS.toMillis())));
    }

    private void fails() {
        String[] outcome = SimDial.outcome(phone);
        call.end(outcome[0], outcome[1]);
    }

    private Duration seconds(String field, long otherwise) {
        return Duration.ofSeconds(Long.parseLong(form.getOrDefault(field, Long.toString(otherwise))));
    }
}
