package io.careflow.pstn.tck;

import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.Reject;
import java.util.List;

/** What hang-up causes mean. */
final class Causes {
    /** A person who was reached weighs more than a phone that was not. */
    private static final List<Integer> WEIGHT = List.of(21, 17, 19, 20);

    private Causes() {}

    static HangupCause decisive(List<HangupCause> causes) {
        for (int q850 : WEIGHT) {
            for (HangupCause cause : causes) {
                if (cause.q850() == q850) {
                    return cause;
                }
            }
        }
        return causes.isEmpty() ? HangupCause.TEMPORARY_FAILURE : causes.get(0);
    }

    static Disposition disposition(HangupCause cause) {
        return switch (cause.q850()) {
            case 17 -> Disposition.BUSY;
            case 18, 19 -> Disposition.NO_ANSWER;
            case 20 -> Disposition.NOT_REGISTERED;
            case 21 -> Disposition.REJECTED;
            default -> Disposition.FAILED;
        };
    }

    static HangupCause of(Reject.Reason reason) {
        return switch (reason) {
            case BUSY -> HangupCause.USER_BUSY;
            case DECLINED -> HangupCause.CALL_REJECTED;
            case NOT_FOUND -> HangupCause.UNALLOCATED;
        };
    }
}
