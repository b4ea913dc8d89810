package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.MemoryCredit;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Money that is reserved by who alone asks for it")
class TryReserveTest {
    private static final CreditAccount ANNA = new CreditAccount(TenantId.DEFAULT, "anna");

    private final MemoryCredit ledger =
            new MemoryCredit(Clock.fixed(Instant.parse("2026-01-05T12:00:00Z"), ZoneOffset.UTC));
    private final LosingCredit credit = new LosingCredit(ledger);
    private final IllegalStateException lost = new IllegalStateException("the answer is lost");

    @BeforeEach
    void open() {
        ledger.open(ANNA, CreditTerms.prepaid(Currency.getInstance("USD")));
        assertThat(ledger.pay(new CommandId("paid-in"), ANNA, usd("9"), "cash")).isTrue();
    }

    @Test
    @DisplayName("is answered as ever where there is an answer")
    void answered() {
        assertThat(credit.tryReserve(hold("a", "9"))).isInstanceOf(HoldAnswer.Held.class);
        assertThat(credit.tryReserve(hold("b", "0.01"))).isInstanceOf(HoldAnswer.NotEnough.class);
        assertThat(held()).isEqualTo(usd("9"));
    }

    @Test
    @DisplayName("is free again where the answer is lost; what is held under other ids stays")
    void released() {
        assertThat(credit.tryReserve(hold("a", "2"))).isInstanceOf(HoldAnswer.Held.class);
        credit.afterReserving = failing(lost);
        assertThatThrownBy(() -> credit.tryReserve(hold("b", "3"))).isSameAs(lost);
        assertThat(lost).hasNoSuppressedExceptions();
        assertThat(held()).isEqualTo(usd("2"));
    }

    @Test
    @DisplayName("stays held where it cannot be released either; both failures are told")
    void notReleased() {
        IllegalStateException away = new IllegalStateException("away");
        credit.afterReserving = failing(lost);
        credit.beforeReleasing = failing(away);
        assertThatThrownBy(() -> credit.tryReserve(hold("a", "3"))).isSameAs(lost);
        assertThat(lost).hasSuppressedException(away);
        assertThat(held()).isEqualTo(usd("3"));
        credit.beforeReleasing = failing(lost);
        assertThatThrownBy(() -> credit.tryReserve(hold("a", "3"))).isSameAs(lost);
    }

    private Money held() {
        return ledger.balance(ANNA).orElseThrow().held();
    }

    private static Runnable failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    private static Hold hold(String id, String amount) {
        return new Hold(new CommandId(id), ANNA, usd(amount), Duration.ofHours(1), "a call");
    }
}
