package io.careflow.pstn.guard;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Counters and leases of the guards, for all nodes of an application that share one store. Taking is one step, all or nothing, so that
 * no limit is exceeded however many take at once. Time is the store's. Thread-safe.
 *
 * <p>Whatever the store cannot do is thrown as its own unchecked exception; guards deny then.
 */
public interface GuardStore {

    /** Takes everything, or nothing. */
    GuardAnswer take(GuardClaim claim);

    /** How the counters stand, taking nothing: for dry runs and explanations. */
    GuardAnswer peek(GuardClaim claim);

    /**
     * The call goes on: its leases last so long from now.
     *
     * @return false if the holder has no live lease any more
     */
    boolean renew(String holder, Duration ttl);

    /** The call is over: its leases are free. What was counted within windows stays counted. */
    void release(String holder);

    /**
     * The weight that the holder added under this key is this, as is now known: what a call cost instead of what it could have. Does
     * nothing if it added none.
     */
    void correct(String holder, String key, BigDecimal weight);

    /** Forgets what no longer counts. Returns how much there was. */
    int sweep();
}
