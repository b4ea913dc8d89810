package io.careflow.pstn.messagedesk;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Times of a message desk, and what it reads out of carriers' codes.
 *
 * @param stuckAfter how long a node may take to decide or to send before it is taken for dead: 3 minutes to 1 hour
 * @param priceWithin how long the carrier may take to tell its price; afterwards the quote is booked. More than nothing
 * @param doubtFor how long the money of a text in doubt stays set aside; more than nothing
 * @param optOutCodes carriers' codes of undelivered texts that say the recipient opted out
 */
public record MessageSettings(Duration stuckAfter, Duration priceWithin, Duration doubtFor, Set<String> optOutCodes) {
    private static final Duration LONGEST = Duration.ofDays(6);

    public MessageSettings {
        Objects.requireNonNull(stuckAfter, "stuckAfter");
        if (stuckAfter.compareTo(Duration.ofMinutes(3)) < 0 || stuckAfter.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("stuckAfter is " + stuckAfter + "; allowed are PT3M to PT1H");
        }
        within("priceWithin", priceWithin);
        within("doubtFor", doubtFor);
        optOutCodes = Set.copyOf(optOutCodes);
    }

    /** 5 minutes, 1 hour, 24 hours; 21610 of Twilio and 40300 of Telnyx. */
    public static MessageSettings defaults() {
        return new MessageSettings(
                Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(24), Set.of("21610", "40300"));
    }

    /** The same with another time for the carrier's price. */
    public MessageSettings pricedWithin(Duration value) {
        return new MessageSettings(stuckAfter, value, doubtFor, optOutCodes);
    }

    /** The same with another time for what is in doubt. */
    public MessageSettings doubting(Duration value) {
        return new MessageSettings(stuckAfter, priceWithin, value, optOutCodes);
    }

    /** How long credit keeps money aside: until the sweep has surely decided. */
    Duration lease() {
        return (priceWithin.compareTo(doubtFor) < 0 ? doubtFor : priceWithin).plus(Duration.ofHours(12));
    }

    private static void within(String what, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " is " + value + "; allowed is more than nothing, up to " + LONGEST);
        }
    }
}
