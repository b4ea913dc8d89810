package io.careflow.pstn.twilio;

import java.util.Map;
import org.w3c.dom.Element;

/** A Dial of a Conference: the call is in its room until it leaves, or the room ends. */
final class SimStay implements SimVerb {
    private final SimCall call;
    private final Element verb;
    private final SimRoom room;

    SimStay(SimCall call, Element verb) {
        this.call = call;
        this.verb = verb;
        this.room = call.twilio().room(SimCall.children(verb).get(0).getTextContent());
    }

    void begin() {
        call.answer();
        boolean host = SimCall.children(verb)
                .get(0)
                .getAttribute("endConferenceOnExit")
                .equals("true");
        room.enter(call, host, () -> call.go(verb.getAttribute("action"), Map.of("DialCallStatus", "answered")));
    }

    /** The call is over, or sent elsewhere. Of the former the action is asked for all the same. */
    @Override
    public void stop() {
        room.leave(call);
        if (call.isOver()) {
            String unused = call.twilio()
                    .fetch(
                            verb.getAttribute("action"),
                            call.fields(Map.of("CallStatus", "completed", "DialCallStatus", "answered")));
        }
    }

    @Override
    public boolean isTalking() {
        return true;
    }
}
