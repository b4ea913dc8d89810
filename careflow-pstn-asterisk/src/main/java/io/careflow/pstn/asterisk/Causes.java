package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.HangupCause;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the causes that Asterisk gives. */
final class Causes {
    /** No channel is free. */
    static final int CONGESTION = 34;

    /** Something that has no cause of its own here. */
    static final int INTERWORKING = 127;

    /** Why a phone stops ringing that was not answered. */
    static final HangupCause ELSEWHERE = HangupCause.of(26, "Answered elsewhere");

    private static final Pattern REFUSAL = Pattern.compile("SIP ([3-6][0-9]{2}) ?(.{0,60}).*");

    private Causes() {}

    /** What a phone refused with, such as {@code SIP 603 Decline}; empty if it did not refuse. */
    static Optional<HangupCause> ofRefusal(String text) {
        Matcher refusal = REFUSAL.matcher(text);
        if (!refusal.matches()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(refusal.group(1));
        return Optional.of(new HangupCause(q850(status), status, refusal.group(2)));
    }

    /** As Asterisk itself translates, so that a leg and its dial say the same; 607 and 608 (RFC 8197, 8688) it does not know. */
    private static int q850(int sipStatus) {
        return switch (sipStatus) {
            case 401, 403, 407, 603, 607, 608 -> 21;
            case 404, 410, 485, 604 -> 1;
            case 408 -> 18;
            case 480 -> 19;
            case 484 -> 28;
            case 486, 600 -> 17;
            case 488, 606 -> 58;
            default -> sipStatus / 100 == 5 ? 34 : INTERWORKING;
        };
    }

    /**
     * Why a caller's channel ended. A caller who simply gives up is 0 in newer versions of Asterisk, 16 in older ones, and 127
     * ("interworking") before the answer: all of them mean that somebody hung up.
     */
    static HangupCause ofEnd(int q850, String text) {
        return q850 <= 0 || q850 >= INTERWORKING ? HangupCause.NORMAL_CLEARING : HangupCause.of(q850, text);
    }
}
