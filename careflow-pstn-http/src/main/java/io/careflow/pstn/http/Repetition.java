package io.careflow.pstn.http;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Repeats what may be repeated, after a failure that a repetition may cure. resilience4j counts and decides; only the waiting is
 * ours, because its own hangs on a static. Thread-safe.
 */
final class Repetition {
    private static final int MOST_DOUBLINGS = 10;

    private final Retry retry;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Duration backOff;
    private final Duration longest;

    Repetition(HttpTransportBuilder settings) {
        this.sleeper = settings.sleeper;
        this.random = settings.random;
        this.backOff = settings.backOff;
        this.longest = settings.call;
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(settings.readAttempts)
                .retryOnException(this::mayHelp)
                .intervalBiFunction((attempt, outcome) -> pause(attempt, outcome.getLeft()))
                .build();
        this.retry = Retry.of(settings.provider.value(), config);
    }

    <T> T run(HttpCall call, Supplier<T> attempt) {
        if (!call.mayBeRepeated()) {
            return attempt.get();
        }
        Retry.AsyncContext<T> context = retry.asyncContext();
        while (true) {
            try {
                T result = attempt.get();
                context.onComplete();
                return result;
            } catch (PstnException e) {
                long wait = context.onError(e);
                if (wait < 0 || !slept(wait)) {
                    throw e;
                }
            }
        }
    }

    // Not what we refused ourselves, and not where the provider asks for longer than a caller should be kept.
    private boolean mayHelp(Throwable thrown) {
        if (!(thrown instanceof PstnException failure) || failure.getCause() instanceof NotAdmitted) {
            return false;
        }
        boolean passing = failure instanceof ProviderUnavailable
                || failure instanceof Throttled
                || (failure instanceof ProtocolError && failure.effect() == Effect.UNKNOWN);
        return passing && failure.retryAfter().orElse(Duration.ZERO).compareTo(longest) <= 0;
    }

    private long pause(int attempt, Throwable failure) {
        long doubled = backOff.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        long jittered = doubled / 2 + random.nextLong(doubled / 2 + 1);
        Duration asked = failure instanceof PstnException e ? e.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        return asked.toMillis() + jittered;
    }

    private boolean slept(long millis) {
        try {
            sleeper.sleep(Duration.ofMillis(millis));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
