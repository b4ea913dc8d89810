package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditDifference;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.guard.GuardBound;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.money.Money;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JdbiCreditIT {
    private static final CreditAccount ACCOUNT = new CreditAccount(new TenantId("clinic.7"), "u-1");

    private final DataSource dataSource = TestPostgres.emptyDatabase();
    private final JdbiCredit credit = TestPostgres.open(dataSource).credit();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE pstn_credit_entries SET amount = 100",
                "DELETE FROM pstn_credit_entries",
                "TRUNCATE pstn_credit_entries"
            })
    @DisplayName("the database refuses to change what was booked")
    void appendOnly(String statement) {
        paid("10");
        assertThatThrownBy(() -> TestPostgres.execute(dataSource, statement))
                .hasStackTraceContaining("never changed or deleted");
        assertThat(credit.balance(ACCOUNT)).contains(new Balance(usd("10"), usd("0"), usd("0")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM pstn_credit_accounts",
                "TRUNCATE pstn_credit_accounts",
                "UPDATE pstn_credit_accounts SET number = DEFAULT"
            })
    @DisplayName("the database refuses to delete an account or to number it anew, which entries and holds rely on")
    void accountsStay(String statement) {
        paid("10");
        assertThatThrownBy(() -> TestPostgres.execute(dataSource, statement))
                .hasStackTraceContaining("never deleted or numbered anew");
        assertThat(credit.balance(ACCOUNT)).contains(new Balance(usd("10"), usd("0"), usd("0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"booked = -1", "held = 11", "booked = 1, held = 2", "credit_limit = 5", "held = -1"})
    @DisplayName("the database refuses to overspend, whoever asks")
    void overspent(String change) {
        paid("10");
        assertThatThrownBy(() -> TestPostgres.execute(dataSource, "UPDATE pstn_credit_accounts SET " + change))
                .hasStackTraceContaining("violates check constraint");
    }

    @Test
    @DisplayName("the audit tells what does not add up: an entry without its balance, a balance without its entry")
    void audit() {
        paid("10");
        assertThat(credit.audit()).isEmpty();
        TestPostgres.execute(dataSource, "UPDATE pstn_credit_accounts SET booked = booked + 5, held = 2");
        assertThat(credit.audit())
                .containsExactly(new CreditDifference(ACCOUNT, usd("15"), usd("10"), usd("2"), usd("0")));
    }

    @Test
    @DisplayName("without its tables nothing is reserved or taken, and the failure says which operation it was")
    void unavailable() {
        TestPostgres.execute(dataSource, "DROP TABLE pstn_credit_accounts CASCADE; DROP TABLE pstn_guard_holders");
        assertThatThrownBy(() -> credit.reserve(hold("1")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("credit.reserve");
        GuardClaim claim =
                new GuardClaim("call", List.of(new GuardBound.AtOnce("concurrent", "key", 1)), Duration.ofMinutes(1));
        JdbiGuardStore guards = TestPostgres.open(dataSource).guards();
        assertThatThrownBy(() -> guards.take(claim))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("guard.take");
    }

    @Test
    @DisplayName("a database of the third schema gets the ledger and the counters, and keeps what it has")
    void upgraded() throws IOException {
        DataSource old = TestPostgres.databaseOf("3");
        PstnDatabase database = TestPostgres.open(old);
        database.credit().open(ACCOUNT, CreditTerms.prepaid(usd("0").currency()));
        assertThat(database.credit().balance(ACCOUNT)).contains(new Balance(usd("0"), usd("0"), usd("0")));
        assertThat(database.guards().sweep()).isZero();
    }

    @Test
    @DisplayName("rows as the first ledger held them stay readable")
    void stored() throws IOException {
        try (InputStream in = JdbiCreditIT.class.getResourceAsStream("credit-v8.sql")) {
            TestPostgres.execute(
                    dataSource, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(credit.balance(ACCOUNT)).contains(new Balance(usd("7.5"), usd("0"), usd("5")));
        assertThat(credit.entries(ACCOUNT, Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(credit.settle(new CommandId("call-1"), usd("2.5"), "call").repeated())
                .isTrue();
        assertThat(credit.audit()).isEmpty();
    }

    private void paid(String amount) {
        credit.open(ACCOUNT, CreditTerms.prepaid(usd("0").currency()));
        boolean unused = credit.pay(new CommandId("payment"), ACCOUNT, usd(amount), "card");
    }

    private static Hold hold(String amount) {
        return new Hold(new CommandId("call"), ACCOUNT, usd(amount), Duration.ofMinutes(1), "call");
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
