package io.careflow.pstn.admission;

import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.guard.GuardClaim;
import java.util.Objects;

/**
 * A call that wants to begin.
 *
 * @param claim what it asks of the counters
 * @param hold what it may cost
 */
public record AdmissionRequest(GuardClaim claim, Hold hold) {
    public AdmissionRequest {
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(hold, "hold");
    }
}
