package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.machine.FlowRunner;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes good for what was missed while no events came: after a lost connection, and after the death of the application.
 * What must be known for it lives in Asterisk: the state of a call in a variable of its channel, its end in a global
 * variable that the dialplan wrote.
 */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int LARGEST_GAP = 64;
    private static final long AGAIN_MILLIS = 1000;

    private final Switchboard board;
    private final Predicate<CallRef> recorded;

    Recovery(Switchboard board, Predicate<CallRef> recorded) {
        this.board = board;
        this.recorded = recorded;
    }

    /**
     * Called before the first event of a connection is read.
     *
     * @throws PstnException if Asterisk cannot be asked; nothing is lost, it has to be called again
     */
    void run(Calls calls, boolean first, @Nullable Instant disconnectedAt) {
        board.rest().info();
        Collection<String> known = calls.ids();
        Map<String, JsonNode> channels = new HashMap<>();
        board.rest().channels().forEach(channel -> channels.put(callOf(channel), channel));
        for (String id : known) {
            insist(id, () -> calls.find(id).ifPresent(call -> settle(call, channels.get(id), disconnectedAt)));
        }
        int highest = adoptAll(calls, channels);
        if (board.recognition() != null) {
            board.mailboxes().submit("utterances", () -> deleteUtterances(calls));
        }
        if (first) {
            reportEnds(calls, channels.keySet(), highest);
        }
    }

    /** What callers of calls that are over said, and nobody could delete: we were not there, or Asterisk was not. */
    private void deleteUtterances(Calls calls) {
        try {
            List<String> stored = board.rest().storedRecordings();
            UtteranceName.left(stored, board.app(), calls.ids()).forEach(board.rest()::deleteStored);
        } catch (PstnException e) {
            log.warn("what callers said before may be left at Asterisk: {}", e.getMessage());
        }
    }

    /** Looks for calls whose end was never heard of, whatever the reason. */
    void sweep(Calls calls) {
        try {
            Collection<String> known = calls.ids();
            Set<String> there = new HashSet<>();
            if (!known.isEmpty()) {
                board.rest().channels().forEach(channel -> there.add(callOf(channel)));
            }
            known.stream().filter(id -> !there.contains(id)).forEach(id -> calls.within(id, AsteriskCall::lookAgain));
        } catch (PstnException e) {
            log.debug("no sweep: {}", e.getMessage());
        }
    }

    /** Does this in the mailbox of a call, again and again while Asterisk cannot be asked. */
    private void insist(String id, Runnable task) {
        board.mailboxes().submit(id, () -> {
            try {
                task.run();
            } catch (ProviderUnavailable e) {
                log.warn("{}: {}; trying again", id, e.getMessage());
                ScheduledFuture<?> unused =
                        board.timers().schedule(() -> insist(id, task), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private void settle(AsteriskCall call, @Nullable JsonNode listed, @Nullable Instant disconnectedAt) {
        // A call that was placed only just now is not in the list yet: before it counts as over, ask for it by name.
        Optional<JsonNode> channel = listed == null ? board.rest().channel(call.channel()) : Optional.of(listed);
        if (channel.isPresent()) {
            catchUp(call, channel.get());
        } else {
            call.concludeEnd(disconnectedAt == null ? call.now() : disconnectedAt);
        }
    }

    /** A channel comes back from a dial that a predecessor began, or somebody whom it called has answered. */
    void adopt(Calls calls, AriEvent event) {
        JsonNode channel = event.raw().path("channel");
        variable(channel.path("id").asText()).ifPresent(known -> {
            discardUntold(channel);
            AsteriskCall call = resume(calls, channel, known);
            if (call != null) {
                if (CallArguments.of(event).contains(CallArguments.DIALLED)) {
                    call.dial().resume(known);
                }
                call.handle(event);
            }
        });
    }

    private int adoptAll(Calls calls, Map<String, JsonNode> channels) {
        int highest = -1;
        RoomsFound rooms = RoomsFound.look(board.rest().bridges(), board.rooms());
        for (JsonNode channel : channels.values()) {
            String id = callOf(channel);
            if (calls.find(id).isPresent() || !isOurs(channel)) {
                continue;
            }
            Optional<ChannelVariable> known = variable(channel.path("id").asText());
            highest = Math.max(highest, known.map(ChannelVariable::slot).orElse(-1));
            known.ifPresent(variable -> board.slots().take(variable.slot()));
            boolean waiting = inStasis(channel);
            if (known.isPresent() || waiting) {
                log.info("taking over call {}", id);
                insist(id, () -> {
                    if (calls.find(id).isEmpty()) {
                        takeOver(calls, channel, known, waiting, rooms);
                    }
                });
            }
        }
        return highest;
    }

    private void takeOver(
            Calls calls, JsonNode channel, Optional<ChannelVariable> known, boolean waiting, RoomsFound rooms) {
        discardUntold(channel);
        if (known.isEmpty()) {
            calls.arrived(channel, AriTime.parse(channel.path("creationtime").asText()));
            return;
        }
        AsteriskCall call = resume(calls, channel, known.get());
        if (call == null) {
            return;
        }
        if (!waiting) {
            call.dial().resume(known.get());
            call.lines().adoptDial();
            catchUp(call, channel);
        } else if (!call.conference().resume(rooms) && !comesFromDial(channel, call)) {
            call.beginAgain();
        }
    }

    private void discardUntold(JsonNode channel) {
        new Untold(board.rest(), callOf(channel)).discardLeft();
    }

    private @Nullable AsteriskCall resume(Calls calls, JsonNode channel, ChannelVariable known) {
        Optional<CallState> state = CallState.decode(known.state());
        if (state.isEmpty()) {
            log.error("call {} was begun by a version that is not known here", channel.path("id"));
            return null;
        }
        board.slots().take(known.slot());
        AsteriskCall call = calls.open(
                callOf(channel),
                channel.path("id").asText(),
                state.get().comingFrom(calls.origin(channel)),
                known.slot(),
                Calls.isUp(channel));
        call.lines().adopt(channel.path("name").asText());
        call.resume();
        return call;
    }

    private void catchUp(AsteriskCall call, JsonNode channel) {
        call.dial().eventsMissed();
        call.placing().eventsMissed();
        if (call.dial().isRunning()) {
            answeredMeanwhile(call);
            if (inStasis(channel)) {
                comesFromDial(channel, call);
            }
        } else {
            call.prompts().catchUp();
            call.message().catchUp();
            call.listening().catchUp();
        }
    }

    private boolean comesFromDial(JsonNode channel, AsteriskCall call) {
        List<String> data =
                Arrays.asList(channel.path("dialplan").path("app_data").asText().split(",", -1));
        boolean returned = data.size() > 1 && data.get(1).equals(CallArguments.DIALLED);
        if (returned) {
            if (!call.dial().isRunning()) {
                variable(call.channel()).ifPresent(call.dial()::resume);
            }
            call.dial().returned(call.now(), data.subList(1, data.size()));
        }
        return returned;
    }

    private void answeredMeanwhile(AsteriskCall call) {
        String id = call.channel();
        String up = board.rest().variable(id, "CF_UP").orElse("");
        if (!up.isEmpty() && !call.dial().isTalking()) {
            call.dial().answered(partner(id), Instant.ofEpochMilli(Long.parseLong(up)));
        }
    }

    private String partner(String id) {
        for (JsonNode bridge : board.rest().bridges()) {
            List<String> members = new java.util.ArrayList<>();
            bridge.path("channels").forEach(member -> members.add(member.asText()));
            if (members.remove(id) && !members.isEmpty()) {
                return members.get(0);
            }
        }
        return "unknown";
    }

    private void reportEnds(Calls calls, Set<String> listed, int highest) {
        int gap = 0;
        for (int slot = 0; gap < LARGEST_GAP || slot <= highest; slot++) {
            Optional<String> found = board.ends().read(slot);
            gap = found.isPresent() ? 0 : gap + 1;
            int here = slot;
            found.flatMap(EndRecord::parse).ifPresent(end -> {
                String id = PlacedChannel.callOf(end.channelId());
                if (listed.contains(id)) {
                    // It ended while it was being taken over, which may still go on in its mailbox.
                    insist(id, () -> reportEnd(calls, here, end));
                } else {
                    reportEnd(calls, here, end);
                }
            });
        }
    }

    private void reportEnd(Calls calls, int slot, EndRecord end) {
        CallRef ref = new CallRef(board.provider(), PlacedChannel.callOf(end.channelId()));
        if (calls.find(ref.id()).isPresent()) {
            // It ended while it was being taken over.
            insist(ref.id(), () -> calls.find(ref.id()).ifPresent(call -> settle(call, null, end.ended())));
            return;
        }
        try {
            if (!recorded.test(ref)) {
                log.info("call {} ended while nobody listened", ref);
                report(ref, end);
            }
            board.ends().clear(slot);
        } catch (RuntimeException e) {
            // The store is away. What stands in the slot must not be overwritten until it can be asked.
            log.warn("the end of {} waits: {}", ref, e.getMessage());
            boolean kept = board.slots().take(slot);
            ScheduledFuture<?> unused = board.timers()
                    .schedule(() -> reportWaiting(calls, slot, end, kept), AGAIN_MILLIS * 5, TimeUnit.MILLISECONDS);
        }
    }

    private void reportWaiting(Calls calls, int slot, EndRecord end, boolean kept) {
        // The slot may be that of a live call, which had it next.
        if (kept) {
            board.slots().free(slot);
        }
        reportEnd(calls, slot, end);
    }

    private void report(CallRef ref, EndRecord end) {
        FlowRunner.Events events = board.application().events();
        CallState state = end.state();
        events.accept(state.beginning(ref));
        events.accept(new CallNoted(ref.id() + ":note", state.started(), ref, state.note()));
        if (state.pickedUp() != null) {
            events.accept(new CallAnswered(ref.id() + ":answered", state.pickedUp(), ref));
        }
        state.ownLeg(ref).forEach(events::accept);
        Instant answered = end.answered();
        if (answered != null) {
            events.accept(new LegAnswered(ref.id() + ":leg", answered, ref, "unknown"));
        }
        if (answered == null && !end.dialStatus().isEmpty()) {
            DialOutcome outcome = DialOutcome.of(end.dialStatus(), end.cause());
            Continuation then = state.then() == null ? Continuation.named("unseen") : state.then();
            events.accept(
                    new DialEnded(ref.id() + ":dial", end.ended(), ref, then, outcome.disposition(), outcome.cause()));
        }
        events.accept(new CallEnded(ref.id() + ":ended", end.ended(), ref, cause(end), end.releasedBy(), true));
    }

    private Optional<ChannelVariable> variable(String channelId) {
        return board.rest().variable(channelId, ChannelVariable.NAME).flatMap(ChannelVariable::parse);
    }

    private static String callOf(JsonNode channel) {
        return PlacedChannel.callOf(channel.path("id").asText());
    }

    private boolean isOurs(JsonNode channel) {
        return inStasis(channel)
                || channel.path("dialplan").path("context").asText().equals("careflow-dial");
    }

    private boolean inStasis(JsonNode channel) {
        return board.isWaiting(channel);
    }

    private static HangupCause cause(EndRecord end) {
        return Causes.ofEnd(end.cause(), "");
    }
}
