package io.careflow.pstn.guard;

import static io.careflow.pstn.guard.GuardRuling.Verdict.DENIED;

import io.careflow.pstn.guard.GuardBound.Within;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the counters said, gathered. */
final class Asked {
    private final GuardRules rules;
    private final List<GuardRuling> rulings = new ArrayList<>();
    private boolean allowed = true;
    private boolean spendDenied;
    private @Nullable BigDecimal left;

    Asked(GuardRules rules) {
        this.rules = rules;
    }

    void add(GuardBound bound, GuardAnswer.Reading reading) {
        GuardRule rule = Counters.rule(bound);
        GuardRuling ruling = RequestChecks.ruling(
                rules,
                rule,
                reading.fits(),
                Counters.limit(bound),
                reading.before().toPlainString(),
                reading.fits() ? "fits" : rule.reached());
        rulings.add(ruling);
        boolean denied = ruling.verdict() == DENIED;
        allowed &= !denied;
        spendDenied |= denied && Counters.SPEND.contains(rule);
        if (bound instanceof Within within && Counters.SPEND.contains(rule) && !rules.isReportedOnly(rule)) {
            BigDecimal rest = within.most().subtract(reading.before());
            left = left == null ? rest : left.min(rest);
        }
    }

    boolean allowed() {
        return allowed;
    }

    List<GuardRuling> rulings() {
        return rulings;
    }

    /**
     * How much may still be spent, if spend is among what does not fit, else null: a shorter talk is asked for then, so that limits of
     * spend are named only where they refuse that too.
     */
    @Nullable
    BigDecimal left() {
        return spendDenied ? left : null;
    }
}
