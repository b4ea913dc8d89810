package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;

/**
 * How Asterisk's Dial ended. The cause decides where there is one: DIALSTATUS says CHANUNAVAIL for everything it has no word
 * for.
 */
record DialOutcome(Disposition disposition, HangupCause cause) {

    static DialOutcome of(String dialStatus, int q850) {
        if (dialStatus.equals("ANSWER")) {
            return new DialOutcome(Disposition.ANSWERED, HangupCause.of(q850 == 0 ? 16 : q850, ""));
        } else if (dialStatus.equals("NOANSWER")) {
            return new DialOutcome(Disposition.NO_ANSWER, HangupCause.NO_ANSWER);
        } else if (dialStatus.equals("BUSY")) {
            return new DialOutcome(Disposition.BUSY, HangupCause.USER_BUSY);
        }
        HangupCause cause = HangupCause.of(Math.max(0, Math.min(127, q850)), dialStatus);
        return new DialOutcome(Disposition.unanswered(cause), cause);
    }

    DialOutcome because(HangupCause other) {
        return new DialOutcome(disposition, other);
    }

    /** What the only phone said decides where Asterisk has no Q.850 cause for it. */
    DialOutcome refused(HangupCause said) {
        boolean known = cause.q850() != 0 && cause.q850() != Causes.INTERWORKING;
        return known || disposition != Disposition.FAILED || said.q850() == Causes.INTERWORKING
                ? this
                : new DialOutcome(Disposition.unanswered(said), said);
    }

    /** The cause of one leg of a Dial, by the status in its own event. */
    static HangupCause legCause(String dialStatus) {
        return switch (dialStatus) {
            case "NOANSWER" -> HangupCause.NO_ANSWER;
            case "CONGESTION" -> HangupCause.of(34, "Congestion");
            case "CHANUNAVAIL" -> HangupCause.of(27, "Destination out of order");
            default -> HangupCause.of(0, dialStatus);
        };
    }
}
