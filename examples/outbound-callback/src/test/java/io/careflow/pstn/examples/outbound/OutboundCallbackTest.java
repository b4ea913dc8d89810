package io.careflow.pstn.examples.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.MemoryCredit;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.MemoryOutboundBook;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.guard.MemoryGuardStore;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.InMemoryCdrStore;
import io.careflow.pstn.tck.InMemoryProvider;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboundCallbackTest {
    private static final PhoneNumber MAIN = new PhoneNumber("+18195550100");
    private static final User ALICE = new User(
            "alice", TenantId.DEFAULT, new CareFlowId(1), "Alice", List.of(Destination.sip("sip:1001")), false);

    @Test
    @DisplayName(
            "the example calls a user back, joins them with a number, and records what it cost; once for each command")
    void callsBack() {
        VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
        InMemoryCdrStore cdrs = new InMemoryCdrStore();
        Currency dollars = Currency.getInstance("USD");
        CreditAccount account = new CreditAccount(ALICE.tenant(), ALICE.id());
        MemoryCredit credit = new MemoryCredit(time.clock());
        credit.open(account, CreditTerms.prepaid(dollars));
        assertThat(credit.pay(new CommandId("invoice-17"), account, Money.of("20", "USD"), "card"))
                .isTrue();
        MemoryGuardStore counters = new MemoryGuardStore(time.clock());
        GuardRulesBook rules = GuardRulesBook.always(GuardRules.standard("CA").inCurrency(dollars));
        OutboundCallback application = new OutboundCallback(
                new ProviderId("memory"),
                new Ours(),
                OutboundGuard.of(new CallGuard(rules, counters, time.clock())),
                credit,
                Admission.of(counters, credit),
                new MemoryOutboundBook(),
                cdrs,
                new Throwing(),
                time.clock());
        InMemoryProvider provider = InMemoryProvider.answeredBy(application.desk())
                .time(time)
                .telling(application::told)
                .start();
        application.start(provider);
        provider.phone("sip:1001", SimulatedPhone.answersAfter(Duration.ofSeconds(2)));
        provider.phone(
                Destination.number(new PhoneNumber("+14165550142")),
                SimulatedPhone.answersAfter(Duration.ofSeconds(3)).hangingUpAfter(Duration.ofMinutes(2)));
        assertThat(application.call("wish-1", ALICE, "416 555 0142", MAIN))
                .isEqualTo("Your phone rings; you can talk for 60 minutes");
        assertThat(application.call("wish-1", ALICE, "416 555 0142", MAIN)).isEqualTo("Asked for already");
        time.runUntilIdle();
        assertThat(application.desk().sweep()).isZero();
        List<Cdr> records = new ArrayList<>();
        cdrs.each(CdrQuery.between(Instant.EPOCH, time.now().plusSeconds(1)), records::add);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(records.get(0).times().talkMillis()).isEqualTo(120_000);
        assertThat(records.get(0).cost().amount()).isEqualTo(Money.of("0.017", "USD"));
        assertThat(credit.balance(account).orElseThrow())
                .isEqualTo(new Balance(Money.of("19.983", "USD"), Money.zero(dollars), Money.zero(dollars)));
    }

    private static final class Throwing implements CdrRecorder.Listener {
        @Override
        public void recorded(Cdr cdr, Appended result) {
            assertThat(result).isEqualTo(Appended.STORED);
        }

        @Override
        public void failed(Cdr cdr, RuntimeException failure) {
            throw failure;
        }

        @Override
        public void unsettled(Cdr cdr, RuntimeException failure) {
            throw failure;
        }
    }

    private static final class Ours implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return number.equals(MAIN) ? Optional.of(new Did(MAIN, TenantId.DEFAULT, "east", null)) : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return Optional.empty();
        }
    }
}
