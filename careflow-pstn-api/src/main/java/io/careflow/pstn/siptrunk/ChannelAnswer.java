package io.careflow.pstn.siptrunk;

import java.util.Objects;

/** What becomes of a {@link ChannelClaim}. */
public sealed interface ChannelAnswer {

    /**
     * The channel is the holder's.
     *
     * @param use of the trunk, this channel included
     */
    record Taken(ChannelUse use) implements ChannelAnswer {
        public Taken {
            Objects.requireNonNull(use, "use");
        }
    }

    /**
     * No channel is free; nothing was taken.
     *
     * @param trunk the profile's id
     * @param bound which limit is reached
     * @param active channels in use that count for it
     * @param max the limit
     */
    record Full(String trunk, Bound bound, int active, int max) implements ChannelAnswer {
        public Full {
            Objects.requireNonNull(trunk, "trunk");
            Objects.requireNonNull(bound, "bound");
        }

        /** For people, such as {@code trunk siproute is full: 4 of 4 channels}. */
        @Override
        public String toString() {
            String which = bound == Bound.TOTAL ? "" : bound == Bound.INBOUND ? " inbound" : " outbound";
            return "trunk " + trunk + " is full: " + active + " of " + max + which + " channels";
        }
    }

    /** The limits of a trunk. */
    enum Bound {
        /** That of all calls together. */
        TOTAL,
        /** That of incoming calls. */
        INBOUND,
        /** That of outgoing calls. */
        OUTBOUND
    }
}
