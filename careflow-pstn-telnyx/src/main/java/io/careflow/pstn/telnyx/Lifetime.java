package io.careflow.pstn.telnyx;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long the state of a call is kept, and when somebody has to look at it again. */
final class Lifetime {
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration PLACED_KEPT = Duration.ofHours(24);

    private Lifetime() {}

    static boolean isForgotten(FlowState state, Instant now) {
        Instant from = keptFrom(state);
        return from != null && !from.plus(kept(state)).isAfter(now);
    }

    // Of a call that we place and never hear of there is no end.
    static @Nullable Instant keptFrom(FlowState state) {
        Long from = state.callId == null && state.doubtful ? Long.valueOf(state.began) : state.endedAt;
        return from == null ? null : FlowState.time(from);
    }

    static Duration kept(FlowState state) {
        return state.outbound ? PLACED_KEPT : KEPT;
    }

    // Commands that nobody sends (any more).
    static boolean isLeft(FlowState state, Instant now) {
        return (state.sender == null || state.senderUntil <= now.toEpochMilli()) && sendable(state, now) != null;
    }

    static @Nullable Order sendable(FlowState state, Instant now) {
        return state.outbox.isEmpty() || state.outbox.get(0).notBefore() > now.toEpochMilli()
                ? null
                : state.outbox.get(0);
    }

    static @Nullable Long wakeAt(Turn turn) {
        FlowState state = turn.state();
        Long due = new Happening(turn).due();
        Instant from = keptFrom(state);
        if (from != null) {
            due = from.plus(state.endTold || state.callId == null ? kept(state) : FlowEngine.TELLING)
                    .toEpochMilli();
        }
        if (!state.outbox.isEmpty() && state.outbox.get(0).notBefore() != Order.NEVER) {
            long send = Math.max(state.outbox.get(0).notBefore(), state.sender == null ? 0 : state.senderUntil);
            due = due == null ? send : Math.min(due, send);
        }
        return due;
    }
}
