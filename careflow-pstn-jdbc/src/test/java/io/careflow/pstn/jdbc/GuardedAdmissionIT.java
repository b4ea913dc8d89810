package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.GuardedAdmission;
import io.careflow.pstn.admission.GuardedAnswer;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardCase;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.guard.GuardRuling;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The library's guard with credit, over PostgreSQL")
final class GuardedAdmissionIT {
    private static final PhoneNumber SOMEBODY = new PhoneNumber("+14165550142");
    private static final GuardRules RULES = GuardRules.standard("CA")
            .limit(GuardRule.PRICE_PER_MINUTE, usd("1"))
            .limit(GuardRule.USER_SPEND_HOUR, usd("20"))
            .limit(GuardRule.USER_SPEND_DAY, usd("20"));

    private final String user = "user-" + UUID.randomUUID();
    private final CreditAccount account = new CreditAccount(TenantId.DEFAULT, user);
    private PstnDatabase database = TestPostgres.shared();

    @BeforeEach
    void openAccount() {
        open(database);
    }

    private void open(PstnDatabase of) {
        of.credit().open(account, CreditTerms.prepaid(usd("0").currency()));
        of.credit().pay(new CommandId(user), account, usd("10"), "card");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one step", "two steps"})
    @DisplayName(
            "what money does not pay is asked again for less: counted once, at the lower price, which the cost replaces")
    void lessTalk(String kind) {
        GuardedAdmission admission = admission(kind, RULES);
        GuardCase asked = admission.open(request("call"));
        assertThat(asked.refusal()).isEmpty();
        GuardedAnswer poor = admission.admit(asked, Duration.ofMinutes(20), hold("call", "12"));
        assertThat(poor.guard().allowed()).isTrue();
        assertThat(poor.credit()).isEqualTo(new HoldAnswer.NotEnough(usd("10"), usd("12")));
        assertThat(current(GuardRule.USER_AT_ONCE)).isEqualTo("0");
        GuardedAnswer rich = admission.admit(asked, Duration.ofMinutes(10), hold("call", "6"));
        assertThat(rich.admitted()).isTrue();
        assertThat(rich.guard().longest()).isEqualTo(Duration.ofMinutes(10));
        assertThat(counted()).containsExactly("1", "1", "6", "6");
        admission.settle(asked.ticket(), new CommandId(user + "/call"), Duration.ofMinutes(1), usd("0.6"), "a minute");
        admission.settle(asked.ticket(), new CommandId(user + "/call"), Duration.ofMinutes(1), usd("0.6"), "a minute");
        assertThat(counted()).containsExactly("0", "1", "0.6", "0.6");
        assertThat(balance()).isEqualTo(new Balance(usd("9.4"), usd("0"), usd("0")));
        assertThat(database.credit().audit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one step", "two steps"})
    @DisplayName("what rules refuse holds no money, what money refuses holds no channel, and what is cancelled is free")
    void refused(String kind) {
        GuardedAdmission admission = admission(kind, RULES.limit(GuardRule.USER_AT_ONCE, 1));
        GuardCase poor = admission.open(request("poor"));
        assertThat(admission
                        .admit(poor, Duration.ofMinutes(20), hold("poor", "12"))
                        .admitted())
                .isFalse();
        admission.refused(poor, usd("12"));
        assertThat(current(GuardRule.USER_SPEND_DAY)).isEqualTo("0");
        GuardCase first = admission.open(request("first"));
        assertThat(admission
                        .admit(first, Duration.ofMinutes(5), hold("first", "3"))
                        .admitted())
                .isTrue();
        GuardCase second = admission.open(request("second"));
        GuardedAnswer denied = admission.admit(second, Duration.ofMinutes(5), hold("second", "3"));
        assertThat(denied.guard().ruleIds()).isEqualTo("user-at-once");
        assertThat(denied.credit()).isNull();
        assertThat(second.shorter()).isZero();
        assertThat(balance().held()).isEqualTo(usd("3"));
        admission.cancel(first.ticket(), new CommandId(user + "/first"), "busy");
        admission.cancel(first.ticket(), new CommandId(user + "/first"), "busy");
        assertThat(List.of(current(GuardRule.USER_AT_ONCE), current(GuardRule.USER_SPEND_DAY)))
                .containsExactly("0", "0");
        assertThat(balance()).isEqualTo(new Balance(usd("10"), usd("0"), usd("0")));
    }

    @Test
    @DisplayName("without its tables nothing is allowed, and the rule that says so is named")
    void away() {
        DataSource tables = TestPostgres.emptyDatabase();
        database = TestPostgres.open(tables);
        open(database);
        TestPostgres.execute(tables, "ALTER TABLE pstn_guard_scopes RENAME TO pstn_guard_scopes_away");
        GuardedAdmission admission = admission("one step", RULES);
        GuardedAnswer answer =
                admission.admit(admission.open(request("call")), Duration.ofMinutes(5), hold("call", "3"));
        assertThat(answer.guard().ruleIds()).isEqualTo("store");
        assertThat(answer.credit()).isNull();
        assertThat(balance().held()).isEqualTo(usd("0"));
    }

    private GuardedAdmission admission(String kind, GuardRules rules) {
        Admission counters =
                kind.equals("one step") ? database.admission() : Admission.of(database.guards(), database.credit());
        return new GuardedAdmission(guard(rules), database.credit(), counters);
    }

    private CallGuard guard(GuardRules rules) {
        return new CallGuard(GuardRulesBook.always(rules), database.guards(), Clock.systemUTC());
    }

    private GuardRequest request(String call) {
        return GuardRequest.of(user + "/" + call, TenantId.DEFAULT, user, GuardPurpose.CALLBACK, SOMEBODY)
                .pricedPerMinute(usd("0.6"));
    }

    private Hold hold(String call, String price) {
        return new Hold(new CommandId(user + "/" + call), account, usd(price), Duration.ofMinutes(30), "call");
    }

    private List<String> counted() {
        return List.of(
                current(GuardRule.USER_AT_ONCE),
                current(GuardRule.USER_DAY),
                current(GuardRule.USER_SPEND_HOUR),
                current(GuardRule.USER_SPEND_DAY));
    }

    private String current(GuardRule rule) {
        return guard(RULES).explain(request("another")).rulings().stream()
                .filter(ruling -> ruling.rule() == rule)
                .map(GuardRuling::current)
                .findFirst()
                .orElseThrow();
    }

    private Balance balance() {
        return database.credit().balance(account).orElseThrow();
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
