package io.careflow.pstn.routing;

import io.careflow.pstn.call.Destination;
import io.careflow.pstn.routing.FailoverDecision.Move;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt as the record of its call keeps it: over which route, why that route was next, what came of it, when, and what was
 * decided then. Immutable and thread-safe.
 *
 * @param attempt the route and what its end means
 * @param called whom, as text: a number in E.164 where it was one
 * @param stood why the route stood where it stood, in one line; empty if nobody said
 * @param began when it was sent out
 * @param rang when the callee's phone began to ring, or null if it did not
 * @param answered when the callee answered, or null
 * @param ended when it was over
 * @param move what was decided then
 */
public record TriedRoute(
        RouteAttempt attempt,
        String called,
        String stood,
        Instant began,
        @Nullable Instant rang,
        @Nullable Instant answered,
        Instant ended,
        Move move) {
    public TriedRoute {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(called, "called");
        Objects.requireNonNull(stood, "stood");
        Objects.requireNonNull(began, "began");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(move, "move");
    }

    /**
     * What {@link Failover} decided, with the moments of the attempt.
     *
     * @param tried the place of the plan that was tried
     * @throws IllegalArgumentException if the decision is about another route
     */
    public static TriedRoute of(
            PlannedRoute tried,
            FailoverDecision decision,
            Destination called,
            Instant began,
            @Nullable Instant rang,
            @Nullable Instant answered,
            Instant ended) {
        if (!decision.attempt().route().equals(tried.route().id())) {
            throw new IllegalArgumentException(
                    "decision is about route " + decision.attempt().route() + ", not about "
                            + tried.route().id());
        }
        return new TriedRoute(
                decision.attempt(), called.address(), tried.because(), began, rang, answered, ended, decision.move());
    }

    /** The trunk, or else the route: what quality is measured of. */
    public String line() {
        return attempt.trunk() == null ? attempt.route() : attempt.trunk().id();
    }

    /** Post-dial delay: milliseconds from sending to ringing, or to the answer of a phone that did not ring; never negative. */
    public Optional<Long> delayMillis() {
        Instant heard = rang != null ? rang : answered;
        return heard == null ? Optional.empty() : Optional.of(millis(began, heard));
    }

    /** Milliseconds from the answer to the end; 0 without an answer. */
    public long talkMillis() {
        return answered == null ? 0 : millis(answered, ended);
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, to.toEpochMilli() - from.toEpochMilli());
    }

    /** For people, for example {@code 1. telnyx-tor: BARRED (CONFIG), sip 403; NEXT}. */
    @Override
    public String toString() {
        return attempt + "; " + move;
    }
}
