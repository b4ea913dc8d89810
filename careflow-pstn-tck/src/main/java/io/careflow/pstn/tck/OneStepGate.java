package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.AdmissionResult;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditEntry;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.desk.OutboundDeskBuilder;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.guard.GuardRuling;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The library's guard and a ledger, whose counters and money are taken in one step. */
final class OneStepGate implements Gate {
    private static final CreditAccount ALICE = new CreditAccount(OutboundScene.TENANT, "alice");
    private static final PhoneNumber ANYBODY = new PhoneNumber("+14165550199");

    private final OneStep stores;
    private final Admission admission;
    private final CallGuard guard;

    OneStepGate(OneStep stores, Kind kind, Money credit, Clock clock) {
        this.stores = stores;
        this.admission = kind == Kind.FAILING ? new Away() : stores.admission();
        GuardRules rules = open();
        this.guard = new CallGuard(
                GuardRulesBook.always(kind == Kind.REFUSING ? rules.denying("1") : rules), stores.guards(), clock);
        stores.credit().open(ALICE, CreditTerms.prepaid(credit.currency()));
        if (credit.signum() > 0) {
            boolean unused = stores.credit().pay(new CommandId(UUID.randomUUID().toString()), ALICE, credit, "paid in");
        }
    }

    /** Lets pass what a story may do, and counts all of it. */
    private static GuardRules open() {
        Money much = Money.of("1000", "USD");
        return GuardRules.standard("CA")
                .limit(GuardRule.PRICE_PER_MINUTE, much)
                .limit(GuardRule.USER_SPEND_HOUR, much)
                .limit(GuardRule.USER_SPEND_DAY, much)
                .limit(GuardRule.DURATION, 4 * 3600);
    }

    @Override
    public OutboundDeskBuilder before(OutboundDeskBuilder desk) {
        return desk.guard(OutboundGuard.of(guard)).credit(stores.credit()).admission(admission);
    }

    @Override
    public Optional<Money> taken(CommandId command) {
        return stores.credit().entries(ALICE, Long.MAX_VALUE, 100).stream()
                .filter(entry -> entry.kind() == CreditEntry.Kind.SETTLEMENT
                        && entry.reference().equals(command))
                .map(entry -> entry.amount().negate())
                .findFirst();
    }

    @Override
    public Money held() {
        return stores.credit().balance(ALICE).orElseThrow().held();
    }

    @Override
    public Optional<String> miscounted() {
        BigDecimal spent = stores.credit().entries(ALICE, Long.MAX_VALUE, 100).stream()
                .filter(entry -> entry.kind() == CreditEntry.Kind.SETTLEMENT)
                .map(entry -> entry.uncovered().minus(entry.amount()).amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        List<GuardRuling> rulings = guard.explain(GuardRequest.of(
                                UUID.randomUUID().toString(), ALICE.tenant(), ALICE.id(), GuardPurpose.CALL, ANYBODY)
                        .pricedPerMinute(Money.of("0.01", "USD")))
                .rulings();
        BigDecimal atOnce = current(rulings, GuardRule.USER_AT_ONCE);
        BigDecimal counted = current(rulings, GuardRule.USER_SPEND_DAY);
        return atOnce.signum() == 0 && counted.compareTo(spent) == 0
                ? Optional.empty()
                : Optional.of(atOnce + " calls at once and " + counted + " spent, not " + spent);
    }

    private static BigDecimal current(List<GuardRuling> rulings, GuardRule rule) {
        return rulings.stream()
                .filter(ruling -> ruling.rule() == rule)
                .findFirst()
                .map(GuardRuling::current)
                .filter(value -> !value.isEmpty())
                .map(BigDecimal::new)
                .orElse(BigDecimal.ZERO);
    }

    @Override
    public String refusing() {
        return GuardRule.DENIED_PREFIX.id();
    }

    @Override
    public String failing() {
        return GuardRule.STORE.id();
    }

    /** Cannot be asked. */
    private static final class Away implements Admission {
        @Override
        public Admitted admit(AdmissionRequest request) {
            throw away();
        }

        @Override
        public Settlement complete(AdmissionResult result) {
            throw away();
        }

        @Override
        public void cancel(String holder, CommandId hold, List<String> spendKeys, String because) {
            throw away();
        }

        private static IllegalStateException away() {
            return new IllegalStateException("store is down");
        }
    }
}
