package io.careflow.pstn.cdr;

import io.careflow.pstn.call.HangupCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach somebody within a call.
 *
 * @param leg the provider's id of the leg
 * @param destination whom, as text; empty if only later events of the leg were seen
 * @param dialled when it was sent out, or null if that was not seen
 * @param ringing when it began to ring, or null if it did not
 * @param answered when it was answered, or null if it was not
 * @param ended when it was over, or null if that was not seen
 * @param cause why it ended
 */
public record CdrLeg(
        String leg,
        String destination,
        @Nullable Instant dialled,
        @Nullable Instant ringing,
        @Nullable Instant answered,
        @Nullable Instant ended,
        HangupCause cause) {

    static CdrLeg of(String leg) {
        return new CdrLeg(leg, "", null, null, null, null, HangupCause.UNKNOWN);
    }

    CdrLeg dialled(String to, Instant at) {
        return new CdrLeg(leg, to, Times.earlier(dialled, at), ringing, answered, ended, cause);
    }

    CdrLeg ringing(Instant at) {
        return new CdrLeg(leg, destination, dialled, Times.earlier(ringing, at), answered, ended, cause);
    }

    CdrLeg answered(Instant at) {
        return new CdrLeg(leg, destination, dialled, ringing, Times.earlier(answered, at), ended, cause);
    }

    /** The earliest end stands; of two at one instant the higher cause, so that the order of arrival makes no difference. */
    CdrLeg ended(Instant at, HangupCause why) {
        boolean first = ended == null
                || at.isBefore(ended)
                || (at.equals(ended) && Integer.compare(why.q850(), cause.q850()) > 0);
        return first ? new CdrLeg(leg, destination, dialled, ringing, answered, at, why) : this;
    }
}
