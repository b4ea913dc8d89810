package io.careflow.pstn.siptrunk;

import io.careflow.pstn.call.Direction;
import java.time.Duration;
import java.util.Objects;

/**
 * A channel that somebody wants.
 *
 * @param trunk the profile's id
 * @param holder who wants it: 1 to 200 characters, unique over all nodes, such as the reference of a call
 * @param direction INBOUND or OUTBOUND
 * @param limits of the trunk, as this node knows them
 * @param ttl how long the lease lasts unless it is renewed, 1 second to 24 hours
 * @param regardless whether it is counted even where the limit is reached: for a call that is there already
 */
public record ChannelClaim(
        String trunk, String holder, Direction direction, ChannelLimits limits, Duration ttl, boolean regardless) {
    private static final int LONGEST = 200;

    public ChannelClaim {
        requireName("trunk", trunk);
        requireName("holder", holder);
        if (direction != Direction.INBOUND && direction != Direction.OUTBOUND) {
            throw new IllegalArgumentException("direction is " + direction + "; allowed are INBOUND and OUTBOUND");
        }
        Objects.requireNonNull(limits, "limits");
        requireTtl(ttl);
    }

    /** A claim that is refused where the limit is reached. */
    public static ChannelClaim of(
            String trunk, String holder, Direction direction, ChannelLimits limits, Duration ttl) {
        return new ChannelClaim(trunk, holder, direction, limits, ttl, false);
    }

    /** The same for a call that is there already. */
    public ChannelClaim counted() {
        return new ChannelClaim(trunk, holder, direction, limits, ttl, true);
    }

    /**
     * Refuses what no lease can last.
     *
     * @throws IllegalArgumentException if it is not 1 second to 24 hours
     */
    public static void requireTtl(Duration ttl) {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("ttl is " + ttl + "; allowed are 1 second to 24 hours");
        }
    }

    private static void requireName(String what, String value) {
        if (value.isBlank() || value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " has " + value.length()
                    + " characters, or none that can be seen; allowed are 1 to " + LONGEST);
        }
    }
}
