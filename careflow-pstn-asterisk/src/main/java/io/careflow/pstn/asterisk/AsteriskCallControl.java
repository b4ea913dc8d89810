package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.flow.SendDigits;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Call control over one Asterisk. */
final class AsteriskCallControl implements CallControl {
    private static final long PATIENCE_SECONDS = 20;
    private static final int REMEMBERED = 10_000;

    private final Switchboard board;
    private final Calls calls;
    private final Clock clock;
    private final Predicate<CallRef> recorded;
    private final Map<CallRef, CallRequest> placed = Collections.synchronizedMap(new Recent<>(REMEMBERED));

    AsteriskCallControl(Switchboard board, Calls calls, Predicate<CallRef> recorded, Clock clock) {
        this.recorded = recorded;
        this.board = board;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public FlowSupport flows() {
        return board.application().support();
    }

    @Override
    public void check(CallRequest request) {
        flows().require(board.provider(), request.onAnswer());
        request.requireOnly(board.provider(), features(), Set.of());
        requireTrunks(request.onAnswer());
        board.trunks().requireKnown(request.over());
        Destination.Phone outside = lineFor(request.to());
        if (outside != null) {
            board.trunks().check(outside.number(), request.callerId(), request.over());
        } else {
            String unused = board.endpoints().endpoint(request.to());
        }
    }

    private Set<CallRequest.Feature> features() {
        Set<CallRequest.Feature> features = EnumSet.of(CallRequest.Feature.LONGEST);
        if (board.machines()) {
            features.add(CallRequest.Feature.MACHINE_DETECTION);
        }
        if (!board.trunks().isEmpty()) {
            features.add(CallRequest.Feature.OVER);
        }
        return features;
    }

    /** Only asks: whatever comes of that, nothing was placed. */
    private boolean hasDetector() {
        try {
            return board.rest().hasModule(CallDetection.MODULE);
        } catch (PstnException e) {
            String reason = "Asterisk does not say whether it detects machines: " + e.getMessage();
            throw new ProviderUnavailable(Failure.of(board.provider(), "call.place", Effect.NONE, reason), e);
        }
    }

    private void requireDetector() {
        if (!hasDetector()) {
            throw new UnsupportedFeature(
                    board.provider(),
                    "call.place",
                    "detecting machines without " + CallDetection.MODULE,
                    List.of("a longest call"));
        }
    }

    /** Trunks that a dial names must be there, before anything rings. */
    private void requireTrunks(CallFlow flow) {
        if (flow.ending() instanceof Dial dial) {
            board.trunks().requireKnown(dial.over());
        }
    }

    /** The number, if it is called over a trunk with a profile; else null. */
    private Destination.@Nullable Phone lineFor(Destination to) {
        return to instanceof Destination.Phone phone && !board.trunks().isEmpty() ? phone : null;
    }

    @Override
    public Call place(CallRequest request) {
        check(request);
        String id = channelId(request);
        CallRef ref = new CallRef(board.provider(), id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        within(ref, "call.place", () -> {
            // One after another in the call's mailbox: the same command cannot slip in twice.
            if (isKnown(request, ref) || isUpElsewhere(request, id)) {
                return;
            }
            if (request.detectMachine()) {
                requireDetector();
            }
            Destination.Phone outside = lineFor(request.to());
            Trunks.Line line = outside == null
                    ? null
                    : board.trunks()
                            .take(
                                    CallLines.own(ref),
                                    outside.number(),
                                    request.callerId(),
                                    null,
                                    Set.of(),
                                    request.over());
            Party from = Party.of(request.callerId());
            CallNote note = new CallNote(request.tenant(), line == null ? null : line.trunk(), null, null, null);
            CallState state = CallState.beginning(
                            Direction.OUTBOUND, now, from, Party.of(request.to().address()))
                    .noting(note)
                    .lasting(request.longest())
                    .commanded(request.commandId());
            AsteriskCall call = calls.open(id, state, board.slots().take(), true);
            placed.put(ref, request);
            call.placing().begin(request, line);
        });
        return look(ref);
    }

    private Call look(CallRef ref) {
        try {
            return fetch(ref).orElseGet(() -> new Call(ref, Call.Status.ENDED, "not there any more"));
        } catch (PstnException e) {
            // The call is placed; how it stands is another question.
            return new Call(ref, Call.Status.OTHER, "originated");
        }
    }

    private boolean isKnown(CallRequest request, CallRef ref) {
        CallRequest before = placed.get(ref);
        if (before != null && !before.equals(request)) {
            throw new Conflict(Failure.of(
                    board.provider(),
                    "call.place",
                    Effect.NONE,
                    "command " + request.commandId() + " was given before with another request"));
        }
        return before != null || calls.find(ref.id()).isPresent() || recorded.test(ref);
    }

    /** A predecessor may have placed it, over another trunk than the first. */
    private boolean isUpElsewhere(CallRequest request, String id) {
        try {
            return lineFor(request.to()) != null
                    && IntStream.rangeClosed(2, request.over().size())
                            .anyMatch(attempt -> board.rest()
                                    .channel(PlacedChannel.of(id, attempt))
                                    .isPresent());
        } catch (PstnException e) {
            String reason = "Asterisk does not say whether the call is up already: " + e.getMessage();
            throw new ProviderUnavailable(Failure.of(board.provider(), "call.place", Effect.NONE, reason), e);
        }
    }

    @Override
    public void redirect(CallRef call, CallFlow flow) {
        requireTrunks(flow);
        steer(call, "call.redirect", live -> live.redirect(flow));
    }

    @Override
    public void join(CallRef one, CallRef other) {
        // Both are checked first, so that nothing is half done; then each moves in its own mailbox.
        if (one.equals(other)) {
            throw new Conflict(Failure.of(
                    board.provider(), "call.join", Effect.NONE, "call " + one.id() + " cannot be joined with itself"));
        }
        for (CallRef each : List.of(one, other)) {
            steer(each, "call.join", live -> live.partner().requireAlone("call.join"));
        }
        String bridge = "cf-join-" + one.id();
        board.rest().createBridge(bridge, "mixing");
        try {
            steer(one, "call.join", live -> live.partner().join(bridge, other.id(), calls));
            steer(other, "call.join", live -> live.partner().join(bridge, one.id(), calls));
        } catch (PstnException e) {
            calls.within(one.id(), live -> live.partner().notJoined());
            board.rest().destroyBridge(bridge);
            throw e;
        }
    }

    @Override
    public void sendDigits(CallRef call, String digits) {
        SendDigits checked = new SendDigits(digits);
        steer(call, "call.send-digits", live -> live.sendDigits(checked.digits()));
    }

    @Override
    public void hangUp(CallRef call, HangupCause cause) {
        within(
                call,
                "call.hang-up",
                () -> calls.find(call.id())
                        .ifPresentOrElse(
                                live -> live.hangUp(cause), () -> board.rest().hangup(call.id(), cause.q850())));
    }

    @Override
    public Optional<Call> fetch(CallRef call) {
        String id = calls.find(call.id()).map(AsteriskCall::channel).orElse(call.id());
        return board.rest().channel(id).map(channel -> new Call(call, status(channel), raw(channel)));
    }

    void steer(CallRef ref, String operation, Consumer<AsteriskCall> task) {
        within(ref, operation, () -> task.accept(calls.find(ref.id()).orElseThrow(() -> gone(ref, operation))));
    }

    private void within(CallRef ref, String operation, Runnable task) {
        if (board.mailboxes().isCurrent(ref.id())) {
            // Called from a handler or listener of this very call: waiting for its mailbox would be waiting for
            // ourselves.
            task.run();
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean taken = board.mailboxes().submit(ref.id(), () -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        if (!taken) {
            throw new Conflict(
                    Failure.of(board.provider(), operation, Effect.NONE, "overloaded: too much waits for this call"));
        }
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new ProviderUnavailable(
                    Failure.of(board.provider(), operation, Effect.UNKNOWN, "not done within the time allowed"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderUnavailable(
                    Failure.of(board.provider(), operation, Effect.UNKNOWN, "interrupted while waiting"), e);
        }
    }

    private NotFound gone(CallRef ref, String operation) {
        return new NotFound(Failure.of(board.provider(), operation, Effect.NONE, "call " + ref.id() + " is not live"));
    }

    // The same command gives the same channel id, so Asterisk itself refuses to place it twice.
    private static String channelId(CallRequest request) {
        String command = request.tenant() + " " + request.commandId();
        return "cf-" + UUID.nameUUIDFromBytes(command.getBytes(StandardCharsets.UTF_8));
    }

    private static String raw(JsonNode channel) {
        return channel.path("state").asText();
    }

    private static Call.Status status(JsonNode channel) {
        return switch (raw(channel)) {
            case "Down", "Rsrvd", "OffHook", "Dialing" -> Call.Status.QUEUED;
            case "Ring", "Ringing" -> Call.Status.RINGING;
            case "Up" -> Call.Status.ANSWERED;
            default -> Call.Status.OTHER;
        };
    }
}
