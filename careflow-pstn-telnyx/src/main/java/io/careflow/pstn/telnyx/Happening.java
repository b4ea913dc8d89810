package io.careflow.pstn.telnyx;

import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What events, answers to commands and the time mean for a call. Pure; part of one turn. */
final class Happening {
    /** When a hang-up in doubt is sent again. */
    private static final Duration HANGING_UP = Duration.ofSeconds(5);

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
        if (isForeign(hook, carried)) {
            return false;
        }
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
            case "call.initiated" -> arrival.ifPresent(call -> lives.arrived(call, isOutgoing(hook)));
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

    private static boolean isOutgoing(Hook hook) {
        return hook.payload().text("direction").orElse("").equals("outgoing");
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
                turn.stays().leftRoom();
            default -> {
                // Nothing that a flow waits for.
            }
        }
    }

    // A phone may give its call a client state of ours that it saw somewhere: what is known of our legs goes before it.
    private boolean isForeign(Hook hook, Optional<ClientState> carried) {
        FlowState state = turn.state();
        String handle = hook.callControlId().orElse("");
        if (!hook.type().startsWith("call.") || handle.isEmpty() || carried.isEmpty() || state.callId == null) {
            return false;
        }
        int place = carried.get().leg();
        String known = place >= 1 && place <= state.legs.size() ? state.leg(place).callId : state.callId;
        return known != null
                && !handle.equals(known)
                && !handle.equals(state.callId)
                && state.legs.stream().noneMatch(leg -> handle.equals(leg.callId));
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
                if (reply.bool("is_alive").orElse(true)) {
                    lives.stillThere();
                } else {
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
        if (isPlacing(order)) {
            return doubtful(order);
        } else if (!take(order)) {
            return false;
        }
        if (order.kind().equals(Order.LOOK)) {
            lives.vanished();
        } else if (order.kind().equals(Order.DIAL)) {
            turn.dials().refused(order.leg(), "the call is over");
        } else if (order.leg() == 0) {
            turn.state().endingRefused |= isEnding(order);
            lives.lookSoon();
        }
        return true;
    }

    /** Telnyx refused a command. */
    boolean refused(Order order, String reason) {
        if (isPlacing(order)) {
            return doubtful(order);
        } else if (!take(order)) {
            return false;
        }
        if (order.kind().equals(Order.DIAL)) {
            turn.dials().refused(order.leg(), reason);
        } else if (isEnding(order) && order.kind().equals(Order.REJECT)) {
            // It was answered already, and nobody told us yet.
            turn.order(Order.HANG_UP, turn.body(), order.number(), 0, false);
        } else if (isEnding(order)) {
            turn.state().ending = null;
            lives.lookSoon();
        } else if (order.kind().equals(Order.LOOK)) {
            lives.lookAgain();
        } else if (order.needed() && !turn.state().isOver()) {
            turn.performing().failed(order.number(), reason);
        }
        return true;
    }

    /** Nobody knows whether Telnyx did it: it is sent again, and everything after it waits. */
    boolean postponed(Order order, long until) {
        return replaced(order, order.later(until));
    }

    private boolean replaced(Order order, Order by) {
        FlowState state = turn.state();
        for (int i = 0; i < state.outbox.size(); i++) {
            if (state.outbox.get(i).id().equals(order.id())) {
                state.outbox.set(i, by);
                return true;
            }
        }
        return false;
    }

    /**
     * Nobody knows whether Telnyx did it, and it must not be sent again. A hang-up may be: done twice it is done, and without it
     * nobody ends the call.
     */
    boolean givenUp(Order order, String reason) {
        if (!order.kind().equals(Order.HANG_UP)) {
            return refused(order, reason);
        }
        return replaced(order, order.anew(turn.in(HANGING_UP)));
    }

    /**
     * A call that we place, and of which we cannot say that nothing was done: another node may have sent it before. It is not sent
     * again of itself.
     */
    boolean doubtful(Order order) {
        turn.state().doubtful = true;
        return postponed(order, Order.NEVER);
    }

    private static boolean isPlacing(Order order) {
        return order.kind().equals(Order.DIAL) && order.leg() == 0;
    }

    private static boolean isEnding(Order order) {
        return order.leg() == 0
                && (order.kind().equals(Order.HANG_UP) || order.kind().equals(Order.REJECT));
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
