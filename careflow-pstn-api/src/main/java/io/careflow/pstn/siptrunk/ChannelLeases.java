package io.careflow.pstn.siptrunk;

import java.time.Duration;

/**
 * Counts the channels of trunks that are in use, for all nodes of an application that share one store. A channel is leased: whoever
 * holds it renews the lease while the call lives and gives it back at its end; the lease of a holder that died runs out by itself.
 * Taking is one step, take or deny, so that no limit is exceeded however many take at once. Thread-safe.
 *
 * <p>Whatever the store cannot do is thrown as its own unchecked exception; nothing was taken then, or what was taken runs out.
 */
public interface ChannelLeases {

    /**
     * Takes a channel, or does not. A holder that has one of this trunk already keeps it and has it renewed.
     *
     * @return {@link ChannelAnswer.Taken} or {@link ChannelAnswer.Full}
     */
    ChannelAnswer take(ChannelClaim claim);

    /**
     * The lease lasts so long from now on.
     *
     * @param trunk the profile's id
     * @param holder as it was taken
     * @param ttl 1 second to 24 hours
     * @return false if there is no such lease any more: it ran out, or was given back
     */
    boolean renew(String trunk, String holder, Duration ttl);

    /** Gives back whatever this holder has, of all trunks. One that has nothing is no error. */
    void release(String holder);

    /** Forgets leases that ran out; they do not count anyway. Returns how many there were. */
    int sweep();

    /** The channels of a trunk that are in use now. */
    ChannelUse use(String trunk);
}
