package io.careflow.pstn.routing;

import io.careflow.pstn.call.NeutralCause;
import java.util.Objects;

/**
 * What a cause means.
 *
 * @param cause in one word for all carriers
 * @param failover for the next candidate; a blocked call is always {@link FailoverClass#FINAL}
 */
public record CauseVerdict(NeutralCause cause, FailoverClass failover) {
    public CauseVerdict {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(failover, "failover");
        if (cause == NeutralCause.BLOCKED && failover != FailoverClass.FINAL) {
            throw new IllegalArgumentException("failover of a blocked call is " + failover
                    + "; allowed is FINAL: what one carrier blocks as fraud is never tried elsewhere");
        }
    }

    @Override
    public String toString() {
        return cause + " (" + failover + ")";
    }
}
