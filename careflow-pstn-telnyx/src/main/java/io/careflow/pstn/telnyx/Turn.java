package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowRunner;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of one call: works on a copy of its state, collects what is to be told and, in the state's outbox, what is to be sent.
 * Does no I/O but asking the application. Not thread-safe.
 */
final class Turn {
    private final FlowState state;
    private final FlowDesk desk;
    private final Instant at;
    private final Instant now;
    private final List<PstnEvent> told = new ArrayList<>();
    private final Performing performing = new Performing(this);
    private final Gathers gathers = new Gathers(this);
    private final Dials dials = new Dials(this);
    private final Stays stays = new Stays(this);
    private @Nullable FlowRunner runner;

    /**
     * A step.
     *
     * @param at when what it is about happened
     * @param now by our clock; later, if that was told late
     */
    Turn(FlowState state, FlowDesk desk, Instant at, Instant now) {
        this.state = state;
        this.desk = desk;
        this.at = at;
        this.now = now.isBefore(at) ? at : now;
    }

    FlowState state() {
        return state;
    }

    FlowDesk desk() {
        return desk;
    }

    Instant at() {
        return at;
    }

    long millis() {
        return at.toEpochMilli();
    }

    /** So long from now on: what begins late lasts no less for that. */
    long in(Duration time) {
        return now.plus(time).toEpochMilli();
    }

    /** What is to be told, in order. */
    List<PstnEvent> told() {
        return told;
    }

    void tell(PstnEvent event) {
        told.add(event);
        desk.json().facts().write(event).ifPresent(fact -> {
            state.facts.add(fact);
            if (!state.tellers.contains(desk.node())) {
                state.tellers.add(desk.node());
            }
        });
    }

    /** The call is over: whoever makes its record here hears what other nodes told. */
    void tellAgain() {
        if (state.tellers.stream().anyMatch(node -> !node.equals(desk.node()))) {
            List<PstnEvent> now = List.copyOf(told);
            state.facts.stream()
                    .map(fact -> desk.json().facts().read(ref(), fact))
                    .filter(event -> now.stream().noneMatch(other -> other.id().equals(event.id())))
                    .forEach(told::add);
        }
    }

    /** Who was to tell the end died, as it seems: everything is told once more. */
    boolean tellEnd() {
        if (!state.isOver() || state.endTold || state.callId == null) {
            return false;
        }
        state.endTold = true;
        state.facts.forEach(fact -> told.add(desk.json().facts().read(ref(), fact)));
        return true;
    }

    CallRef ref() {
        return new CallRef(desk.id(), Objects.requireNonNull(state.callId, "call id"));
    }

    /** An id for an event: the same whoever tells it. */
    String id(String kind) {
        return state.callId + ":" + kind;
    }

    Performing performing() {
        return performing;
    }

    Gathers gathers() {
        return gathers;
    }

    Dials dials() {
        return dials;
    }

    Stays stays() {
        return stays;
    }

    /** The flow of the call. */
    FlowRunner runner() {
        FlowRunner known = runner;
        if (known == null) {
            FlowRunner.Application shared = desk.application();
            FlowRunner.Application own = new FlowRunner.Application(
                    shared.handler(), shared.support(), shared.apology(), this::tell, shared.failures());
            known = new FlowRunner(ref(), desk.json().position(state), own, performing);
            runner = known;
        }
        return known;
    }

    void signal(FlowSignal signal) {
        runner().signal(signal, at);
    }

    void done(int number) {
        signal(new FlowSignal.Done(number));
    }

    void completed(int number, FlowResult result) {
        signal(new FlowSignal.Completed(number, result));
    }

    /** The state as it is to be kept. */
    FlowState finished() {
        if (runner != null) {
            desk.json().keep(state, runner.position());
        }
        return state;
    }

    ObjectNode body() {
        return desk.json().flows().object();
    }

    /** A command to the call itself. */
    void order(String kind, ObjectNode body, int number, int part, boolean needed) {
        order(kind, Objects.requireNonNull(state.callId), body, new ClientState(state.key, number, 0, part), needed);
    }

    /** A command to any leg. */
    void order(String kind, @Nullable String target, ObjectNode body, ClientState carried, boolean needed) {
        body.put("client_state", carried.encoded());
        String seed = state.key + "|" + state.orders++;
        String id =
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        state.outbox.add(
                new Order(id, kind, target, body, carried.number(), carried.leg(), needed, now.toEpochMilli(), 0));
    }
}
