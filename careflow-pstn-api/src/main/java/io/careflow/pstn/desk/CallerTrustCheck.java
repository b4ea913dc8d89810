package io.careflow.pstn.desk;

import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.event.InboundCall;
import java.util.Objects;

/**
 * Finds out how far the number of a caller is to be believed. Thread-safe. May block for a few seconds. Whatever goes wrong is an
 * answer ({@link Level#UNVERIFIED} or {@link Level#FAILED}, with its reason) and no exception. The same call may come again after
 * a restart and then gets the same answer as far as the check can tell.
 */
@FunctionalInterface
public interface CallerTrustCheck {

    /** How far the number of this caller is to be believed. Never null. */
    CallerTrust check(InboundCall call);

    /** Believes what the carrier says that it verified, as far as the adapter read it into the call's origin. */
    static CallerTrustCheck carrier() {
        return call -> CallerTrust.ofCarrier(call.origin());
    }

    /** This check, and where it found nothing or could not decide, the other one, unless that one finds nothing either. */
    default CallerTrustCheck or(CallerTrustCheck other) {
        Objects.requireNonNull(other, "other");
        return call -> {
            CallerTrust first = check(call);
            if (first.level() != Level.ABSENT && first.level() != Level.UNVERIFIED) {
                return first;
            }
            CallerTrust second = other.check(call);
            return second.level() == Level.ABSENT ? first : second;
        };
    }
}
