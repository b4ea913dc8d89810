package io.careflow.pstn.admission;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.guard.GuardStore;
import java.util.List;

/**
 * Lets a call begin and ends it, for the counters of guards and for its money at once. Made from any {@link GuardStore} and any {@link
 * Credit} by {@link #of}, or in one step by a database that keeps both. Thread-safe.
 *
 * <p>Whatever cannot be decided is thrown as the implementation's own unchecked exception; callers deny then. The same wish may be made
 * again: it is taken once.
 */
public interface Admission {

    /** Takes what the counters allow and sets the money aside, or neither. */
    Admitted admit(AdmissionRequest request);

    /**
     * The call is over: its leases are free, its cost is settled, and what it was counted for becomes what it cost. Once: the same again
     * does nothing.
     *
     * @throws IllegalStateException as {@link Credit#settle}
     */
    Settlement complete(AdmissionResult result);

    /**
     * Nothing came of the call: its leases and its money are free, and under these keys it is counted as nothing. What else was counted
     * within windows stays counted. The same again does nothing; not for a call that was completed.
     *
     * @param spendKeys the keys under which its price was counted
     */
    void cancel(String holder, CommandId hold, List<String> spendKeys, String because);

    /**
     * In two steps, first the counters and then the money. Where there is not enough of it, leases are given back, and what was counted
     * within windows stays counted. Credit that cannot be asked is told as {@link io.careflow.pstn.credit.HoldAnswer.Refused}; what it may
     * have set aside all the same is released, as {@link Credit#tryReserve} does, so a wish that was taken is not made again.
     */
    static Admission of(GuardStore guards, Credit credit) {
        return new TwoStepAdmission(guards, credit);
    }
}
