package io.careflow.pstn.telnyx;

import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.RecordingFailed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.FlowStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives calls through their flows. Telnyx remembers nothing for us and tells everything at once, twice and in any order, to any
 * node: how far a call is stands in the flow store, and every step is one change of it. What a step wants sent is kept with it, so
 * another node sends it if this one dies; one node sends at a time, so commands of a call keep their order. Thread-safe.
 */
final class FlowEngine implements Flows, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FlowEngine.class);
    private static final int MOST_TRIES = 200;
    private static final int MOST_DUE = 100;
    /** After this time another node may take over the sending. */
    static final Duration LEASE = Duration.ofSeconds(10);
    /** Telnyx recognises a command for 60 seconds; later it might be done twice. */
    static final Duration RECOGNISED = Duration.ofSeconds(50);

    private static final Duration POLL = Duration.ofSeconds(5);
    /** How long the one who saw the end of a call may take to tell it. */
    static final Duration TELLING = Duration.ofSeconds(15);

    private static final Duration SOON = Duration.ofMinutes(10);

    private final TelnyxClient client;
    private final FlowDesk desk;
    private final TelnyxEvents events;
    private final Alarm alarm;
    private final Alarms alarms;
    private final FlowStore store;
    private final Clock clock;
    private final RandomGenerator random;
    private final Consumer<? super PstnEvent> telling;
    private final Outgoing outgoing;
    private final KeyLocks locks = new KeyLocks();

    FlowEngine(TelnyxClient client, FlowDesk desk, Alarm alarm) {
        this.client = client;
        this.desk = desk;
        this.events = desk.events();
        this.alarm = alarm;
        this.alarms = new Alarms(alarm, this::wakeGuarded);
        this.store = client.settings().flows();
        this.clock = client.clock();
        this.random = client.settings().random();
        this.telling = new Telling(client.id(), client.settings().telling());
        this.outgoing = new Outgoing(this, new Sender(client), clock);
    }

    /** Looks after calls of nodes that died, from now on. */
    FlowEngine start() {
        alarm.at(clock.instant().plus(POLL), this::poll);
        return this;
    }

    private void poll() {
        try {
            wakeDue();
        } finally {
            start();
        }
    }

    /** Goes on with all calls whose time has come, each on its own, as one of them may have to wait for Telnyx. */
    void wakeDue() {
        Instant now = clock.instant();
        store.due(desk.id(), now, MOST_DUE).forEach(key -> alarms.set(key, now));
    }

    // One call's trouble must not keep the others waiting: what fails is looked at the next time, behind them.
    private void wakeGuarded(String key) {
        try {
            wake(key);
        } catch (RuntimeException e) {
            log.warn("a call could not go on now: {}", e.getMessage());
            putOff(key);
        }
    }

    private void putOff(String key) {
        try {
            store.find(desk.id(), key).ifPresent(kept -> {
                Instant later = clock.instant().plus(POLL);
                boolean unused = store.save(desk.id(), key, kept.version(), kept.text(), later);
            });
        } catch (RuntimeException e) {
            log.warn("nor could it be put off: {}", e.getMessage());
        }
    }

    FlowDesk desk() {
        return desk;
    }

    TelnyxClient client() {
        return client;
    }

    FlowStore store() {
        return store;
    }

    @Override
    public void happened(Hook hook) {
        List<PstnEvent> said = events.of(hook);
        Optional<InboundCall> arrival = said.stream()
                .filter(InboundCall.class::isInstance)
                .map(InboundCall.class::cast)
                .findFirst();
        Optional<String> key = key(hook);
        if (key.isEmpty() || (arrival.isPresent() && client.settings().answering() == null)) {
            said.forEach(telling);
            return;
        }
        boolean[] fresh = {true};
        Optional<FlowState> state = step(key.get(), hook.occurredAt(), () -> first(hook, arrival, key.get()), turn -> {
            fresh[0] = new Happening(turn).event(hook, arrival);
            if (fresh[0]) {
                alone(hook, turn).forEach(turn::tell);
            }
            return fresh[0];
        });
        if (state.isEmpty()) {
            ClientState.of(hook)
                    .ifPresent(ours -> log.warn(
                            "{} of a call of which nothing is kept: does its flow store reach every node?",
                            hook.type()));
            said.forEach(telling);
        }
    }

    /** What an event says by itself of the call, and what the flow does not tell better. */
    private static List<PstnEvent> alone(Hook hook, Turn turn) {
        if (turn.state().callId == null) {
            return List.of();
        }
        return turn.desk().events().of(hook, turn.ref(), RecordingReady.Kind.CALL).stream()
                .filter(event -> !(event instanceof InboundCall
                        || event instanceof RecordingReady
                        || event instanceof RecordingFailed))
                .toList();
    }

    // The end of a call that we have not heard of is kept: its beginning comes late.
    private static @Nullable FlowState first(Hook hook, Optional<InboundCall> arrival, String key) {
        boolean ours = ClientState.of(hook).isPresent();
        String direction = hook.payload().text("direction").orElse("");
        boolean end = hook.type().equals("call.hangup") && !direction.equals("outgoing") && !ours;
        if (arrival.isEmpty() && !end) {
            return null;
        }
        FlowState state = new FlowState();
        state.key = key;
        state.callId = hook.callControlId().orElse(key);
        return state;
    }

    private Optional<String> key(Hook hook) {
        Optional<String> carried = ClientState.of(hook).map(ClientState::key);
        // Events of a conference carry what was given by whoever made it, whomever they are about.
        if (hook.type().startsWith("conference.") && hook.callControlId().isPresent()) {
            return hook.callControlId().map(this::keyOf);
        }
        return carried.isPresent() ? carried : hook.callControlId().map(this::keyOf);
    }

    /** The key of the state of a call. */
    String keyOf(String callId) {
        return find(callId).map(state -> state.alias).orElse(callId);
    }

    /** What is kept under a key. */
    Optional<FlowState> find(String key) {
        return store.find(desk.id(), key).map(kept -> desk.json().read(kept.text()));
    }

    /** The time of a call may have come. */
    void wake(String key) {
        Instant now = clock.instant();
        Optional<FlowState> known = find(key);
        if (known.isPresent() && Lifetime.isForgotten(known.get(), now)) {
            Optional.ofNullable(known.get().callId).ifPresent(callId -> store.forget(desk.id(), callId));
            store.forget(desk.id(), key);
            return;
        }
        Optional<FlowState> unused = step(key, now, () -> null, turn -> {
            boolean changed = new Happening(turn).woken() || Lifetime.isLeft(turn.state(), now) || isUntold(turn, now);
            Long later = changed ? null : Lifetime.wakeAt(turn);
            if (later != null) {
                remind(key, FlowState.time(later));
            }
            return changed;
        });
    }

    private static boolean isUntold(Turn turn, Instant now) {
        Long ended = turn.state().endedAt;
        return ended != null && !FlowState.time(ended).plus(TELLING).isAfter(now) && turn.tellEnd();
    }

    // What is far away is left to the look that every node takes at the store.
    private void remind(String key, Instant when) {
        if (when.isBefore(clock.instant().plus(SOON))) {
            alarms.set(key, when);
        }
    }

    /**
     * Changes the state of a call, tells what that means, and sends what it wants sent.
     *
     * @param first what to begin with where nothing is kept; null to leave it at that
     * @param change says whether it changed anything; asked again if another node was faster
     * @return the state then; empty if there is none
     */
    Optional<FlowState> step(String key, Instant at, First first, Predicate<Turn> change) {
        return step(key, at, first, change, (order, result) -> {});
    }

    /**
     * As {@link #step}, for somebody who wants to know whether Telnyx took the first command that follows.
     *
     * @throws PstnException if Telnyx did not take it, or if nobody knows; one that says that the call is over is no failure
     */
    void told(String operation, String key, Instant at, First first, Predicate<Turn> change) {
        List<PstnException> failures = new ArrayList<>();
        Optional<FlowState> unused = step(key, at, first, change, (order, result) -> {
            if (order.kind().equals(Order.HANG_UP) && result instanceof Sender.Result.Done) {
                // Instead of a reject that came too late.
                failures.clear();
            } else if (failures.isEmpty() && result instanceof Sender.Result.Refused refused) {
                failures.add(refused.failure());
            } else if (failures.isEmpty() && result instanceof Sender.Result.Doubtful doubtful) {
                failures.add(doubtful.failure());
            }
        });
        if (!failures.isEmpty()) {
            log.debug("{} failed", operation);
            throw failures.get(0);
        }
    }

    private Optional<FlowState> step(
            String key, Instant at, First first, Predicate<Turn> change, BiConsumer<Order, Sender.Result> results) {
        String token = Long.toHexString(random.nextLong());
        Optional<FlowState> state = locks.within(key, () -> kept(key, at, first, change, token));
        if (state.isPresent() && token.equals(state.get().sender)) {
            outgoing.drain(key, token, results);
        }
        return state;
    }

    private Optional<FlowState> kept(String key, Instant at, First first, Predicate<Turn> change, String token) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<FlowStore.Kept> found = store.find(desk.id(), key);
            FlowState state = found.map(kept -> desk.json().read(kept.text())).orElseGet(first::state);
            if (state == null || state.alias != null) {
                return Optional.empty();
            }
            boolean hadId = found.isPresent() && state.callId != null;
            String head = state.outbox.isEmpty() ? null : state.outbox.get(0).id();
            Turn turn = new Turn(state, desk, at, clock.instant());
            if (!change.test(turn)) {
                return Optional.of(state);
            }
            FlowState next = turn.finished();
            advance(next, head, clock.millis());
            claim(next, token);
            Long wake = Lifetime.wakeAt(turn);
            long version = found.map(FlowStore.Kept::version).orElse(0L);
            Instant wakes = wake == null ? null : FlowState.time(wake);
            if (store.save(desk.id(), key, version, desk.json().write(next), wakes)) {
                if (!hadId) {
                    point(next);
                }
                if (wakes != null) {
                    remind(key, wakes);
                }
                turn.told().forEach(telling);
                if (turn.told().stream().anyMatch(CallEnded.class::isInstance) && !next.endTold) {
                    endTold(key);
                }
                return Optional.of(next);
            }
        }
        throw new IllegalStateException("the state of a call was changed by others " + MOST_TRIES + " times in a row");
    }

    private void endTold(String key) {
        try {
            for (int i = 0; i < MOST_TRIES; i++) {
                FlowStore.Kept kept = store.find(desk.id(), key).orElseThrow();
                FlowState state = desk.json().read(kept.text());
                state.endTold = true;
                Long wake = Lifetime.wakeAt(new Turn(state, desk, clock.instant(), clock.instant()));
                Instant wakes = wake == null ? null : FlowState.time(wake);
                if (store.save(desk.id(), key, kept.version(), desk.json().write(state), wakes)) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            log.warn("the end of a call will be told again: {}", e.getMessage());
        }
    }

    // One after another: what stood behind another command was not sent before.
    private static void advance(FlowState state, @Nullable String first, long now) {
        Order next = state.outbox.isEmpty() ? null : state.outbox.get(0);
        if (first != null && next != null && !next.id().equals(first)) {
            state.outbox.set(0, next.anew(now));
        }
    }

    private void point(FlowState state) {
        String callId = state.callId;
        if (callId != null && !callId.equals(state.key)) {
            FlowState pointer = new FlowState();
            pointer.alias = state.key;
            boolean unused = store.save(desk.id(), callId, 0, desk.json().write(pointer), null);
        }
    }

    private void claim(FlowState state, String token) {
        if (Lifetime.isLeft(state, clock.instant())) {
            state.sender = token;
            state.senderUntil = clock.instant().plus(LEASE).toEpochMilli();
        }
    }

    @Override
    public void close() {
        alarm.close();
    }

    /** What a call begins with. */
    @FunctionalInterface
    interface First {
        @Nullable
        FlowState state();
    }
}
