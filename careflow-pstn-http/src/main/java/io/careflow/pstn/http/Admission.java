package io.careflow.pstn.http;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides before anything is sent whether a request may be; one for all views of an account. Thread-safe. */
final class Admission {
    private final EffectRule rule;
    private final Sleeper sleeper;
    private final @Nullable HealthWatch watch;
    private final @Nullable Bulkhead places;
    private final @Nullable RateLimiter turns;
    private final Clock clock;
    private final ProviderHealth.State always;

    Admission(HttpTransportBuilder settings, EffectRule rule) {
        this.rule = rule;
        this.sleeper = settings.sleeper;
        this.clock = settings.clock == null ? SteadyClock.system() : settings.clock;
        String name = settings.provider.value();
        Limits limits = settings.limits;
        this.watch = limits.breaker() == null ? null : new HealthWatch(name, limits.breaker(), clock);
        this.places = limits.concurrency() == null ? null : places(name, limits.concurrency());
        this.turns = limits.rate() == null ? null : turns(name, limits.rate());
        this.always = HealthWatch.available(clock.instant());
    }

    /**
     * Lets a request through, or refuses it.
     *
     * @throws ProviderUnavailable effect NONE, while the provider counts as failing
     * @throws Throttled effect NONE, if there is no place or turn in time
     */
    Permit enter(String operation) {
        if (watch != null && !watch.admits()) {
            Failure failure = rule.nothingSent(operation, "not asked, because too many of the last requests failed")
                    .withRetryAfter(watch.untilProbe());
            throw new ProviderUnavailable(failure, new NotAdmitted("circuit breaker open"));
        }
        if (places != null && !places.tryAcquirePermission()) {
            giveBack();
            throw throttled(operation, "too many requests of ours at once");
        }
        if (turns != null && !waitForTurn(turns)) {
            if (places != null) {
                places.onComplete();
            }
            giveBack();
            throw throttled(operation, "more requests of ours than the rate allows");
        }
        return new Permit(watch, places);
    }

    ProviderHealth.State health() {
        ProviderHealth.State state = watch == null ? always : watch.state();
        return new ProviderHealth.State(state.availability(), state.reason(), state.since(), free());
    }

    private @Nullable Integer free() {
        Integer free = places == null ? null : places.getMetrics().getAvailableConcurrentCalls();
        if (turns == null) {
            return free;
        }
        int left = Math.max(0, turns.getMetrics().getAvailablePermissions());
        return free == null ? left : Math.min(free, left);
    }

    private void giveBack() {
        if (watch != null) {
            watch.notUsed();
        }
    }

    private boolean waitForTurn(RateLimiter limiter) {
        long nanos = limiter.reservePermission();
        if (nanos <= 0) {
            return nanos == 0;
        }
        try {
            sleeper.sleep(Duration.ofNanos(nanos));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Throttled throttled(String operation, String reason) {
        return new Throttled(rule.nothingSent(operation, reason), new NotAdmitted("limit of our own"));
    }

    private static Bulkhead places(String name, Limits.Concurrency limit) {
        return Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(limit.most())
                        .maxWaitDuration(limit.patience())
                        .build());
    }

    // Of resilience4j's own constructors only this one takes the time from outside.
    private RateLimiter turns(String name, Limits.Rate limit) {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(limit.requests())
                .limitRefreshPeriod(limit.per())
                .timeoutDuration(limit.patience())
                .build();
        return new AtomicRateLimiter(name, config, () -> SteadyClock.nanos(clock));
    }

    /** One request that was let through. Its outcome is told at most once; closing gives its place back, once. */
    static final class Permit implements AutoCloseable {
        private final @Nullable HealthWatch watch;
        private final @Nullable Bulkhead places;
        private boolean told;
        private boolean left;

        private Permit(@Nullable HealthWatch watch, @Nullable Bulkhead places) {
            this.watch = watch;
            this.places = places;
        }

        void succeeded() {
            if (watch != null && tell()) {
                watch.succeeded();
            }
        }

        /** @param ourDoing whether it failed because we gave up, which says nothing about the provider */
        void failed(PstnException failure, boolean ourDoing) {
            if (watch == null || ourDoing || !tell()) {
                return;
            }
            if (HealthWatch.concerns(failure)) {
                watch.failed(failure);
            } else {
                watch.succeeded(); // it answered, and that is what counts here
            }
        }

        @Override
        public synchronized void close() {
            if (left) {
                return;
            }
            left = true;
            if (watch != null && tell()) {
                watch.notUsed();
            }
            if (places != null) {
                places.onComplete();
            }
        }

        private synchronized boolean tell() {
            boolean first = !told;
            told = true;
            return first;
        }
    }
}
