package io.careflow.pstn.telnyx;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import java.util.Objects;
import java.util.Set;

/**
 * Tells of the legs that a call dialled. Telnyx has no event for ringing: that a leg rang is known once it is answered, refused
 * by a person or given up, and it is told then, with the time at which Telnyx began the leg.
 */
final class LegFacts {
    /** Causes of legs that had rung: refused, not answered, given up, answered elsewhere. */
    private static final Set<Integer> RANG = Set.of(16, 19, 21, 26);

    private final Turn turn;

    LegFacts(Turn turn) {
        this.turn = turn;
    }

    void dialled(int place) {
        FlowState.Leg leg = turn.state().leg(place);
        if (!leg.told) {
            leg.told = true;
            turn.tell(new LegDialled(
                    id(place, "dialled"), FlowState.time(leg.dialled), turn.ref(), name(place), leg.destination));
        }
    }

    void answered(int place) {
        rang(place);
        long answered = Objects.requireNonNull(turn.state().leg(place).answered);
        turn.tell(new LegAnswered(id(place, "answered"), FlowState.time(answered), turn.ref(), name(place)));
    }

    void ended(int place) {
        FlowState.Leg leg = turn.state().leg(place);
        HangupCause cause = Objects.requireNonNull(leg.cause).cause();
        if (leg.answered == null && RANG.contains(cause.q850())) {
            rang(place);
        }
        dialled(place);
        long ended = Objects.requireNonNull(leg.ended);
        turn.tell(new LegEnded(id(place, "ended"), FlowState.time(ended), turn.ref(), name(place), cause));
    }

    private void rang(int place) {
        dialled(place);
        FlowState.Leg leg = turn.state().leg(place);
        long since = leg.initiated == null ? leg.dialled : leg.initiated;
        turn.tell(new LegRinging(id(place, "ringing"), FlowState.time(since), turn.ref(), name(place)));
    }

    // The same from the first event on, so not Telnyx's own id, which may come to be known later.
    private String name(int place) {
        return turn.state().callId + "-leg" + place;
    }

    private String id(int place, String kind) {
        return turn.id("leg-" + place + "-" + kind);
    }
}
