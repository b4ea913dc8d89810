package io.careflow.pstn.siptrunk;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many calls go at once. Checked as a part of its {@link SipTrunkProfile}.
 *
 * @param maxConcurrent calls in both directions together, 1 or more
 * @param maxInbound incoming ones, or null for no other limit
 * @param maxOutbound outgoing ones, or null for no other limit
 * @param callsPerSecond outgoing calls begun in a second, or null for no limit
 * @param forwardCountsTwice whether the carrier counts a call that comes in and goes out again as two; for documentation, as both
 *     of its legs are counted here anyway
 * @param overflow what the carrier does with further calls
 */
public record TrunkCapacity(
        int maxConcurrent,
        @Nullable Integer maxInbound,
        @Nullable Integer maxOutbound,
        @Nullable Integer callsPerSecond,
        boolean forwardCountsTwice,
        Overflow overflow) {

    public TrunkCapacity {
        Objects.requireNonNull(overflow, "overflow");
    }

    /** So many calls, in whatever direction. */
    public static TrunkCapacity of(int maxConcurrent) {
        return new TrunkCapacity(maxConcurrent, null, null, null, false, Overflow.REJECT);
    }

    /** The same with limits for each direction; null for none. */
    public TrunkCapacity directions(@Nullable Integer inbound, @Nullable Integer outbound) {
        return new TrunkCapacity(maxConcurrent, inbound, outbound, callsPerSecond, forwardCountsTwice, overflow);
    }

    /** What the carrier does with calls beyond the limit. */
    public enum Overflow {
        /** They fail. */
        REJECT,
        /** They go on and are paid by the minute. We refuse them all the same. */
        BURST_METERED
    }
}
