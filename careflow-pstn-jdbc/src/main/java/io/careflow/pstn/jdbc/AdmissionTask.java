package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers of one node ask for together. */
sealed interface AdmissionTask {

    String holder();

    @Nullable
    CommandId holdId();

    /**
     * A call begins.
     *
     * @param hold null: it is only counted
     */
    record Begin(GuardAsk ask, @Nullable Hold hold) implements AdmissionTask {
        @Override
        public String holder() {
            return ask.holder();
        }

        @Override
        public @Nullable CommandId holdId() {
            return hold == null ? null : hold.id();
        }
    }

    /**
     * A call is over.
     *
     * @param holder in stored form
     * @param cost null: nothing came of it
     * @param spendKeys in stored form; what is counted under them becomes the cost
     */
    record End(String holder, CommandId hold, @Nullable Money cost, String explanation, List<String> spendKeys)
            implements AdmissionTask {
        @Override
        public CommandId holdId() {
            return hold;
        }

        @Nullable
        BigDecimal amount() {
            return cost == null ? null : cost.amount();
        }

        BigDecimal spent() {
            return cost == null ? BigDecimal.ZERO : cost.amount();
        }
    }

    /** What came of a task. */
    sealed interface Outcome {}

    record Begun(Admitted admitted) implements Outcome {}

    /** As the functions of the ledger name it. */
    record Ended(String outcome, @Nullable BigDecimal taken) implements Outcome {}

    /** The others of its group were done, or not, without it. */
    record Failed(StoreException failure) implements Outcome {}
}
