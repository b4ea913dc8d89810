package io.careflow.pstn.guard;

import java.time.Duration;
import java.util.List;

/**
 * All that one call or message asks of the counters: everything fits and is taken, or nothing is.
 *
 * @param holder who takes it, unique for each call: the same holder again takes nothing more and has its leases renewed
 * @param bounds the limits
 * @param ttl how long leases last without being renewed: 1 second to 24 hours
 */
public record GuardClaim(String holder, List<GuardBound> bounds, Duration ttl) {
    public GuardClaim {
        bounds = List.copyOf(bounds);
        if (holder.isBlank() || holder.length() > 200) {
            throw new IllegalArgumentException("holder has " + holder.length() + " characters; allowed are 1 to 200");
        }
        requireTtl(ttl);
    }

    /**
     * Checks how long leases shall last.
     *
     * @throws IllegalArgumentException unless it is 1 second to 24 hours
     */
    public static void requireTtl(Duration ttl) {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("ttl is " + ttl + "; allowed are PT1S to PT24H");
        }
    }
}
