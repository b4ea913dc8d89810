package io.careflow.pstn.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a call or leg ended: the ITU-T Q.850 cause, with the SIP status and the provider's own words kept beside it.
 *
 * @param q850 cause value 1 to 127; 0 where the network gave none
 * @param sipStatus the SIP status behind it, or null
 * @param text the provider's own text; empty where it gave none
 */
public record HangupCause(int q850, @Nullable Integer sipStatus, String text) {
    /** 1: the number is not assigned. */
    public static final HangupCause UNALLOCATED = of(1, "Unallocated number");
    /** 16: somebody hung up. */
    public static final HangupCause NORMAL_CLEARING = of(16, "Normal clearing");
    /** 17: busy. */
    public static final HangupCause USER_BUSY = of(17, "User busy");
    /** 19: it rang, nobody answered. */
    public static final HangupCause NO_ANSWER = of(19, "No answer");
    /** 20: the subscriber is not registered. */
    public static final HangupCause SUBSCRIBER_ABSENT = of(20, "Subscriber absent");
    /** 21: the callee refused. */
    public static final HangupCause CALL_REJECTED = of(21, "Call rejected");
    /** 26: another phone answered first. */
    public static final HangupCause ANSWERED_ELSEWHERE = of(26, "Answered elsewhere");
    /** 31: normal, unspecified. */
    public static final HangupCause NORMAL_UNSPECIFIED = of(31, "Normal, unspecified");
    /** 41: something failed for the moment. */
    public static final HangupCause TEMPORARY_FAILURE = of(41, "Temporary failure");
    /** 102: a timer ran out, here: the time limit of the call. */
    public static final HangupCause TIMER_EXPIRED = of(102, "Recovery on timer expiry");
    /** 0: the network said nothing. */
    public static final HangupCause UNKNOWN = of(0, "");

    public HangupCause {
        if (q850 < 0 || q850 > 127) {
            throw new IllegalArgumentException("Q.850 cause is " + q850 + "; allowed are 0 (unknown) to 127");
        }
        Objects.requireNonNull(text, "text");
    }

    /** A cause without a SIP status. */
    public static HangupCause of(int q850, String text) {
        return new HangupCause(q850, null, text);
    }
}
