package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.routing.CauseTable;
import io.careflow.pstn.routing.CauseTable.Judgement;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Outcome;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Placing a call: sends it out, over the next trunk that the request names where the one before certainly did nothing for it, and runs its
 * flow once it is answered. Part of one call.
 */
final class CallPlacing {
    private static final Logger log = LoggerFactory.getLogger(CallPlacing.class);
    private static final String ALONE = "; a call that names no trunks has one attempt";
    private static final CauseVerdict COMPLETED = new CauseVerdict(NeutralCause.COMPLETED, FailoverClass.FINAL);
    private static final CauseVerdict CANCELED = new CauseVerdict(NeutralCause.CANCELED, FailoverClass.FINAL);

    private final AsteriskCall call;
    private final Set<String> tried = new HashSet<>();
    private final List<RouteTried> waiting = new ArrayList<>();
    private @Nullable CallRequest request;
    private @Nullable CallFlow onAnswer;
    private Trunks.@Nullable Line line;
    private Instant began;
    private @Nullable Instant rang;
    private int number;
    private boolean untold;
    private boolean eventsMissed;

    CallPlacing(AsteriskCall call) {
        this.call = call;
        this.began = call.state().started();
    }

    /**
     * Sends it out.
     *
     * @param first the trunk's line that was taken for it, or null if it goes over none with a profile
     */
    void begin(CallRequest wanted, Trunks.@Nullable Line first) {
        request = wanted;
        onAnswer = wanted.onAnswer();
        untold = true;
        call.release().farEndIs(ReleasedBy.CALLEE);
        if (first != null) {
            number = 1;
            line = first;
            call.lines().placed(first);
        }
        try {
            send(wanted);
        } catch (PstnException e) {
            if (e.effect() == Effect.NONE) {
                call.notPlaced();
            }
            throw e;
        }
    }

    /** Asterisk has the call: tells of its beginning, once. Where that is in doubt, its first event says so. */
    void placed() {
        if (!untold) {
            return;
        }
        untold = false;
        CallState state = call.state();
        call.emit(state.beginning(call.ref()));
        waiting.forEach(call::emit);
        waiting.clear();
        if (state.note().carrier() != null) {
            call.emit(new CallNoted(call.id("note"), state.started(), call.ref(), state.note()));
        }
        call.emit(new LegDialled(
                call.id("leg"),
                state.started(),
                call.ref(),
                call.ref().id(),
                state.to().address()));
    }

    /** How many trunks it was placed over so far; 0 if over none that a profile tells of. */
    int attempts() {
        return number;
    }

    /** Whether this process placed it and nobody has answered yet. */
    boolean isUnanswered() {
        return onAnswer != null && call.state().pickedUp() == null;
    }

    /** Whether what ends an attempt may not be the end of the call. */
    boolean mayGoOn() {
        return isUnanswered() && request != null && !request.over().isEmpty() && line != null;
    }

    /** Once answered it runs this instead. */
    void redirect(CallFlow flow) {
        onAnswer = flow;
    }

    /** Somebody answered. */
    void answered(Instant at) {
        if (request != null && request.detectMachine()) {
            call.detection().begin();
        }
        // Of a call that a predecessor placed, only that one knew the flow.
        call.run(onAnswer == null ? call.board().application().apology() : onAnswer, at);
    }

    void rang(Instant at) {
        rang = rang == null ? at : rang;
    }

    /** Connection lost: whether it rang meanwhile is not known. */
    void eventsMissed() {
        eventsMissed = true;
    }

    /**
     * The channel is gone, and so nobody can be called twice: true if the call goes on over the next trunk, because this one refused it for
     * reasons of its own before anything rang.
     */
    boolean goesOn(Instant at, HangupCause network) {
        CallRequest wanted = request;
        Trunks.Line failed = line;
        if (wanted == null
                || failed == null
                || !mayGoOn()
                || rang != null
                || eventsMissed
                || call.release().isOurs()
                || network.q850() == HangupCause.NO_ANSWER.q850()) {
            return false;
        }
        Judgement judged = CauseTable.standard().judge(network, List.of());
        if (!CallDial.AGAIN.contains(judged.verdict().failover())) {
            return false;
        }
        warnIfOurs(failed, judged);
        if (!next(wanted, failed, at, network, judged.verdict(), null, judged.basis())) {
            return false;
        }
        try {
            send(wanted);
        } catch (PstnException e) {
            log.warn("{}: after {} failed it is not sent out: {}", call.ref(), failed.trunk(), e.getMessage());
            if (e.effect() == Effect.NONE) {
                return false;
            }
            call.lookAgain();
        }
        return true;
    }

