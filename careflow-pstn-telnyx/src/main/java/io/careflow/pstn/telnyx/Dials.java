package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ringing somebody: one leg for each destination, the first that answers is bridged with the call, the others are let go. Part of
 * one turn.
 */
final class Dials {
    private static final Duration SHORTEST_RING = Duration.ofSeconds(5);
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(30);
    /** How long the end of the call itself may take to be heard of after the end of the leg that it talked with. */
    private static final Duration SETTLING = Duration.ofMillis(1500);

    private final Turn turn;

    Dials(Turn turn) {
        this.turn = turn;
    }

    void begin(int number, Dial dial) {
        FlowState state = turn.state();
        FlowState.Dialling dialling = new FlowState.Dialling();
        dialling.number = number;
        dialling.ringUntil = turn.in(dial.ringFor());
        dialling.longest = dial.longest().toMillis();
        state.dialling = dialling;
        if (state.answeredAt != null) {
            dialling.ringback = true;
            turn.order(
                    "playback_start",
                    turn.body()
                            .put(Sender.RINGBACK, true)
                            .put("audio_type", "wav")
                            .put("loop", "infinity"),
                    number,
                    0,
                    false);
        }
        for (Destination destination : dial.destinations()) {
            dial(number, dial, destination);
        }
    }

    private void dial(int number, Dial dial, Destination destination) {
        FlowState state = turn.state();
        FlowState.Leg leg = new FlowState.Leg();
        leg.number = number;
        leg.destination = destination.address();
        leg.dialled = turn.millis();
        state.legs.add(leg);
        ObjectNode body = turn.body()
                .put("connection_id", turn.desk().connection())
                .put("to", address(destination, turn.desk().sipDomain()))
                .put("from", dial.callerId() == null ? shown() : dial.callerId().e164())
                .put("link_to", state.callId)
                .put("timeout_secs", seconds(dial.ringFor(), SHORTEST_RING))
                .put("time_limit_secs", seconds(dial.longest(), SHORTEST_LIMIT));
        if (turn.desk().webhooks() != null) {
            body.put("webhook_url", turn.desk().webhooks()).put("webhook_url_method", "POST");
        }
        turn.order(Order.DIAL, null, body, new ClientState(state.key, number, state.legs.size(), 0), false);
    }

    // The caller's own number where it is one; who withholds it calls from our number.
    private String shown() {
        FlowState state = turn.state();
        String other = state.outbound ? state.from : state.to;
        return !state.outbound && state.from.startsWith("+") ? state.from : other;
    }

    static String address(Destination destination, String sipDomain) {
        return destination instanceof Destination.Sip sip && sip.sip().host() == null
                ? "sip:" + sip.sip().user() + "@" + sipDomain
                : destination.address();
    }

    static long seconds(Duration time, Duration least) {
        Duration longer = time.compareTo(least) < 0 ? least : time;
        return longer.plusMillis(999).toSeconds();
    }

    /** Telnyx took the dial, or tells of the leg. */
    void known(int place, Fields ids) {
        FlowState.Leg leg = turn.state().leg(place);
        leg.callId = ids.text("call_control_id").orElse(leg.callId);
        leg.legId = ids.text("call_leg_id").orElse(leg.legId);
        turn.state().outbox.removeIf(order -> order.kind().equals(Order.DIAL) && order.leg() == place);
        introduce(place);
        if (leg.dropped) {
            letGo(place);
        }
    }

    /** Telnyx refused to dial. */
    void refused(int place, String reason) {
        // Should it ring after all, it is let go.
        turn.state().leg(place).dropped = true;
        over(place, turn.at(), new HangupCause(41, null, reason));
    }

    void happened(int place, Hook hook) {
        FlowState.Leg leg = turn.state().leg(place);
        known(place, hook.payload());
        switch (hook.type()) {
            case "call.initiated" ->
                leg.initiated = leg.initiated == null ? hook.occurredAt().toEpochMilli() : leg.initiated;
            case "call.answered" -> answered(place, hook.occurredAt());
            case "call.hangup" -> hungUp(place, hook);
            default -> {
                // Nothing that the flow waits for.
            }
        }
    }

    private void answered(int place, Instant at) {
        FlowState state = turn.state();
        FlowState.Leg leg = state.leg(place);
        FlowState.Dialling dialling = state.dialling;
        if (leg.answered != null || leg.ended != null) {
            return;
        }
        if (dialling == null || dialling.number != leg.number || dialling.winner != 0) {
            drop(place, HangupCause.ANSWERED_ELSEWHERE);
            return;
        }
        leg.answered = at.toEpochMilli();
        dialling.winner = place;
        dialling.talkUntil = at.toEpochMilli() + dialling.longest;
        new LegFacts(turn).answered(place);
        open(dialling.number)
                .filter(other -> other != place)
                .forEach(other -> drop(other, HangupCause.ANSWERED_ELSEWHERE));
        if (state.answeredAt == null) {
            turn.performing().answer(dialling.number);
        } else {
            bridge();
        }
    }

    /** Joins the call with whoever answered, once both are there. */
    void bridge() {
        FlowState state = turn.state();
        FlowState.Dialling dialling = state.dialling;
        if (dialling == null || dialling.winner == 0 || dialling.bridged || state.answeredAt == null) {
            return;
        }
        dialling.bridged = true;
        stopRingback(dialling);
        ObjectNode body = turn.body()
                .put("call_control_id", state.leg(dialling.winner).callId)
                .put("park_after_unbridge", "self")
                .put("prevent_double_bridge", true);
        turn.order("bridge", body, dialling.number, 0, true);
    }

