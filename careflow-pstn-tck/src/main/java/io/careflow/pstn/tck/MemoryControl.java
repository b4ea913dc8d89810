package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.SendDigits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Call control of the in-memory provider. Checks at once; what it does happens when virtual time runs. */
final class MemoryControl implements CallControl {
    private final Switchboard board;
    private final Map<CommandId, Placed> placed = new HashMap<>();

    MemoryControl(Switchboard board) {
        this.board = board;
    }

    @Override
    public FlowSupport flows() {
        return Switchboard.SUPPORT;
    }

    @Override
    public Call place(CallRequest request) {
        flows().require(board.id(), request.onAnswer());
        request.requireOnly(board.id(), Set.of(), Set.of());
        Placed before = placed.get(request.commandId());
        if (before != null) {
            if (!before.request().equals(request)) {
                throw new Conflict(failure("call.place", "command '" + request.commandId() + "' was another request"));
            }
            return describe(before.call());
        }
        CallRef ref = new CallRef(board.id(), board.nextId("call"));
        MemoryCall call = new MemoryCall(board, ref, ReleasedBy.CALLEE);
        board.calls().put(ref, call);
        placed.put(request.commandId(), new Placed(request, call));
        soon(() -> ring(call, request));
        return new Call(ref, Call.Status.QUEUED, "queued");
    }

    @Override
    public void redirect(CallRef ref, CallFlow flow) {
        flows().require(board.id(), flow);
        MemoryCall call = live("call.redirect", ref);
        soon(() -> call.redirect(flow));
    }

    @Override
    public void join(CallRef one, CallRef other) {
        MemoryCall first = live("call.join", one);
        MemoryCall second = live("call.join", other);
        if (first == second) {
            throw new Conflict(failure("call.join", "call " + one + " cannot be joined with itself"));
        }
        requireFree(first);
        requireFree(second);
        first.join(second);
        second.join(first);
    }

    @Override
    public void sendDigits(CallRef ref, String digits) {
        SendDigits sent = new SendDigits(digits);
        MemoryCall call = live("call.send-digits", ref);
        if (!call.isAnswered()) {
            throw new Conflict(failure("call.send-digits", "call " + ref + " is not answered"));
        }
        call.sendDigits(sent);
    }

    @Override
    public void hangUp(CallRef ref, HangupCause cause) {
        MemoryCall call = known("call.hang-up", ref);
        soon(() -> call.end(cause, ReleasedBy.SYSTEM));
    }

    @Override
    public Optional<Call> fetch(CallRef ref) {
        return Optional.ofNullable(board.calls().get(ref)).map(MemoryControl::describe);
    }

    private void ring(MemoryCall call, CallRequest request) {
        call.emit(new OutboundCall(
                call.eventId(),
                board.time().now(),
                call.ref(),
                request.tenant(),
                Party.of(request.callerId()),
                request.to()));
        SimulatedPhone phone = board.phone(request.to());
        switch (phone.reaction()) {
            case ANSWERS -> endAfter(call, request.ringFor(), HangupCause.NO_ANSWER, phone);
            case DECLINES -> board.time().after(phone.after(), () -> call.end(phone.cause(), ReleasedBy.CALLEE));
            case RINGS -> board.time().after(request.ringFor(), () -> call.end(phone.cause(), ReleasedBy.SYSTEM));
            case FAILS -> call.end(phone.cause(), ReleasedBy.UNKNOWN);
        }
        if (phone.reaction() == SimulatedPhone.Reaction.ANSWERS) {
            board.time().after(phone.after(), () -> answered(call, request, phone));
        }
    }

    private void endAfter(MemoryCall call, Duration ringFor, HangupCause cause, SimulatedPhone phone) {
        if (phone.after().compareTo(ringFor) >= 0) {
            board.time().after(ringFor, () -> call.end(cause, ReleasedBy.SYSTEM));
        }
    }

    private void answered(MemoryCall call, CallRequest request, SimulatedPhone phone) {
        if (call.isOver()) {
            return;
        }
        call.pickedUp();
        Duration talk = phone.hangsUpAfter();
        if (talk != null) {
            board.time().after(talk, call::personHangsUp);
        }
        for (int i = 0; i < phone.typed().length(); i++) {
            char key = phone.typed().charAt(i);
            board.time().after(phone.typesAfter().plus(CallerAtWork.BETWEEN_KEYS.multipliedBy(i)), () -> call.key(key));
        }
        call.redirect(request.onAnswer());
    }

    private void requireFree(MemoryCall call) {
        if (!call.isAnswered()) {
            throw new Conflict(failure("call.join", "call " + call.ref() + " is not answered"));
        }
        if (call.isTalking()) {
            throw new Conflict(failure("call.join", "call " + call.ref() + " is talking with somebody already"));
        }
    }

    private MemoryCall live(String operation, CallRef ref) {
        MemoryCall call = known(operation, ref);
        if (call.isOver()) {
            throw new NotFound(failure(operation, "call " + ref + " is over"));
        }
        return call;
    }

    private MemoryCall known(String operation, CallRef ref) {
        MemoryCall call = board.calls().get(ref);
        if (call == null) {
            throw new NotFound(failure(operation, "call " + ref + " does not exist"));
        }
        return call;
    }

    private Failure failure(String operation, String reason) {
        return Failure.of(board.id(), operation, Effect.NONE, reason);
    }

    private void soon(Runnable action) {
        board.time().after(Duration.ZERO, action);
    }

    private static Call describe(MemoryCall call) {
        Call.Status status =
                call.isOver() ? Call.Status.ENDED : call.isAnswered() ? Call.Status.ANSWERED : Call.Status.RINGING;
        return new Call(call.ref(), status, status.name().toLowerCase(Locale.ROOT));
    }

    private record Placed(CallRequest request, MemoryCall call) {}
}
