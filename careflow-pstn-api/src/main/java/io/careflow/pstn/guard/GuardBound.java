package io.careflow.pstn.guard;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

/** One limit that a claim must fit under, counted under a key that all nodes share. */
public sealed interface GuardBound {

    /** The rule that set it. */
    String rule();

    /** Under what it is counted, such as {@code default/42/calls}: 1 to 200 characters. */
    String key();

    /**
     * So much within a sliding window that ends now.
     *
     * @param weight what this claim adds: 1 for a call, an amount of money for spend
     * @param most the sum that may not be exceeded, this claim included
     */
    record Within(String rule, String key, Duration window, BigDecimal weight, BigDecimal most) implements GuardBound {
        public Within {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(weight, "weight");
            Objects.requireNonNull(most, "most");
        }
    }

    /**
     * So many different members within a sliding window that ends now, such as countries.
     *
     * @param member what this claim adds; one that is there already adds nothing
     */
    record Distinct(String rule, String key, Duration window, String member, int most) implements GuardBound {
        public Distinct {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(member, "member");
        }
    }

    /** So many at the same time. Each has a lease, so those of a node that died run out by themselves. */
    record AtOnce(String rule, String key, int most) implements GuardBound {
        public AtOnce {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(key, "key");
        }
    }
}
