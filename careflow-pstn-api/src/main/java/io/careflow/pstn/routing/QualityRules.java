package io.careflow.pstn.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When quality counts, and how bad a route may be. Numbers of too few or too old calls are chance: such a route is neither
 * dropped for them nor praised.
 *
 * @param minimumSample attempts below which nothing is known, 1 and more
 * @param mostAge how long ago the last of them may have ended
 * @param leastAnsweredPercent ASR below which a route is dropped, 0 to 100, or null
 * @param leastTalk ACD below which a route is dropped, or null
 * @param mostDelay PDD above which a route is dropped, or null
 */
public record QualityRules(
        int minimumSample,
        Duration mostAge,
        @Nullable Integer leastAnsweredPercent,
        @Nullable Duration leastTalk,
        @Nullable Duration mostDelay) {
    /** At least 50 attempts, the last within an hour; nothing is dropped. */
    public static final QualityRules DEFAULT = new QualityRules(50, Duration.ofHours(1), null, null, null);

    public QualityRules {
        Objects.requireNonNull(mostAge, "mostAge");
        if (minimumSample < 1) {
            throw new IllegalArgumentException("minimum sample is " + minimumSample + "; allowed are 1 and more");
        }
        if (leastAnsweredPercent != null && (leastAnsweredPercent < 0 || leastAnsweredPercent > 100)) {
            throw new IllegalArgumentException(
                    "least ASR is " + leastAnsweredPercent + "; allowed are 0 to 100 percent, or null");
        }
    }

    /** Why nothing is known of a route, or null if enough is. */
    @Nullable
    String ignorance(@Nullable RouteQuality quality, Instant now) {
        if (quality == null) {
            return "no quality was measured";
        }
        if (quality.attempts() < minimumSample) {
            return "quality of " + quality.attempts() + " attempts says nothing, " + minimumSample + " are needed";
        }
        return quality.until().isBefore(now.minus(mostAge)) ? "quality is too old, of " + quality.until() : null;
    }

    /** What is too bad about a route, or null if nothing is. */
    @Nullable
    String problem(RouteQuality quality) {
        Optional<Integer> answered = quality.answeredPercent();
        if (leastAnsweredPercent != null
                && answered.filter(it -> it < leastAnsweredPercent).isPresent()) {
            return quality + ": ASR must be " + leastAnsweredPercent + " % at least";
        }
        if (leastTalk != null
                && quality.averageTalkMillis()
                        .filter(it -> it < leastTalk.toMillis())
                        .isPresent()) {
            return quality + ": ACD must be " + leastTalk.toSeconds() + " s at least";
        }
        if (mostDelay != null
                && quality.averageDelayMillis()
                        .filter(it -> it > mostDelay.toMillis())
                        .isPresent()) {
            return quality + ": PDD must be " + mostDelay.toMillis() + " ms at most";
        }
        return null;
    }
}
