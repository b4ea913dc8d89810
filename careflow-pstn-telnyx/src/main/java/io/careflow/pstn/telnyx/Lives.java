package io.careflow.pstn.telnyx;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.machine.FlowSignal;
import io.careflow.pstn.flow.machine.Position;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.time.Instant;

/** How a call begins, is answered and ends. Part of one turn. */
final class Lives {
    private static final Duration LOOKING = Duration.ofHours(1);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(30);

    private final Turn turn;

    Lives(Turn turn) {
        this.turn = turn;
    }

    /**
     * A call arrived: the application says what to do with it, unless it is over already.
     *
     * @param direct whether a phone dialled it
     */
    void arrived(InboundCall call, boolean direct) {
        FlowState state = turn.state();
        if (state.began != 0) {
            return;
        }
        state.began = call.occurredAt().toEpochMilli();
        state.from = call.from().address();
        state.to = call.to().address();
        state.direct = direct;
        turn.tell(call);
        if (!state.isOver()) {
            state.lookAt = turn.in(LOOKING);
            turn.runner().ask(call);
        }
    }

    /** Telnyx took the call that we place, or tells of it. */
    void placed(Fields ids) {
        FlowState state = turn.state();
        if (state.callId != null) {
            return;
        }
        state.callId = ids.requireText("call_control_id");
        state.doubtful = false;
        state.outbox.removeIf(order -> order.kind().equals(Order.DIAL) && order.leg() == 0);
        state.lookAt = turn.in(LOOKING);
        Instant began = FlowState.time(state.began);
        turn.tell(new OutboundCall(
                turn.id("placed"),
                began,
                turn.ref(),
                new TenantId(state.tenant),
                Party.of(new PhoneNumber(state.from)),
                Destination.parse(state.to),
                state.command == null ? null : new CommandId(state.command)));
        turn.tell(new LegDialled(
                turn.id("leg-dialled"), began, turn.ref(), turn.ref().id(), state.to));
        CallNote note = flow().note();
        if (!note.equals(CallNote.NONE)) {
            turn.tell(new CallNoted(turn.id("note"), began, turn.ref(), note));
        }
    }

    private CallFlow flow() {
        return turn.desk().json().flows().read(java.util.Objects.requireNonNull(turn.state().onAnswer));
    }

    /** The call is answered: by us, or by whom we called. */
    void answered(Instant at) {
        FlowState state = turn.state();
        if (state.answeredAt != null || state.isOver()) {
            return;
        }
        turn.performing().answered(at);
        if (state.outbound) {
            state.ringUntil = null;
            state.cutAt = state.longest == null ? null : at.toEpochMilli() + state.longest;
            String leg = turn.ref().id();
            turn.tell(new LegRinging(turn.id("leg-ringing"), FlowState.time(state.began), turn.ref(), leg));
            turn.tell(new LegAnswered(turn.id("leg-answered"), at, turn.ref(), leg));
            CallFlow flow = flow();
            turn.runner().redirect(new CallFlow(flow.steps(), flow.ending(), CallNote.NONE), at);
            return;
        }
        if (Position.Phase.valueOf(state.phase) == Position.Phase.ANSWERING) {
            turn.done(state.number);
        }
        turn.dials().bridge();
    }

    /** The call is over. */
    void ended(Fields payload, Instant at, boolean exact) {
        FlowState state = turn.state();
        if (state.isOver()) {
            return;
        }
        HangupCause reported = TelnyxCauses.of(payload);
        state.endedAt = at.toEpochMilli();
        state.outbox.removeIf(order -> order.leg() == 0 && !order.kind().equals(Order.DIAL));
        state.prompting = null;
        state.gathering = null;
        turn.stays().gone();
        state.lookAt = null;
        turn.dials().stop(HangupCause.NORMAL_CLEARING);
        turn.signal(new FlowSignal.Gone());
        boolean ours = state.ending != null && !state.endingRefused && (state.direct || !byFarEnd(payload));
        HangupCause cause = ours && state.ending != null ? state.ending.cause() : reported;
        if (state.outbound) {
            turn.tell(new LegEnded(
                    turn.id("leg-ended"), at, turn.ref(), turn.ref().id(), cause));
        }
        turn.tellAgain();
        turn.tell(new CallEnded(
                turn.id("ended"),
                at,
                turn.ref(),
                cause,
                ours ? ReleasedBy.valueOf(state.endedBy) : releasedBy(payload, cause),
                exact));
    }

    // Telnyx names the side of the leg; ours is the callee of a call that arrives, and the caller of one that we place.
    // Which side we are of a parked call is not documented: there our own hang-up is believed before its word.
    private boolean byFarEnd(Fields payload) {
        return payload.text("hangup_source").orElse("").equals(turn.state().outbound ? "callee" : "caller");
    }

    private ReleasedBy releasedBy(Fields payload, HangupCause cause) {
        FlowState state = turn.state();
        ReleasedBy farEnd = state.outbound ? ReleasedBy.CALLEE : ReleasedBy.CALLER;
        if (byFarEnd(payload)) {
            return farEnd;
        } else if (cause.q850() == HangupCause.TIMER_EXPIRED.q850()) {
            return ReleasedBy.SYSTEM;
        }
        String source = payload.text("hangup_source").orElse("unknown");
        if (source.equals("unknown")) {
            boolean gaveUp = cause.text().equals("originator_cancel");
            return gaveUp ? farEnd : ReleasedBy.UNKNOWN;
        }
        return state.calleeLeft ? ReleasedBy.CALLEE : ReleasedBy.SYSTEM;
    }

    /** Telnyx does not know the call any more, and no event of its end came. */
    void vanished() {
        ended(Fields.of(turn.desk().id(), "call.look", turn.body()), turn.at(), false);
    }

    /** Telnyx says that the call is over; the event of its end should come. */
    void lookSoon() {
        FlowState state = turn.state();
        if (!state.isOver()) {
            state.lookAt = turn.in(SECOND_LOOK);
        }
    }

    /** Telnyx says that the call goes on: if it should not, it is hung up again. */
    void stillThere() {
        if (isToEnd() && turn.state().ending == null) {
            turn.performing().hangUp(turn.state().number, HangupCause.NORMAL_CLEARING);
        }
    }

    /** Nobody knows whether the call goes on. */
    void lookAgain() {
        if (isToEnd()) {
            lookSoon();
        }
    }

    private boolean isToEnd() {
        return Position.Phase.valueOf(turn.state().phase) == Position.Phase.FINISHING;
    }

    boolean wake() {
        FlowState state = turn.state();
        long now = turn.millis();
        if (state.isOver()) {
            return false;
        }
        if (state.lookAt != null && state.lookAt <= now && state.callId != null) {
            state.lookAt = turn.in(LOOKING);
            turn.order(Order.LOOK, turn.body(), state.number, 0, false);
            return true;
        } else if (state.ringUntil != null && state.ringUntil <= now && state.callId != null) {
            state.ringUntil = null;
            turn.performing().hangUp(state.number, HangupCause.NO_ANSWER);
            return true;
        } else if (state.cutAt != null && state.cutAt <= now) {
            state.cutAt = null;
            turn.performing().hangUp(state.number, HangupCause.TIMER_EXPIRED);
            return true;
        }
        return false;
    }
}
