package io.careflow.pstn.telnyx;

import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.http.Fields;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What events, answers to commands and the time mean for a call. Pure; part of one turn. */
final class Happening {
    private final Turn turn;
    private final Lives lives;

    Happening(Turn turn) {
        this.turn = turn;
        this.lives = new Lives(turn);
    }

    /** An event; one that was there before changes nothing. */
    boolean event(Hook hook, Optional<InboundCall> arrival) {
        FlowState state = turn.state();
        if (!state.isNew(hook.id())) {
            return false;
        }
        Optional<ClientState> carried = ClientState.of(hook);
        int leg = leg(hook, carried);
        if (leg > 0) {
            turn.dials().happened(leg, hook);
            return true;
        }
        if (state.outbound && hook.callControlId().isPresent()) {
            lives.placed(hook.payload());
        }
        if (state.callId == null) {
            return true;
        }
        ClientState command = carried.orElse(new ClientState(state.key, -1, 0, 0));
        switch (hook.type()) {
            case "call.initiated" -> arrival.ifPresent(lives::arrived);
            case "call.answered" -> lives.answered(hook.occurredAt());
            case "call.hangup" -> lives.ended(hook.payload(), hook.occurredAt(), true);
            case "call.recording.saved" -> turn.stays().saved(hook);
            case "call.recording.error" -> turn.stays().notSaved(hook);
            default -> {
                if (!state.isOver()) {
                    during(hook, command);
                }
            }
        }
        return true;
    }

    private void during(Hook hook, ClientState command) {
        switch (hook.type()) {
            case "call.speak.ended", "call.playback.ended" -> {
                turn.gathers().spoken(command, hook.occurredAt().toEpochMilli());
                turn.performing().over(command);
            }
            case "call.dtmf.received" -> {
                turn.gathers().key(hook);
                turn.stays().key(hook);
            }
            case "call.gather.ended" -> turn.gathers().ended(command, hook);
            case "call.transcription" -> turn.gathers().heard(hook);
            case "call.dequeued" -> turn.stays().left(Stays.QUEUE);
            case "conference.participant.left", "conference.ended" ->
                turn.stays().left(Stays.ROOM);
            default -> {
                // Nothing that a flow waits for.
            }
        }
    }

    // Which leg an event is of is said by what we gave the leg, and by its handle.
    private int leg(Hook hook, Optional<ClientState> carried) {
        FlowState state = turn.state();
        String handle = hook.callControlId().orElse("");
        for (int place = 1; place <= state.legs.size(); place++) {
            if (handle.equals(state.leg(place).callId)) {
                return place;
            }
        }
        return carried.map(ClientState::leg)
                .filter(leg -> leg <= state.legs.size() && !handle.equals(state.callId))
                .orElse(0);
    }

    /** Telnyx did what it was told. */
    boolean sent(Order order, Fields reply) {
        if (!take(order)) {
            return false;
        }
        switch (order.kind()) {
            case Order.DIAL -> {
                if (order.leg() == 0) {
                    lives.placed(reply);
                } else {
                    turn.dials().known(order.leg(), reply);
                }
            }
            case Order.ROOM -> turn.stays().entered(reply);
            case Order.LOOK -> {
                if (!reply.bool("is_alive").orElse(true)) {
                    lives.vanished();
                }
            }
            default -> {
                // Its event comes.
            }
        }
        return true;
    }

    /** Telnyx says that the call of the command is over: its last event comes. */
    boolean gone(Order order) {
        if (!take(order)) {
            return false;
        }
        if (order.kind().equals(Order.LOOK)) {
            lives.vanished();
        } else if (order.kind().equals(Order.DIAL)) {
            refusedDial(order, "the call is over");
        } else if (order.leg() == 0) {
            turn.state().endingRefused |= isEnding(order);
            lives.lookSoon();
        }
        return true;
    }

    /** Telnyx refused a command. */
    boolean refused(Order order, String reason) {
        if (!take(order)) {
            return false;
        }
        if (order.kind().equals(Order.DIAL)) {
            refusedDial(order, reason);
        } else if (isEnding(order)) {
            turn.state().ending = null;
            lives.lookSoon();
        } else if (order.needed() && !turn.state().isOver()) {
            turn.performing().failed(order.number(), reason);
        }
        return true;
    }

    /** Nobody knows whether Telnyx did it: it is sent again, and everything after it waits. */
    boolean postponed(Order order, long until) {
        FlowState state = turn.state();
        for (int i = 0; i < state.outbox.size(); i++) {
            if (state.outbox.get(i).id().equals(order.id())) {
                state.outbox.set(i, order.later(until));
                return true;
            }
        }
        return false;
    }

    /** Nobody knows whether Telnyx did it, and it must not be sent again. A call that we place stays in doubt. */
    boolean givenUp(Order order, String reason) {
        boolean placing = order.kind().equals(Order.DIAL) && order.leg() == 0;
        if (!placing) {
            return refused(order, reason);
        }
        turn.state().doubtful = true;
        return postponed(order, Order.NEVER);
    }

    private void refusedDial(Order order, String reason) {
        if (order.leg() > 0) {
            turn.dials().refused(order.leg(), reason);
        } else if (turn.state().callId == null) {
            turn.state().endedAt = turn.millis();
        }
    }

    private static boolean isEnding(Order order) {
        return order.leg() == 0
                && (order.kind().equals("hangup") || order.kind().equals("reject"));
    }

    private boolean take(Order order) {
        return turn.state().outbox.removeIf(other -> other.id().equals(order.id()));
    }

    /** The time has come for something. */
    boolean woken() {
        boolean changed = false;
        for (boolean more = true; more && !turn.state().isOver(); ) {
            more = lives.wake()
                    || turn.performing().wake()
                    || turn.gathers().wake()
                    || turn.dials().wake()
                    || turn.stays().wake();
            changed |= more;
        }
        return changed;
    }

    /** When {@link #woken} has something to do; null for never. */
    @Nullable
    Long due() {
        FlowState state = turn.state();
        if (state.isOver()) {
            return null;
        }
        return Stream.of(
                        Optional.ofNullable(state.lookAt),
                        Optional.ofNullable(state.callId == null ? null : state.ringUntil),
                        Optional.ofNullable(state.cutAt),
                        Optional.ofNullable(state.prompting).map(doing -> doing.until),
                        Optional.ofNullable(turn.gathers().due()),
                        Optional.ofNullable(turn.dials().due()),
                        Optional.ofNullable(state.staying).map(doing -> doing.until))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    Lives lives() {
        return lives;
    }
}
