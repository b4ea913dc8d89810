package io.careflow.pstn.tck;

import io.careflow.pstn.call.HangupCause;
import java.util.List;

/** Which of several causes decides. */
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
}
