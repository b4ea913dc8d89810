package io.careflow.pstn.telnyx;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the commands that are kept with a call, one after another, as long as this node is the one that does. Thread-safe; one
 * node sends at a time, so commands of a call keep their order.
 */
final class Outgoing {
    private static final Logger log = LoggerFactory.getLogger(Outgoing.class);
    /** A command in doubt is sent again after this time, as long as Telnyx recognises it. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Duration RECOGNISED = Duration.ofSeconds(50);

    private final FlowEngine engine;
    private final Sender sender;
    private final Clock clock;

    Outgoing(FlowEngine engine, Sender sender, Clock clock) {
        this.engine = engine;
        this.sender = sender;
        this.clock = clock;
    }

    /** Sends what is to be sent, in order, as long as this is ours to do. */
    void drain(String key, String token, BiConsumer<Order, Sender.Result> results) {
        try {
            boolean more = true;
            while (more) {
                FlowState state = engine.find(key)
                        .filter(kept -> token.equals(kept.sender))
                        .orElse(null);
                Order next = state == null ? null : Lifetime.sendable(state, clock.instant());
                if (state == null) {
                    more = false;
                } else if (next == null) {
                    more = !released(key, token);
                } else if (isTooOld(next)) {
                    report(key, new Sender.Result.TooOld(), next, token);
                } else if (isPointless(state, next)) {
                    report(key, new Sender.Result.Gone(), next, token);
                } else {
                    Sender.Result result = sender.send(next);
                    results.accept(next, result);
                    report(key, result, next, token);
                }
            }
        } catch (RuntimeException e) {
            log.warn("commands of a call wait, another node or a later look sends them: {}", e.getMessage());
        }
    }

    private boolean isTooOld(Order order) {
        return FlowState.time(order.since()).plus(RECOGNISED).isBefore(clock.instant());
    }

    private static boolean isPointless(FlowState state, Order order) {
        return order.kind().equals(Order.DIAL) && order.leg() > 0 && state.leg(order.leg()).dropped;
    }

    private boolean released(String key, String token) {
        boolean[] idle = {true};
        Optional<FlowState> unused = engine.step(key, clock.instant(), () -> null, turn -> {
            FlowState state = turn.state();
            idle[0] = Lifetime.sendable(state, clock.instant()) == null;
            boolean mine = token.equals(state.sender);
            if (mine && idle[0]) {
                state.sender = null;
            }
            return mine && idle[0];
        });
        return idle[0];
    }

    private void report(String key, Sender.Result result, Order order, String token) {
        Instant now = clock.instant();
        Optional<FlowState> unused = engine.step(key, now, () -> null, turn -> {
            if (token.equals(turn.state().sender)) {
                turn.state().senderUntil = now.plus(FlowEngine.LEASE).toEpochMilli();
            }
            return new Outcome(new Happening(turn)).apply(order, result, now, AGAIN, RECOGNISED);
        });
    }
}
