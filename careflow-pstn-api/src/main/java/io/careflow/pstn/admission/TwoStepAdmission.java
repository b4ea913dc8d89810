package io.careflow.pstn.admission;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.guard.GuardStore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** Guards and credit that know nothing of each other. */
final class TwoStepAdmission implements Admission {
    private final GuardStore guards;
    private final Credit credit;

    TwoStepAdmission(GuardStore guards, Credit credit) {
        this.guards = Objects.requireNonNull(guards, "guards");
        this.credit = Objects.requireNonNull(credit, "credit");
    }

    @Override
    public Admitted admit(AdmissionRequest request) {
        GuardAnswer guard = guards.take(request.claim());
        if (!guard.taken()) {
            return new Admitted(guard, null);
        }
        HoldAnswer held = held(request.hold());
        if (held instanceof HoldAnswer.Held) {
            return new Admitted(guard, held);
        }
        guards.release(request.claim().holder());
        return new Admitted(new GuardAnswer(false, guard.readings()), held);
    }

    private HoldAnswer held(Hold hold) {
        try {
            return credit.tryReserve(hold);
        } catch (RuntimeException e) {
            return new HoldAnswer.Refused("could not be asked: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Settlement complete(AdmissionResult result) {
        // Money first: what fails here is done again, and a lease runs out by itself.
        Settlement settlement = credit.settle(result.hold(), result.cost(), result.explanation());
        correct(result.holder(), result.spendKeys(), result.cost().amount());
        guards.release(result.holder());
        return settlement;
    }

    @Override
    public void cancel(String holder, CommandId hold, List<String> spendKeys, String because) {
        credit.release(hold, because);
        correct(holder, spendKeys, BigDecimal.ZERO);
        guards.release(holder);
    }

    private void correct(String holder, List<String> keys, BigDecimal weight) {
        keys.forEach(key -> guards.correct(holder, key, weight));
    }
}