    /** The call is over: tells of the last trunk. Nothing is told if it had none, or if a predecessor placed it. */
    void over(Instant at, HangupCause network) {
        Trunks.Line last = line;
        if (last == null) {
            return;
        }
        line = null;
        if (call.state().pickedUp() != null) {
            tell(last, at, network, COMPLETED, null, Move.STOP, "answered");
        } else if (call.release().isOurs()) {
            tell(last, at, network, CANCELED, null, Move.STOP, "hung up before the answer");
        } else {
            Judgement judged = CauseTable.standard().judge(network, List.of());
            warnIfOurs(last, judged);
            boolean alone = request == null || request.over().isEmpty();
            String because = judged.basis() + (rang != null ? ", after it rang" : alone ? ALONE : "");
            tell(last, at, network, judged.verdict(), null, Move.STOP, because);
        }
    }

    private void send(CallRequest wanted) {
        while (true) {
            try {
                originate(wanted);
                placed();
                return;
            } catch (PstnException e) {
                if (e.effect() != Effect.NONE || !refusedAtOnce(wanted, e)) {
                    throw e;
                }
            }
        }
    }

    /** Nothing was sent over this trunk, so its refusal is its own reason, whatever the trunk before it said. True if another is next. */
    private boolean refusedAtOnce(CallRequest wanted, PstnException refusal) {
        Trunks.Line failed = line;
        if (failed == null) {
            return false;
        }
        Instant at = call.now();
        CauseVerdict verdict = Outcome.notPlaced(refusal).verdict();
        String because = refusal.failure().reason();
        boolean alone = wanted.over().isEmpty();
        if (!alone
                && CallDial.AGAIN.contains(verdict.failover())
                && next(wanted, failed, at, HangupCause.UNKNOWN, verdict, refusal.effect(), because)) {
            return true;
        }
        if (line != null) {
            line = null;
            String last = alone ? because + ALONE : because;
            tell(failed, at, HangupCause.UNKNOWN, verdict, refusal.effect(), Move.STOP, last);
        }
        return false;
    }

    private void originate(CallRequest wanted) {
        Trunks.Line over = line;
        Switchboard board = call.board();
        Origination origination = new Origination(
                call.channel(),
                over == null ? board.endpoints().endpoint(wanted.to()) : over.dialString(),
                over == null ? wanted.callerId().e164() : over.callerId(),
                (int) wanted.ringFor().toSeconds(),
                board.app(),
                CallArguments.PLACED,
                Map.of(
                        "CHANNEL(hangup_handler_push)",
                        "careflow-ended,s,1",
                        ChannelVariable.NAME,
                        call.variable().text()),
                null,
                null);
        try {
            Originated unused = board.rest().originate(origination);
        } catch (Conflict e) {
            // Asterisk has this channel already: the command was placed by a predecessor.
            log.info("{} is up already", call.ref());
        }
    }

    /** Takes the next trunk, and tells of the one that failed. False if there is none. */
    private boolean next(
            CallRequest wanted,
            Trunks.Line failed,
            Instant at,
            HangupCause network,
            CauseVerdict verdict,
            @Nullable Effect effect,
            String because) {
        if (!(wanted.to() instanceof Destination.Phone phone)) {
            return false;
        }
        tried.add(failed.trunk());
        call.lines().placedOver();
        Trunks.Line following;
        try {
            following = call.board()
                    .trunks()
                    .take(CallLines.own(call.ref()), phone.number(), wanted.callerId(), null, tried, wanted.over());
        } catch (PstnException e) {
            line = null;
            String none = because + "; " + e.failure().reason();
            tell(failed, at, network, verdict, effect, Move.EXHAUSTED, none);
            return false;
        }
        log.info("{}: trunk {} failed, {} is next", call.ref(), failed.trunk(), following.trunk());
        tell(failed, at, network, verdict, effect, Move.NEXT, because);
        number++;
        line = following;
        began = at;
        call.lines().placed(following);
        call.again(PlacedChannel.of(call.ref().id(), number));
        CallNote note = new CallNote(wanted.tenant(), following.trunk(), null, null, null);
        if (untold) {
            call.noting(note);
        } else {
            call.emit(new CallNoted(call.id("note"), at, call.ref(), note));
        }
        return true;
    }

    private void tell(
            Trunks.Line over,
            Instant at,
            HangupCause network,
            CauseVerdict verdict,
            @Nullable Effect effect,
            Move move,
            String because) {
        TrunkRef trunk = new TrunkRef(call.ref().provider(), over.trunk());
        RouteAttempt attempt =
                new RouteAttempt(number, trunk.id(), trunk.provider(), trunk, verdict, network, effect, because);
        CallState state = call.state();
        TriedRoute one =
                new TriedRoute(attempt, state.to().address(), over.stood(), began, rang, state.pickedUp(), at, move);
        RouteTried told = new RouteTried(call.id("route"), at, call.ref(), one);
        if (untold) {
            waiting.add(told);
        } else {
            call.emit(told);
        }
    }

    private void warnIfOurs(Trunks.Line failed, Judgement judged) {
        if (judged.verdict().failover() == FailoverClass.CONFIG) {
            CallAttempts.alarm(call, failed.trunk(), judged);
        }
    }
}