    private void stopRingback(FlowState.Dialling dialling) {
        if (dialling.ringback) {
            dialling.ringback = false;
            turn.order("playback_stop", turn.body().put("stop", "all"), dialling.number, 0, false);
        }
    }

    private void hungUp(int place, Hook hook) {
        FlowState state = turn.state();
        FlowState.Dialling dialling = state.dialling;
        HangupCause cause = TelnyxCauses.of(hook.payload());
        boolean byCallee = hook.payload().text("hangup_source").orElse("").equals("callee");
        if (dialling != null && dialling.winner == place && !byCallee && !state.leg(place).dropped) {
            dialling.settling = StoredCause.of(cause);
            dialling.settleUntil = turn.in(SETTLING);
            dialling.settlingAt = hook.occurredAt().toEpochMilli();
            state.leg(place).letGo = true;
        } else {
            over(place, hook.occurredAt(), cause);
        }
    }

    /** A leg is over: so is the dial, if it was the last or talked. */
    private void over(int place, Instant at, HangupCause cause) {
        FlowState.Leg leg = turn.state().leg(place);
        if (leg.ended != null) {
            return;
        }
        end(place, at, cause);
        FlowState.Dialling dialling = turn.state().dialling;
        if (dialling == null || dialling.number != leg.number) {
            return;
        }
        if (dialling.winner == place) {
            talkOver(cause, true);
        } else if (dialling.winner == 0 && open(dialling.number).findAny().isEmpty()) {
            nobody(dialling);
        }
    }

    private void end(int place, Instant at, HangupCause cause) {
        FlowState.Leg leg = turn.state().leg(place);
        if (leg.ended == null) {
            leg.ended = at.toEpochMilli();
            leg.cause = StoredCause.of(cause);
            new LegFacts(turn).ended(place);
        }
    }

    private void talkOver(HangupCause cause, boolean byCallee) {
        FlowState.Dialling dialling = Objects.requireNonNull(turn.state().dialling);
        turn.state().dialling = null;
        turn.state().calleeLeft = byCallee;
        turn.completed(dialling.number, new FlowResult.Dialled(Disposition.ANSWERED, cause));
    }

    private void nobody(FlowState.Dialling dialling) {
        FlowState state = turn.state();
        state.dialling = null;
        stopRingback(dialling);
        List<HangupCause> causes = state.legs.stream()
                .filter(leg -> leg.number == dialling.number && leg.cause != null)
                .map(leg -> leg.cause.cause())
                .toList();
        HangupCause decisive = TelnyxCauses.decisive(causes);
        turn.completed(dialling.number, new FlowResult.Dialled(Disposition.unanswered(decisive), decisive));
    }

    boolean wake() {
        FlowState.Dialling dialling = turn.state().dialling;
        if (dialling == null) {
            return false;
        }
        long now = turn.millis();
        if (dialling.winner == 0 && dialling.ringUntil <= now) {
            open(dialling.number).forEach(place -> drop(place, HangupCause.NO_ANSWER));
            nobody(dialling);
            return true;
        }
        if (dialling.settleUntil != null && dialling.settleUntil <= now) {
            HangupCause cause = Objects.requireNonNull(dialling.settling).cause();
            end(dialling.winner, FlowState.time(dialling.settlingAt), cause);
            talkOver(cause, true);
            return true;
        }
        if (dialling.settleUntil == null && dialling.talkUntil != null && dialling.talkUntil <= now) {
            drop(dialling.winner, HangupCause.TIMER_EXPIRED);
            talkOver(HangupCause.TIMER_EXPIRED, false);
            return true;
        }
        return false;
    }

    /** When {@link #wake} has something to do. */
    @Nullable
    Long due() {
        FlowState.Dialling dialling = turn.state().dialling;
        if (dialling == null) {
            return null;
        } else if (dialling.winner == 0) {
            return dialling.ringUntil;
        }
        return dialling.settleUntil == null ? dialling.talkUntil : dialling.settleUntil;
    }

    /** The dial is given up: because another flow follows, or the call is over. */
    void stop(HangupCause cause) {
        FlowState.Dialling dialling = turn.state().dialling;
        turn.state().dialling = null;
        if (dialling != null && !turn.state().isOver()) {
            stopRingback(dialling);
        }
        for (int place = 1; place <= turn.state().legs.size(); place++) {
            if (turn.state().leg(place).ended == null) {
                drop(place, cause);
            }
        }
    }

    void failed(int number) {
        FlowState.Dialling dialling = turn.state().dialling;
        if (dialling != null && dialling.number == number) {
            stop(HangupCause.TEMPORARY_FAILURE);
        }
    }

    /** Who dials may end a leg at any time, also before Telnyx said which one it is. */
    private void drop(int place, HangupCause cause) {
        FlowState.Leg leg = turn.state().leg(place);
        leg.dropped = true;
        end(place, turn.at(), cause);
        letGo(place);
    }

    private void letGo(int place) {
        FlowState.Leg leg = turn.state().leg(place);
        if (leg.callId != null && !leg.letGo) {
            leg.letGo = true;
            turn.order(
                    "hangup", leg.callId, turn.body(), new ClientState(turn.state().key, leg.number, place, 0), false);
        }
    }

    private void introduce(int place) {
        new LegFacts(turn).dialled(place);
    }

    private Stream<Integer> open(int number) {
        return IntStream.rangeClosed(1, turn.state().legs.size())
                .filter(place ->
                        turn.state().leg(place).number == number && turn.state().leg(place).ended == null)
                .boxed()
                .toList()
                .stream();
    }
}
