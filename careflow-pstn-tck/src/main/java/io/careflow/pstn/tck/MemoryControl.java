package io.careflow.pstn.tck;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.SendDigits;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Call control of the in-memory provider. Checks at once; what it does happens when virtual time runs. */
final class MemoryControl implements CallControl {
    private static final Set<CallRequest.Feature> FEATURES = EnumSet.allOf(CallRequest.Feature.class);

    private final Switchboard board;
    private final MemoryLine line;
    private final MemoryAccount account;
    private final MemoryPermissions permissions;
    private final Once<CallRequest, MemoryCall> placed = new Once<>();

    MemoryControl(Switchboard board, MemoryLine line, MemoryAccount account, MemoryPermissions permissions) {
        this.board = board;
        this.line = line;
        this.account = account;
        this.permissions = permissions;
    }

    @Override
    public FlowSupport flows() {
        return Switchboard.SUPPORT;
    }

    @Override
    public void check(CallRequest request) {
        flows().require(board.id(), request.onAnswer());
        request.requireOnly(board.id(), FEATURES, Set.of());
    }

    @Override
    public Call place(CallRequest request) {
        return place(Operation.CALL_PLACE, request);
    }

    Call place(Operation operation, CallRequest request) {
        check(request);
        return line.write(
                operation,
                request,
                () -> describe(placed.run(
                        request.commandId(),
                        request,
                        () -> line.nothing(operation, "command '" + request.commandId() + "' was another request"),
                        () -> begin(operation, request))));
    }

    @Override
    public void redirect(CallRef ref, CallFlow flow) {
        flows().require(board.id(), flow);
        line.write(Operation.CALL_REDIRECT, List.of(ref, flow), () -> {
            MemoryCall call = live(Operation.CALL_REDIRECT, ref);
            soon(() -> call.redirect(flow));
        });
    }

    @Override
    public void join(CallRef one, CallRef other) {
        line.write(Operation.CALL_JOIN, List.of(one, other), () -> {
            MemoryCall first = live(Operation.CALL_JOIN, one);
            MemoryCall second = live(Operation.CALL_JOIN, other);
            if (first == second) {
                throw new Conflict(line.nothing(Operation.CALL_JOIN, "call " + one + " cannot be joined with itself"));
            }
            requireFree(first);
            requireFree(second);
            first.join(second);
            second.join(first);
        });
    }

    @Override
    public void sendDigits(CallRef ref, String digits) {
        SendDigits sent = new SendDigits(digits);
        line.write(Operation.CALL_SEND_DIGITS, List.of(ref, digits), () -> {
            MemoryCall call = live(Operation.CALL_SEND_DIGITS, ref);
            if (!call.isAnswered()) {
                throw new Conflict(line.nothing(Operation.CALL_SEND_DIGITS, "call " + ref + " is not answered"));
            }
            call.sendDigits(sent);
        });
    }

    @Override
    public void hangUp(CallRef ref, HangupCause cause) {
        line.write(Operation.CALL_HANG_UP, List.of(ref, cause), () -> {
            MemoryCall call = board.calls().get(ref);
            if (call != null) {
                soon(() -> call.end(cause, ReleasedBy.SYSTEM));
            }
        });
    }

    @Override
    public Optional<Call> fetch(CallRef ref) {
        return line.read(
                Operation.CALL_FETCH,
                () -> Optional.ofNullable(board.calls().get(ref)).map(MemoryControl::describe));
    }

    private MemoryCall begin(Operation operation, CallRequest request) {
        permissions.require(operation, request.to());
        account.requireCredit(operation);
        CallRef ref = new CallRef(board.id(), board.nextId("call"));
        MemoryCall call = new MemoryCall(board, ref, ReleasedBy.CALLEE);
        board.calls().put(ref, call);
        MemoryPlacing placing = new MemoryPlacing(board, call, request);
        call.placing(placing);
        soon(placing::begin);
        return call;
    }

    private void requireFree(MemoryCall call) {
        if (!call.isAnswered()) {
            throw new Conflict(line.nothing(Operation.CALL_JOIN, "call " + call.ref() + " is not answered"));
        }
        if (call.isTalking()) {
            throw new Conflict(
                    line.nothing(Operation.CALL_JOIN, "call " + call.ref() + " is talking with somebody already"));
        }
    }

    private MemoryCall live(Operation operation, CallRef ref) {
        MemoryCall call = board.calls().get(ref);
        if (call == null || call.isOver()) {
            throw new NotFound(
                    line.nothing(operation, "call " + ref + (call == null ? " does not exist" : " is over")));
        }
        return call;
    }

    private void soon(Runnable action) {
        board.time().after(Duration.ZERO, action);
    }

    private static Call describe(MemoryCall call) {
        Call.Status status = call.isOver()
                ? Call.Status.ENDED
                : call.isAnswered()
                        ? Call.Status.ANSWERED
                        : call.events().isEmpty() ? Call.Status.QUEUED : Call.Status.RINGING;
        return new Call(call.ref(), status, status.name().toLowerCase(Locale.ROOT));
    }
}
