package io.careflow.pstn.http;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderHealth.Availability;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The circuit breaker of one account, and what it has to say for people. Thread-safe. */
final class HealthWatch {
    private final CircuitBreaker breaker;
    private final Clock clock;
    private final Limits.Breaker limit;
    private volatile Instant since;
    private volatile String lastFailure = "";

    HealthWatch(String name, Limits.Breaker limit, Clock clock) {
        this.clock = clock;
        this.limit = limit;
        this.since = clock.instant();
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(limit.failurePercent())
                        .slidingWindow(limit.window(), limit.atLeast(), SlidingWindowType.COUNT_BASED)
                        .waitDurationInOpenState(limit.open())
                        .permittedNumberOfCallsInHalfOpenState(limit.probes())
                        .clock(clock)
                        .currentTimestampFunction(SteadyClock::nanos, TimeUnit.NANOSECONDS)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> since = clock.instant());
    }

    /** Whether a failure speaks of the provider's health: it could not be reached, gave no answer, a 5xx, or nonsense. */
    static boolean concerns(PstnException failure) {
        int status = failure.httpStatus().orElse(0);
        return (failure instanceof ProviderUnavailable || failure instanceof ProtocolError)
                && (status < 300 || status >= 500);
    }

    static ProviderHealth.State available(Instant since) {
        return new ProviderHealth.State(Availability.AVAILABLE, "answers", since, null);
    }

    boolean admits() {
        return breaker.tryAcquirePermission();
    }

    /** A permission that no request came of. */
    void notUsed() {
        breaker.releasePermission();
    }

    void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void failed(PstnException failure) {
        lastFailure = failure.failure().reason();
        breaker.onError(0, TimeUnit.NANOSECONDS, failure);
    }

    /** How long requests are refused for certain; null if they are not. */
    @Nullable
    Duration untilProbe() {
        Duration left = Duration.between(clock.instant(), since.plus(limit.open()));
        return left.isNegative() || left.isZero() ? null : left;
    }

    ProviderHealth.State state() {
        Instant moment = since;
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> available(moment);
            case HALF_OPEN -> state(Availability.PROBING, moment);
            // The breaker changes only when somebody asks; who looks at the health first must not wait for that.
            case OPEN, FORCED_OPEN ->
                state(untilProbe() == null ? Availability.PROBING : Availability.UNAVAILABLE, moment);
        };
    }

    private ProviderHealth.State state(Availability availability, Instant moment) {
        return new ProviderHealth.State(
                availability, "too many of the last requests failed, at last: " + lastFailure, moment, null);
    }
}
