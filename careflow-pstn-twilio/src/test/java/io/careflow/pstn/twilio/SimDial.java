package io.careflow.pstn.twilio;

import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** A Dial: legs that ring together, at most one that talks. */
final class SimDial implements SimVerb {
    private final SimCall call;
    private final Element verb;
    private final List<Leg> legs = new ArrayList<>();
    private final List<Leg> failed = new ArrayList<>();
    private VirtualTime.Timer limit = () -> {};
    private @Nullable Leg talking;
    private boolean over;

    SimDial(SimCall call, Element verb) {
        this.call = call;
        this.verb = verb;
    }

    void begin() {
        if (!verb.getAttribute("answerOnBridge").equals("true")) {
            call.answer();
        }
        for (Element noun : SimCall.children(verb)) {
            Leg leg = new Leg(call.twilio().sid("CA"), noun);
            legs.add(leg);
            tell(leg, "initiated", "");
        }
        limit = call.time().after(Duration.ofSeconds(SimCall.number(verb, "timeout")), this::nobodyAnswered);
        List.copyOf(legs).forEach(this::ring);
    }

    @Override
    public boolean isTalking() {
        return talking != null && !over;
    }

    /** The caller has gone. The action is asked for all the same. */
    @Override
    public void stop() {
        over = true;
        limit.cancel();
        Leg talked = talking;
        List.copyOf(legs)
                .forEach(leg -> end(leg, leg == talked ? "completed" : "no-answer", leg == talked ? "200" : "487"));
        Map<String, String> fields = call.fields(Map.of("CallStatus", "completed"));
        fields.put("DialCallStatus", talked == null ? "no-answer" : "completed");
        call.twilio().fetch(verb.getAttribute("action"), fields);
    }

    private void ring(Leg leg) {
        SimulatedPhone phone = leg.phone;
        if (phone.reaction() == SimulatedPhone.Reaction.FAILS) {
            leg.timer = call.time().after(Duration.ZERO, () -> fails(leg));
            return;
        }
        tell(leg, "ringing", "");
        if (phone.reaction() == SimulatedPhone.Reaction.ANSWERS) {
            leg.timer = call.time().after(phone.after(), () -> answers(leg));
        } else if (phone.reaction() == SimulatedPhone.Reaction.DECLINES) {
            leg.timer = call.time().after(phone.after(), () -> fails(leg));
        }
    }

    private void answers(Leg leg) {
        talking = leg;
        leg.answered = call.time().now();
        limit.cancel();
        legs.stream().filter(other -> other != leg).toList().forEach(other -> end(other, "no-answer", "487"));
        call.answer();
        tell(leg, "in-progress", "200");
        limit = call.time().after(Duration.ofSeconds(SimCall.number(verb, "timeLimit")), () -> talkOver(leg));
        Duration talk = leg.phone.hangsUpAfter();
        if (talk != null) {
            leg.timer = call.time().after(talk, () -> talkOver(leg));
        }
        call.talkBegins();
    }

    private void talkOver(Leg leg) {
        over = true;
        limit.cancel();
        end(leg, "completed", "200");
        goOn(leg);
    }

    private void fails(Leg leg) {
        leg.outcome = outcome(leg.phone);
        failed.add(leg);
        end(leg, leg.outcome[0], leg.outcome[1]);
        if (legs.isEmpty()) {
            over = true;
            limit.cancel();
            goOn(failed.get(0));
        }
    }

    /** How Twilio tells that a phone was not reached: its own word, and the SIP status. */
    static String[] outcome(SimulatedPhone phone) {
        Integer sip = phone.cause().sipStatus();
        return switch (phone.cause().q850()) {
            case 17 -> new String[] {"busy", "486"};
            case 19 -> new String[] {"no-answer", "487"};
            case 20 -> new String[] {"failed", "480"};
            case 21 -> new String[] {"busy", sip == null ? "603" : sip.toString()};
            default -> new String[] {"failed", sip == null ? "404" : sip.toString()};
        };
    }

    private void nobodyAnswered() {
        over = true;
        Leg first = legs.get(0);
        first.outcome = new String[] {"no-answer", "487"};
        List.copyOf(legs).forEach(leg -> end(leg, "no-answer", "487"));
        goOn(first);
    }

    private void goOn(Leg leg) {
        Map<String, String> more =
                new TreeMap<>(Map.of("DialCallSid", leg.sid, "DialBridged", Boolean.toString(leg.answered != null)));
        if (leg.answered == null) {
            more.put("DialCallStatus", leg.outcome[0]);
            more.put("DialSipResponseCode", leg.outcome[1]);
        } else {
            more.put("DialCallStatus", "completed");
            more.put("DialSipResponseCode", "200");
            more.put(
                    "DialCallDuration",
                    Long.toString(SimCall.ceil(leg.answered, call.time().now())));
        }
        call.go(verb.getAttribute("action"), more);
    }

    private void end(Leg leg, String status, String sip) {
        leg.timer.cancel();
        if (legs.remove(leg)) {
            tell(leg, status, sip);
        }
    }

    private void tell(Leg leg, String status, String sip) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "CallSid",
                leg.sid,
                "ParentCallSid",
                call.sid(),
                "AccountSid",
                "AC00000000000000000000000000000001",
                "Direction",
                "outbound-dial",
                "From",
                verb.hasAttribute("callerId") ? verb.getAttribute("callerId") : call.from(),
                "To",
                leg.noun.getTextContent(),
                "CallStatus",
                status,
                "CallbackSource",
                "call-progress-events",
                "SequenceNumber",
                Integer.toString(leg.told++),
                "Timestamp",
                SimTwilio.timestamp(call.time().now())));
        if (!sip.isEmpty()) {
            fields.put("SipResponseCode", sip);
        }
        if (status.equals("completed") && leg.answered != null) {
            fields.put(
                    "CallDuration",
                    Long.toString(SimCall.ceil(leg.answered, call.time().now())));
        }
        call.twilio().tell(leg.noun.getAttribute("statusCallback"), fields);
    }

    private final class Leg {
        private final String sid;
        private final Element noun;
        private final SimulatedPhone phone;
        private VirtualTime.Timer timer = () -> {};
        private @Nullable Instant answered;
        private String[] outcome = {"failed", "500"};
        private int told;

        Leg(String sid, Element noun) {
            this.sid = sid;
            this.noun = noun;
            String called = (noun.getTagName().equals("Client") ? "client:" : "") + noun.getTextContent();
            this.phone = call.twilio().phone(called.replace("@" + SimTwilio.SIP_DOMAIN, ""));
        }
    }
}
