package io.careflow.pstn.siptrunk;

import io.careflow.pstn.call.Direction;
import org.jspecify.annotations.Nullable;

/**
 * The most channels that may be in use.
 *
 * @param total by all calls, 1 or more
 * @param inbound by incoming ones, 0 or more, or null for no other limit
 * @param outbound by outgoing ones, 0 or more, or null for no other limit
 */
public record ChannelLimits(
        int total, @Nullable Integer inbound, @Nullable Integer outbound) {

    public ChannelLimits {
        if (total < 1) {
            throw new IllegalArgumentException("total is " + total + "; allowed are 1 and more");
        }
        requireNotNegative("inbound", inbound);
        requireNotNegative("outbound", outbound);
    }

    /** Those of a profile. */
    public static ChannelLimits of(TrunkCapacity capacity) {
        return new ChannelLimits(capacity.maxConcurrent(), capacity.maxInbound(), capacity.maxOutbound());
    }

    /**
     * Whether one more call fits.
     *
     * @param trunk for the answer
     * @param use without the call in question
     * @return Taken with the call counted, or Full with the limit that is reached; that of a direction goes first
     */
    public ChannelAnswer fit(String trunk, Direction direction, ChannelUse use) {
        boolean in = direction == Direction.INBOUND;
        Integer most = in ? inbound : outbound;
        int active = in ? use.inbound() : use.outbound();
        if (most != null && active >= most) {
            return new ChannelAnswer.Full(
                    trunk, in ? ChannelAnswer.Bound.INBOUND : ChannelAnswer.Bound.OUTBOUND, active, most);
        }
        return use.total() >= total
                ? new ChannelAnswer.Full(trunk, ChannelAnswer.Bound.TOTAL, use.total(), total)
                : new ChannelAnswer.Taken(counted(direction, use));
    }

    /** The use with one more call. */
    public static ChannelUse counted(Direction direction, ChannelUse use) {
        return direction == Direction.INBOUND
                ? new ChannelUse(use.inbound() + 1, use.outbound())
                : new ChannelUse(use.inbound(), use.outbound() + 1);
    }

    private static void requireNotNegative(String what, @Nullable Integer value) {
        if (value != null && value < 0) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed are 0 and more, or null");
        }
    }
}
