package io.careflow.pstn.stir;

import io.careflow.pstn.PhoneNumber;
import java.time.Duration;

/**
 * The bounds of verification.
 *
 * @param homeRegion ISO 3166 code of the region in whose national form carriers may send numbers
 * @param freshness how long before or after the call arrived its signature may have been made: 1 second to 10 minutes; RFC 8224
 *     recommends 60 seconds
 * @param remembered how many signatures are remembered, so that a copy is noticed: 0 (copies are not noticed) to 1,000,000. Must be
 *     more than the signed calls of twice the freshness; beyond it nothing counts as verified. A carrier that sends a call again,
 *     elsewhere, after a failure sends the same signature.
 * @param certificates how many addresses of certificates are remembered: 1 to 100,000
 * @param keepAtMost the longest time for which a certificate is not fetched again, whatever its server says: up to 7 days
 */
public record PassportSettings(
        String homeRegion, Duration freshness, int remembered, int certificates, Duration keepAtMost) {

    /** Refuses what is out of bounds. */
    public PassportSettings {
        if (!PhoneNumber.isRegion(homeRegion)) {
            throw new IllegalArgumentException(
                    "homeRegion is '" + homeRegion + "'; expected an ISO 3166 code such as CA");
        }
        if (freshness.compareTo(Duration.ofSeconds(1)) < 0 || freshness.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("freshness is " + freshness + "; allowed are 1 second to 10 minutes");
        }
        if (remembered < 0 || remembered > 1_000_000) {
            throw new IllegalArgumentException("remembered is " + remembered + "; allowed are 0 to 1000000");
        }
        if (certificates < 1 || certificates > 100_000) {
            throw new IllegalArgumentException("certificates is " + certificates + "; allowed are 1 to 100000");
        }
        if (keepAtMost.isNegative() || keepAtMost.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("keepAtMost is " + keepAtMost + "; allowed are 0 to 7 days");
        }
    }

    /** 60 seconds, 20,000 signatures, 1,000 certificates for a day at most. */
    public static PassportSettings in(String homeRegion) {
        return new PassportSettings(homeRegion, Duration.ofSeconds(60), 20_000, 1_000, Duration.ofDays(1));
    }

    /** The same with another freshness. */
    public PassportSettings within(Duration value) {
        return new PassportSettings(homeRegion, value, remembered, certificates, keepAtMost);
    }

    /** The same with another number of signatures remembered. */
    public PassportSettings remembering(int value) {
        return new PassportSettings(homeRegion, freshness, value, certificates, keepAtMost);
    }

    /** The same with other bounds on the certificates that are kept. */
    public PassportSettings keeping(int most, Duration longest) {
        return new PassportSettings(homeRegion, freshness, remembered, most, longest);
    }
}
