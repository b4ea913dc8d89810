package io.careflow.pstn.tck;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.routing.CauseTable;
import io.careflow.pstn.routing.CauseTable.Judgement;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.util.List;

/** The trunks of a dial, or of a call that is placed: which one is next, and the record of each that was tried. */
final class DialledLines {
    private static final CauseVerdict COMPLETED = new CauseVerdict(NeutralCause.COMPLETED, FailoverClass.FINAL);
    private static final CauseVerdict CANCELED = new CauseVerdict(NeutralCause.CANCELED, FailoverClass.FINAL);

    private final MemoryCall call;
    private final List<String> over;
    private final boolean alone;

    DialledLines(MemoryCall call, Dial dial) {
        this(call, dial.over(), dial.destinations().size() == 1);
    }

    /** @param alone whether one destination is called; several at once are no attempts one after another: their legs tell of them */
    DialledLines(MemoryCall call, List<String> over, boolean alone) {
        this.call = call;
        this.over = over;
        this.alone = alone;
    }

    /** Who is reached over the line of this place. */
    SimulatedPhone phone(Destination destination, int line) {
        return isOver(destination) ? call.phone(destination, over.get(line)) : call.phone(destination);
    }

    /** Which attempt of the call it is to reach this destination; 0 if its attempts are not told of. */
    int number(Destination destination) {
        return isTold(destination) ? call.nextAttempt() : 0;
    }

    /** Whether the next line is tried after this one, which is told of. */
    boolean goesOn(DialActivity.Leg leg, HangupCause cause) {
        if (!isOver(leg.destination)) {
            return false;
        }
        Judgement judged = CauseTable.standard().judge(cause, List.of());
        boolean another = switch (judged.verdict().failover()) {
            case NEXT, CONFIG, LATER -> true;
            case NEXT_BEFORE_18X -> leg.rang == null;
            case FINAL, NOT_OVER, BY_SIP_CODE, BY_HANGUPCAUSE -> false;
        };
        boolean last = leg.line + 1 == over.size();
        Move move = !another ? Move.STOP : last ? Move.EXHAUSTED : Move.NEXT;
        tell(leg, cause, judged.verdict(), move, judged.basis());
        return move == Move.NEXT;
    }

    /** A call that was placed is over, for no reason of its line. */
    void placedOver(DialActivity.Leg leg, HangupCause cause, boolean byUs) {
        if (leg.answered != null) {
            talked(leg, cause);
        } else if (byUs && cause.equals(HangupCause.NORMAL_CLEARING)) {
            tell(leg, cause, CANCELED, Move.STOP, "hung up before the answer");
        } else {
            Judgement judged = CauseTable.standard().judge(cause, List.of());
            tell(leg, cause, judged.verdict(), Move.STOP, judged.basis());
        }
    }

    void nobodyAnswered(DialActivity.Leg leg) {
        tell(
                leg,
                HangupCause.NO_ANSWER,
                CauseTable.standard().judge(HangupCause.NO_ANSWER, List.of()).verdict(),
                Move.STOP,
                "nobody answered");
    }

    void talked(DialActivity.Leg leg, HangupCause cause) {
        tell(leg, cause, COMPLETED, Move.STOP, "answered");
    }

    void callerGone(DialActivity.Leg leg, HangupCause cause) {
        if (leg.answered != null) {
            talked(leg, cause);
        } else {
            tell(leg, cause, CANCELED, Move.STOP, "the caller hung up");
        }
    }

    private void tell(DialActivity.Leg leg, HangupCause cause, CauseVerdict verdict, Move move, String because) {
        if (!isTold(leg.destination)) {
            return;
        }
        TrunkRef trunk = new TrunkRef(call.ref().provider(), over.get(leg.line));
        RouteAttempt attempt =
                new RouteAttempt(leg.number, trunk.id(), trunk.provider(), trunk, verdict, cause, null, because);
        TriedRoute tried = new TriedRoute(
                attempt,
                leg.destination.address(),
                "",
                leg.began,
                leg.rang,
                leg.answered,
                call.time().now(),
                move);
        call.emit(new RouteTried(call.eventId(), call.time().now(), call.ref(), tried));
    }

    private boolean isTold(Destination destination) {
        return alone && isOver(destination);
    }

    private boolean isOver(Destination destination) {
        return !over.isEmpty() && destination instanceof Destination.Phone;
    }
}
