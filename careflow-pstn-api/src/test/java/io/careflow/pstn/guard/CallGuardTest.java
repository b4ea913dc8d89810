package io.careflow.pstn.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.NumberType;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallGuardTest {
    private static final TenantId CLINIC = new TenantId("clinic");
    private static final String HOME = "+14165550100";
    private static final Money CENT = Money.of("0.01", "USD");

    private final Hands clock = new Hands("2026-03-02T12:00:00Z");
    private final MemoryGuardStore store = new MemoryGuardStore(clock);
    private int holders;

    @ParameterizedTest
    @EnumSource(GuardPurpose.class)
    @DisplayName("a call home within all limits is allowed, whatever it is for, and every rule says so")
    void allowed(GuardPurpose purpose) {
        GuardDecision decision = guard(standard()).decide(request(purpose, "anna", HOME));
        assertThat(decision.allowed()).as(decision.toString()).isTrue();
        assertThat(decision.denials()).isEmpty();
        assertThat(decision.rulings()).extracting(GuardRuling::verdict).containsOnly(GuardRuling.Verdict.ALLOWED);
        assertThat(decision.longest()).isEqualTo(purpose == GuardPurpose.MESSAGE ? Duration.ZERO : Duration.ofHours(1));
    }

    @ParameterizedTest
    @EnumSource(GuardPurpose.class)
    @DisplayName("a number abroad is refused, whatever it is for: forwarded, transferred and conference legs too")
    void everyPurposeIsGuarded(GuardPurpose purpose) {
        assertDenied(guard(standard()).decide(request(purpose, "anna", "+442071838750")), GuardRule.COUNTRY);
        GuardRules open = standard().allowing("GB").without(GuardRule.NEW_USER);
        assertAllowed(guard(open).decide(request(purpose, "anna", "+442071838750")));
    }

    @ParameterizedTest
    @CsvSource({"+12125550100, US", "+18765550100, JM", "+12425550100, BS", "+18095550100, DO", "+17875550100, PR"})
    @DisplayName("+1 is not one country: at home in Canada, each other country of +1 is abroad")
    void plusOne(String number, String country) {
        GuardDecision denied = guard(standard()).decide(call("anna", number));
        assertDenied(denied, GuardRule.COUNTRY);
        assertThat(ruling(denied, GuardRule.COUNTRY).current()).isEqualTo(country);
        assertAllowed(
                guard(standard().allowing(country).without(GuardRule.NEW_USER)).decide(call("anna", number)));
    }

    @Test
    @DisplayName("a number free of charge of the home plan is at home, one of another plan is not")
    void tollFree() {
        assertAllowed(guard(standard()).decide(call("anna", "+18002255288")));
        assertDenied(guard(standard()).decide(call("anna", "+448001111")), GuardRule.COUNTRY);
    }

    @ParameterizedTest
    @CsvSource({
        "+19005550100, NUMBER_TYPE, US",
        "+33899123456, NUMBER_TYPE, FR",
        "+448431234567, NUMBER_TYPE, GB",
        "+447640123456, NUMBER_TYPE, GB",
        "+447012345678, NUMBER_TYPE, GB",
        "+88216123456, GLOBAL_PREFIX, CA",
        "+870773111632, GLOBAL_PREFIX, CA",
        "+979123456789, GLOBAL_PREFIX, CA",
        "+37121234567, RISK_PREFIX, LV",
        "+5351234567, RISK_PREFIX, CU",
        "+1416555, NUMBER, CA"
    })
    @DisplayName("premium, satellite, risky and impossible numbers are refused also where their country is allowed")
    void risky(String number, GuardRule rule, String country) {
        GuardRules rules = standard().allowing(country).without(GuardRule.NEW_USER);
        assertDenied(guard(rules).decide(call("anna", number)), rule);
        assertThat(rules(guard(rules.without(rule)).decide(call("anna", number))))
                .doesNotContain(rule);
    }

    @Test
    @DisplayName("which types and risks are refused can be set")
    void settable() {
        GuardRules rules = standard().allowing("GB", "LV").without(GuardRule.NEW_USER);
        assertAllowed(guard(rules.denyingTypes(Set.of())).decide(call("a", "+448431234567")));
        assertDenied(
                guard(rules.denyingTypes(Set.of(NumberType.FIXED_LINE))).decide(call("b", "+442071838750")),
                GuardRule.NUMBER_TYPE);
        assertAllowed(guard(rules.withRisks(RiskList.standard().without("371"))).decide(call("c", "+37121234567")));
    }

    @Test
    @DisplayName("an extra prefix is denied, its neighbour is not")
    void extraPrefix() {
        GuardRules rules = standard().denying("141655501");
        assertDenied(guard(rules).decide(call("anna", HOME)), GuardRule.DENIED_PREFIX);
        assertAllowed(guard(rules).decide(call("anna", "+14165550200")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1911", "+44999", "+49112", "+61000"})
    @DisplayName("an emergency number is refused with a clear text, whatever is left out")
    void emergency(String number) {
        GuardRules lax = standard().allowing("US", "GB", "DE", "AU").dryRun();
        GuardDecision decision = guard(lax).decide(call("anna", number));
        assertThat(rules(decision)).containsExactly(GuardRule.EMERGENCY);
        assertThat(decision.because()).contains("emergency");
        assertThat(NumberRisk.isEmergency("911", "CA")).isTrue();
        assertThat(NumberRisk.isEmergency("112", "DE")).isTrue();
        assertThat(NumberRisk.isEmergency("0001", "CA")).isFalse();
    }

    @Test
    @DisplayName("a missed call is never called back by itself; a user who asks for it may")
    void missed() {
        assertDenied(guard(standard()).decide(call("anna", HOME).answeringMissedCall()), GuardRule.MISSED_CALL);
        assertAllowed(guard(standard()).decide(call("anna", HOME)));
    }

    @Test
    @DisplayName("no price, a price in another currency, a negative one and a deck that fails are no rate")
    void noRate() {
        GuardRequest unpriced = GuardRequest.of("h", CLINIC, "anna", GuardPurpose.CALL, new PhoneNumber(HOME));
        assertDenied(guard(standard()).decide(unpriced), GuardRule.NO_RATE);
        assertDenied(guard(standard()).decide(unpriced.pricedPerMinute(Money.of("0.01", "CAD"))), GuardRule.NO_RATE);
        assertDenied(guard(standard()).decide(unpriced.pricedPerMinute(Money.of("-0.01", "USD"))), GuardRule.NO_RATE);
        assertDenied(guard(standard()).decide(unpriced.priced(new Failing())), GuardRule.NO_RATE);
    }

    @Test
    @DisplayName("a minute at the limit is paid, a dearer one is not")
    void pricePerMinute() {
        GuardRequest request = call("anna", HOME);
        assertAllowed(guard(standard()).decide(request.pricedPerMinute(Money.of("0.10", "USD"))));
        assertDenied(
                guard(standard()).decide(call("bert", HOME).pricedPerMinute(Money.of("0.100001", "USD"))),
                GuardRule.PRICE_PER_MINUTE);
    }

    @Test
    @DisplayName("a longer wish is shortened, a shorter one stays")
    void duration() {
        GuardRules rules = standard().limit(GuardRule.DURATION, 600);
        assertThat(guard(rules).decide(call("a", HOME)).longest()).isEqualTo(Duration.ofMinutes(10));
        assertThat(guard(rules)
                        .decide(call("b", HOME).wanting(Duration.ofMinutes(2)))
                        .longest())
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(guard(rules.without(GuardRule.DURATION))
                        .decide(call("c", HOME).wanting(Duration.ofMinutes(90)))
                        .longest())
                .isEqualTo(Duration.ofMinutes(90));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-06T22:59:59Z, true", // Friday 17:59:59 in Toronto, winter
        "2026-03-06T23:00:00Z, false",
        "2026-03-07T16:00:00Z, false", // Saturday
        "2026-03-09T12:00:00Z, true", // Monday 08:00 after the change to summer time
        "2026-03-09T11:59:59Z, false",
        "2026-03-06T12:30:00Z, false" // Friday 07:30 in winter
    })
    @DisplayName("abroad only in business hours of the tenant's own clocks, also over the change to summer time")
    void offHours(String time, boolean open) {
        clock.set(time);
        BusinessHours hours = new BusinessHours(
                ZoneId.of("America/Toronto"),
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(8, 0),
                LocalTime.of(18, 0));
        GuardRules rules = standard().allowing("US").without(GuardRule.NEW_USER);
        GuardDecision decision = guard(rules.abroadWithin(hours)).decide(call("anna", "+12125550100"));
        assertThat(decision.allowed()).isEqualTo(open);
        assertThat(rules(decision)).isEqualTo(open ? List.of() : List.of(GuardRule.OFF_HOURS));
        assertAllowed(guard(rules.abroadWithin(hours)).decide(call("bert", HOME)));
        assertAllowed(guard(rules).decide(call("carl", "+12125550100")));
    }

    @Test
    @DisplayName("hours over midnight belong to the day on which they began")
    void overMidnight() {
        BusinessHours night = new BusinessHours(
                ZoneId.of("UTC"), Set.of(DayOfWeek.SATURDAY), LocalTime.of(22, 0), LocalTime.of(6, 0));
        assertThat(night.isOpen(Instant.parse("2026-02-28T22:00:00Z"))).isTrue();
        assertThat(night.isOpen(Instant.parse("2026-03-01T05:59:59Z")))
                .as("month end")
                .isTrue();
        assertThat(night.isOpen(Instant.parse("2026-03-01T06:00:00Z"))).isFalse();
        assertThat(night.isOpen(Instant.parse("2026-03-01T22:00:00Z"))).isFalse();
    }

    @Test
    @DisplayName("new users, and those of unknown age, call at home only; the limit is exact")
    void newUser() {
        CallGuard guard = guard(standard().allowing("US"));
        GuardRequest abroad = call("anna", "+12125550100");
        assertDenied(guard.decide(abroad), GuardRule.NEW_USER);
        assertDenied(
                guard.decide(abroad.byUserSince(
                        clock.instant().minus(Duration.ofHours(24)).plusMillis(1))),
                GuardRule.NEW_USER);
        assertAllowed(guard.decide(abroad.byUserSince(clock.instant().minus(Duration.ofHours(24)))));
        assertAllowed(guard.decide(call("bert", HOME).byUserSince(clock.instant())));
    }

    @ParameterizedTest
    @CsvSource({
        "USER_MINUTE, 3, PT1M",
        "USER_HOUR, 20, PT1H",
        "USER_DAY, 60, PT24H",
        "TENANT_MINUTE, 30, PT1M",
        "TENANT_HOUR, 300, PT1H",
        "TENANT_DAY, 2000, PT24H",
        "ALL_MINUTE, 300, PT1M",
        "REPEATS, 3, PT10M"
    })
    @DisplayName(
            "as many calls as a limit says, not one more, until the window has passed; without the rule any number")
    void rates(GuardRule rule, int most, Duration window) {
        CallGuard guard = guard(only(rule));
        for (int i = 0; i < most; i++) {
            assertAllowed(guard.decide(call("anna", HOME)));
        }
        GuardDecision denied = guard.decide(call("anna", HOME));
        assertDenied(denied, rule);
        assertThat(ruling(denied, rule).current()).isEqualTo(String.valueOf(most));
        assertThat(ruling(denied, rule).limit()).startsWith(most + " in ");
        clock.go(window.minusMillis(1));
        assertDenied(guard.decide(call("anna", HOME)), rule);
        clock.go(Duration.ofMillis(1));
        assertAllowed(guard.decide(call("anna", HOME)));
        CallGuard without = guard(only(rule).without(rule));
        for (int i = 0; i <= most; i++) {
            assertAllowed(without.decide(call("bert", HOME)));
        }
    }

    @Test
    @DisplayName("limits of a user stop that user alone, those of a tenant that tenant, and kinds are counted apart")
    void scopes() {
        CallGuard users = guard(only(GuardRule.USER_MINUTE).limit(GuardRule.USER_MINUTE, 1));
        assertAllowed(users.decide(call("anna", HOME)));
        assertDenied(users.decide(call("anna", HOME)), GuardRule.USER_MINUTE);
        assertAllowed(users.decide(call("bert", HOME)));
        assertAllowed(users.decide(request(GuardPurpose.MESSAGE, "anna", HOME)));
        CallGuard tenants = guard(only(GuardRule.TENANT_MINUTE).limit(GuardRule.TENANT_MINUTE, 2));
        assertAllowed(tenants.decide(call("dora", HOME)));
        assertAllowed(tenants.decide(call("emil", HOME)));
        assertDenied(tenants.decide(call("fred", HOME)), GuardRule.TENANT_MINUTE);
        assertAllowed(tenants.decide(new GuardRequest(
                "other",
                new TenantId("other"),
                "fred",
                GuardPurpose.CALL,
                new PhoneNumber(HOME),
                TalkPrice.perStartedMinute(CENT),
                Duration.ofMinutes(5),
                null,
                false)));
    }

    @ParameterizedTest
    @CsvSource({"USER_AT_ONCE, 2", "TENANT_AT_ONCE, 10"})
    @DisplayName("as many calls at once as a limit says; one that is over, or whose lease ran out, makes room")
    void atOnce(GuardRule rule, int most) {
        CallGuard guard = guard(only(rule));
        GuardDecision first = guard.decide(call("anna", HOME));
        for (int i = 1; i < most; i++) {
            assertAllowed(guard.decide(call("anna", HOME)));
        }
        assertDenied(guard.decide(call("anna", HOME)), rule);
        assertAllowed(guard.decide(request(GuardPurpose.MESSAGE, "anna", HOME)));
        guard.settle(first.ticket(), Duration.ZERO, Money.zero(CENT.currency()));
        GuardDecision next = guard.decide(call("anna", HOME));
        assertAllowed(next);
        assertDenied(guard.decide(call("anna", HOME)), rule);
        clock.go(Duration.ofMinutes(61));
        assertThat(guard.renew(next.ticket().holder(), Duration.ofHours(1))).isTrue();
        clock.go(Duration.ofMinutes(2));
        for (int i = 1; i < most; i++) {
            assertAllowed(guard.decide(call("anna", HOME)));
        }
        assertDenied(guard.decide(call("anna", HOME)), rule);
        assertThat(guard.renew(first.ticket().holder(), Duration.ofHours(1))).isFalse();
    }

    @Test
    @DisplayName("two countries in an hour, not a third; one that was reached already is no new one")
    void countries() {
        CallGuard guard = guard(only(GuardRule.COUNTRIES).allowing("US", "GB").without(GuardRule.NEW_USER));
        assertAllowed(guard.decide(call("anna", HOME)));
        assertAllowed(guard.decide(call("anna", "+12125550100")));
        assertDenied(guard.decide(call("anna", "+442071838750")), GuardRule.COUNTRIES);
        assertAllowed(guard.decide(call("anna", HOME)));
        clock.go(Duration.ofHours(1));
        assertAllowed(guard.decide(call("anna", "+442071838750")));
    }

    @Test
    @DisplayName("ten numbers in an hour, not an eleventh")
    void destinations() {
        CallGuard guard = guard(only(GuardRule.DESTINATIONS));
        for (int i = 0; i < 10; i++) {
            assertAllowed(guard.decide(call("anna", "+141655" + (50100 + 100 * i))));
        }
        assertDenied(guard.decide(call("anna", "+14165559900")), GuardRule.DESTINATIONS);
        assertAllowed(guard.decide(call("anna", HOME)));
    }

    @Test
    @DisplayName("one number after the other of a block is refused from the fourth on, numbers far apart are not")
    void sequential() {
        CallGuard guard = guard(only(GuardRule.SEQUENTIAL));
        for (int i = 0; i < 3; i++) {
            assertAllowed(guard.decide(call("anna", "+1416555010" + i)));
            clock.go(Duration.ofHours(1));
        }
        assertDenied(guard.decide(call("anna", "+14165550103")), GuardRule.SEQUENTIAL);
        assertAllowed(guard.decide(call("anna", "+14165550303")));
        assertAllowed(
                guard(only(GuardRule.SEQUENTIAL).without(GuardRule.SEQUENTIAL)).decide(call("anna", "+14165550103")));
    }

    @Test
    @DisplayName("whoever makes too many short calls is stopped; long ones and those that nobody answers do not count")
    void shortCalls() {
        CallGuard guard = guard(only(GuardRule.SHORT_CALLS));
        for (int i = 0; i < 9; i++) {
            guard.settle(guard.decide(call("anna", HOME)).ticket(), Duration.ofSeconds(10), CENT);
            guard.settle(guard.decide(call("anna", HOME)).ticket(), Duration.ZERO, Money.zero(CENT.currency()));
        }
        for (int i = 0; i < 6; i++) {
            GuardDecision decision = guard.decide(call("anna", HOME));
            assertAllowed(decision);
            guard.settle(decision.ticket(), Duration.ofMillis(9999), CENT);
            guard.settle(decision.ticket(), Duration.ofMillis(9999), CENT);
        }
        assertDenied(guard.decide(call("anna", HOME)), GuardRule.SHORT_CALLS);
        clock.go(Duration.ofHours(1));
        assertAllowed(guard.decide(call("anna", HOME)));
    }

    @ParameterizedTest
    @CsvSource({"USER_SPEND_HOUR, 2", "USER_SPEND_DAY, 2", "TENANT_SPEND_HOUR, 50", "TENANT_SPEND_DAY, 50"})
    @DisplayName("talk is shortened to what may still be spent, and refused where that is no minute")
    void spend(GuardRule rule, int most) {
        CallGuard guard = guard(only(rule).limit(rule, new BigDecimal("2.05")));
        assertThat(rule.standard())
                .hasValueSatisfying(value -> assertThat(value).isEqualByComparingTo(String.valueOf(most)));
        GuardRequest dear = call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD"));
        GuardDecision first = guard.decide(dear);
        assertThat(first.longest()).isEqualTo(Duration.ofMinutes(20));
        assertThat(first.spend()).isEqualTo(Money.of("2.00", "USD"));
        GuardDecision second = guard.decide(call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD")));
        assertDenied(second, rule);
        assertThat(ruling(second, rule).current()).isEqualTo("2");
        guard.settle(first.ticket(), Duration.ofMinutes(5), Money.of("0.50", "USD"));
        assertThat(guard.decide(call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD")))
                        .longest())
                .as("what was not spent is free again")
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(guard(only(rule).without(rule))
                        .decide(call("bert", HOME).pricedPerMinute(Money.of("0.10", "USD")))
                        .longest())
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-03-08T23:59:00Z", "2026-02-28T23:59:00Z", "2026-12-31T23:59:00Z", "2028-02-28T23:59:00Z"})
    @DisplayName("the day of spend ends at midnight in UTC, also at a month's end and when clocks change")
    void midnight(String evening) {
        clock.set(evening);
        CallGuard guard = guard(only(GuardRule.USER_SPEND_DAY));
        GuardRequest dear = call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD"));
        GuardDecision first = guard.decide(dear);
        assertThat(first.longest()).isEqualTo(Duration.ofMinutes(20));
        clock.go(Duration.ofSeconds(59));
        assertDenied(
                guard.decide(call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD"))), GuardRule.USER_SPEND_DAY);
        assertThat(ruling(guard.explain(dear), GuardRule.USER_SPEND_DAY).limit())
                .isEqualTo("2.00 in a day");
        clock.go(Duration.ofSeconds(1));
        GuardDecision next = guard.decide(call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD")));
        assertThat(next.longest()).isEqualTo(Duration.ofMinutes(20));
        guard.settle(first.ticket(), Duration.ofMinutes(1), Money.of("0.10", "USD"));
        assertDenied(
                guard.decide(call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD"))), GuardRule.USER_SPEND_DAY);
    }

    @Test
    @DisplayName("a message whose price does not fit is refused; it cannot be shortened")
    void messageSpend() {
        CallGuard guard = guard(only(GuardRule.USER_SPEND_DAY).limit(GuardRule.USER_SPEND_DAY, CENT));
        GuardRequest text = request(GuardPurpose.MESSAGE, "anna", HOME).priced(TalkPrice.flat(CENT));
        assertAllowed(guard.decide(text));
        assertDenied(
                guard.decide(request(GuardPurpose.MESSAGE, "anna", HOME).priced(TalkPrice.flat(CENT))),
                GuardRule.USER_SPEND_DAY);
    }

    @Test
    @DisplayName("who spends three times a usual day within an hour is frozen for a day, and told to the listener")
    void fastBurn() {
        GuardReport report = new GuardReport();
        GuardRules rules = only(GuardRule.FAST_BURN, GuardRule.FROZEN).burningFrom(new BigDecimal("0.20"));
        CallGuard guard = new CallGuard(GuardRulesBook.always(rules), store, clock, report);
        for (int day = 0; day < 7; day++) {
            settle(guard, "anna", "0.10");
            clock.go(Duration.ofHours(20));
        }
        settle(guard, "anna", "0.20");
        assertAllowed(guard.decide(call("anna", HOME)));
        settle(guard, "anna", "0.40");
        GuardDecision frozen = guard.decide(call("anna", HOME));
        assertDenied(frozen, GuardRule.FROZEN);
        assertAllowed(guard.decide(call("bert", HOME)));
        assertThat(report.lines())
                .extracting(GuardReport.Line::rule)
                .containsExactlyInAnyOrder(GuardRule.FAST_BURN, GuardRule.FROZEN);
        guard.thaw(CLINIC, "anna");
        assertAllowed(guard.decide(call("anna", HOME)));
        guard.freeze(CLINIC, "anna");
        assertDenied(guard.decide(call("anna", HOME)), GuardRule.FROZEN);
        clock.go(Duration.ofHours(24));
        assertAllowed(guard.decide(call("anna", HOME)));
    }

    private void settle(CallGuard guard, String user, String cost) {
        GuardDecision decision = guard.decide(call(user, HOME));
        assertAllowed(decision);
        guard.settle(decision.ticket(), Duration.ofMinutes(5), Money.of(cost, "USD"));
    }

    @Test
    @DisplayName("all reasons are told at once, and counters are not asked when something is refused already")
    void pairs() {
        GuardDecision decision = guard(standard())
                .decide(call("anna", "+37190123456")
                        .pricedPerMinute(Money.of("3.00", "USD"))
                        .answeringMissedCall());
        assertThat(decision.ruleIds())
                .contains("country", "risk-prefix", "missed-call", "new-user", "price-per-minute");
        assertThat(ruling(decision, GuardRule.USER_MINUTE).verdict()).isEqualTo(GuardRuling.Verdict.NOT_ASKED);
        assertThat(decision.toString()).startsWith("denied").contains("country DENIED: it is in LV");
        assertThat(store.sweep()).isZero();
        assertThat(guard(standard()).decide(call("anna", HOME)).allowed())
                .as("it took nothing")
                .isTrue();
    }

    @Test
    @DisplayName("what one counter refuses takes nothing from the others, and two that refuse are both told")
    void allOrNothing() {
        CallGuard guard = guard(only(GuardRule.USER_MINUTE, GuardRule.USER_AT_ONCE, GuardRule.USER_HOUR)
                .limit(GuardRule.USER_MINUTE, 1)
                .limit(GuardRule.USER_AT_ONCE, 1)
                .limit(GuardRule.USER_HOUR, 2));
        assertAllowed(guard.decide(call("anna", HOME)));
        GuardDecision denied = guard.decide(call("anna", HOME));
        assertThat(rules(denied)).containsExactly(GuardRule.USER_AT_ONCE, GuardRule.USER_MINUTE);
        guard.release(denied.ticket().holder());
        clock.go(Duration.ofMinutes(63));
        assertAllowed(guard.decide(call("anna", HOME)));
    }

    @Test
    @DisplayName("a rule that is not about spend refuses: spend is named only if no shorter talk is paid for either")
    void spendIsNotBlamed() {
        GuardRules rules = only(GuardRule.USER_SPEND_DAY, GuardRule.USER_MINUTE).limit(GuardRule.USER_MINUTE, 1);
        GuardRequest dear = call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD"));
        assertAllowed(guard(rules).decide(dear.wanting(Duration.ofMinutes(10))));
        GuardRequest next = call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD"));
        assertThat(rules(guard(rules).decide(next))).containsExactly(GuardRule.USER_MINUTE);
        assertThat(rules(guard(rules).explain(next))).containsExactly(GuardRule.USER_MINUTE);
    }

    @Test
    @DisplayName("spend and a rate together, and nothing is left to spend: both are named")
    void spendAndRate() {
        GuardRules rules = only(GuardRule.USER_SPEND_DAY, GuardRule.USER_MINUTE).limit(GuardRule.USER_MINUTE, 1);
        GuardRequest dear = call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD"));
        assertThat(guard(rules).decide(dear).longest()).isEqualTo(Duration.ofMinutes(20));
        assertThat(rules(guard(rules).decide(call("anna", HOME).pricedPerMinute(Money.of("0.10", "USD")))))
                .containsExactly(GuardRule.USER_MINUTE, GuardRule.USER_SPEND_DAY);
    }

    @Test
    @DisplayName("the same holder again takes nothing more")
    void again() {
        CallGuard guard = guard(only(GuardRule.USER_MINUTE).limit(GuardRule.USER_MINUTE, 1));
        GuardRequest request = call("anna", HOME);
        assertAllowed(guard.decide(request));
        assertAllowed(guard.decide(request));
        assertDenied(guard.decide(call("anna", HOME)), GuardRule.USER_MINUTE);
    }

    @Test
    @DisplayName("rules that are not loaded, taken away, or cannot be read refuse everything and say so")
    void notLoaded() {
        ReloadableRules rules = new ReloadableRules();
        CallGuard guard = new CallGuard(rules, store, clock);
        assertDenied(guard.decide(call("anna", HOME)), GuardRule.RULES);
        rules.load(GuardRulesBook.always(
                standard(), Map.of(new TenantId("other"), standard().allowing("US"))));
        assertAllowed(guard.decide(call("anna", HOME)));
        rules.unload();
        assertDenied(guard.decide(call("anna", HOME)), GuardRule.RULES);
        rules.load(tenant -> {
            throw new IllegalStateException("file is gone");
        });
        assertDenied(guard.decide(call("anna", HOME)), GuardRule.RULES);
        rules.load(tenant -> tenant.equals(CLINIC) ? Optional.empty() : Optional.of(standard()));
        assertDenied(guard.decide(call("anna", HOME)), GuardRule.RULES);
    }

    @Test
    @DisplayName("a store that is down refuses everything and says so; in a dry run it only reports")
    void storeDown() {
        CallGuard guard = new CallGuard(GuardRulesBook.always(standard()), new Down(), clock);
        assertDenied(guard.decide(call("anna", HOME)), GuardRule.STORE);
        GuardDecision dry =
                new CallGuard(GuardRulesBook.always(standard().dryRun()), new Down(), clock).decide(call("anna", HOME));
        assertThat(dry.allowed()).isTrue();
        assertThat(dry.wouldDeny()).extracting(GuardRuling::rule).contains(GuardRule.STORE);
    }

    @Test
    @DisplayName("a dry run allows everything, counts on, and tells what it would refuse with the same readings")
    void dryRun() {
        CallGuard dry = guard(standard().dryRun());
        for (int i = 0; i < 3; i++) {
            assertAllowed(dry.decide(call("anna", HOME)));
        }
        GuardDecision fourth = dry.decide(call("anna", "+37121234567"));
        assertAllowed(fourth);
        assertThat(fourth.wouldDeny())
                .extracting(GuardRuling::rule)
                .contains(
                        GuardRule.COUNTRY,
                        GuardRule.NEW_USER,
                        GuardRule.RISK_PREFIX,
                        GuardRule.USER_AT_ONCE,
                        GuardRule.USER_MINUTE);
        assertThat(ruling(fourth, GuardRule.USER_MINUTE).current()).isEqualTo("3");
        GuardDecision strict = guard(standard()).decide(call("anna", HOME));
        assertThat(ruling(strict, GuardRule.USER_MINUTE).current()).isEqualTo("4");
    }

    @Test
    @DisplayName("an explanation takes nothing and tells nobody")
    void explain() {
        GuardReport report = new GuardReport();
        CallGuard guard = new CallGuard(
                GuardRulesBook.always(only(GuardRule.USER_MINUTE).limit(GuardRule.USER_MINUTE, 1)),
                store,
                clock,
                report);
        for (int i = 0; i < 3; i++) {
            assertAllowed(guard.explain(call("anna", HOME)));
        }
        assertAllowed(guard.decide(call("anna", HOME)));
        assertDenied(guard.explain(call("anna", HOME)), GuardRule.USER_MINUTE);
        assertThat(report.allowed()).isEqualTo(1);
        assertThat(report.denied()).isZero();
    }

    @Test
    @DisplayName("a listener that fails changes no decision")
    void listenerFails() {
        CallGuard guard = new CallGuard(GuardRulesBook.always(standard()), store, clock, (request, decision) -> {
            throw new IllegalStateException("no report today");
        });
        assertAllowed(guard.decide(call("anna", HOME)));
        assertDenied(guard.decide(call("anna", "+442071838750")), GuardRule.COUNTRY);
    }

    @Test
    @DisplayName("a ticket survives as text; users whose key holds anything are counted apart")
    void tickets() {
        GuardTicket ticket =
                guard(standard()).decide(call("anna/*/x\n y", HOME)).ticket();
        assertThat(GuardTicket.parse(ticket.text())).isEqualTo(ticket);
        assertThatThrownBy(() -> GuardTicket.parse("nonsense")).isInstanceOf(IllegalArgumentException.class);
        assertThat(GuardKeys.plain("a/b")).doesNotContain("/").isNotEqualTo(GuardKeys.plain("a/c"));
    }

    @Test
    @DisplayName("limits that make no sense and rules that nobody may leave out are refused with what is allowed")
    void refuses() {
        assertThatThrownBy(() -> GuardRules.standard("XX")).hasMessageContaining("ISO 3166");
        assertThatThrownBy(() -> standard().allowing("+44")).hasMessageContaining("ISO 3166");
        assertThatThrownBy(() -> standard().limit(GuardRule.USER_HOUR, -1)).hasMessageContaining("from 0 on");
        assertThatThrownBy(() -> standard().limit(GuardRule.USER_HOUR, new BigDecimal("1.5")))
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> standard().limit(GuardRule.COUNTRY, 1)).hasMessageContaining("no limit");
        assertThatThrownBy(() -> standard().without(GuardRule.STORE)).hasMessageContaining("cannot be left out");
        assertThatThrownBy(() -> standard().denying("+44")).hasMessageContaining("digits");
        assertThatThrownBy(() -> RiskList.parse("371;x;y")).hasMessageContaining("line 1");
    }

    private static GuardRules standard() {
        return GuardRules.standard("CA");
    }

    /** All rules of the request, and these of those that count. */
    private static GuardRules only(GuardRule... counted) {
        List<GuardRule> kept = List.of(counted);
        GuardRule[] others = Arrays.stream(GuardRule.values())
                .filter(rule -> (rule.isCounted() || rule == GuardRule.FAST_BURN) && !kept.contains(rule))
                .toArray(GuardRule[]::new);
        return standard().without(others);
    }

    private CallGuard guard(GuardRules rules) {
        return new CallGuard(GuardRulesBook.always(rules), store, clock);
    }

    private GuardRequest call(String user, String to) {
        return request(GuardPurpose.CALL, user, to);
    }

    private GuardRequest request(GuardPurpose purpose, String user, String to) {
        return GuardRequest.of("call-" + ++holders, CLINIC, user, purpose, new PhoneNumber(to))
                .pricedPerMinute(CENT);
    }

    private static List<GuardRule> rules(GuardDecision decision) {
        return decision.denials().stream().map(GuardRuling::rule).toList();
    }

    private static GuardRuling ruling(GuardDecision decision, GuardRule rule) {
        return decision.rulings().stream()
                .filter(ruling -> ruling.rule() == rule)
                .findFirst()
                .orElseThrow();
    }

    private static void assertAllowed(GuardDecision decision) {
        assertThat(decision.allowed()).as(decision.toString()).isTrue();
    }

    private static void assertDenied(GuardDecision decision, GuardRule rule) {
        assertThat(decision.allowed()).as(decision.toString()).isFalse();
        assertThat(decision.longest()).isZero();
        assertThat(rules(decision)).as(decision.toString()).contains(rule);
        assertThat(ruling(decision, rule).because()).isNotBlank();
    }

    private record Failing() implements TalkPrice {
        @Override
        public Money perMinute() {
            throw new IllegalStateException("no deck");
        }

        @Override
        public Money whole(Duration talk) {
            throw new IllegalStateException("no deck");
        }
    }

    /** A database that is away. */
    private static final class Down implements GuardStore {
        @Override
        public GuardAnswer take(GuardClaim claim) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public GuardAnswer peek(GuardClaim claim) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public boolean renew(String holder, Duration ttl) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public void release(String holder) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public void correct(String holder, String key, BigDecimal weight) {
            throw new IllegalStateException("connection refused");
        }

        @Override
        public int sweep() {
            throw new IllegalStateException("connection refused");
        }
    }
}
