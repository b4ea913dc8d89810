package io.careflow.pstn.rating;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/** What a call that lasts has cost so far. Thread-safe. */
public final class RunningCost {

    private final Quote quote;
    private final Clock clock;

    RunningCost(Quote quote, Clock clock) {
        this.quote = quote;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Time since the answer.
     *
     * @throws IllegalStateException if the clock shows a time before the answer
     */
    public Duration talk() {
        Duration talk = Duration.between(quote.answeredAt(), clock.instant());
        if (talk.isNegative()) {
            throw new IllegalStateException("the clock shows a time before the answer at " + quote.answeredAt());
        }
        return talk;
    }

    /**
     * The charge if the call ended now.
     *
     * @throws IllegalStateException if the clock shows a time before the answer
     */
    public RatingResult now() {
        return quote.forTalk(talk());
    }
}
