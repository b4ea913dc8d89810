package io.careflow.pstn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRulesTest {
    private static final GuardRules RULES = GuardRules.standard("CA")
            .allowing("US", "GB", "JM", "AU")
            .without(GuardRule.NEW_USER)
            .denying("44207", "1416");

    @ParameterizedTest
    @CsvSource({
        "+4402071838750, +442071838750",
        "+114165550100, +14165550100",
        "+119005550100, +19005550100",
        "+610412345678, +61412345678"
    })
    @DisplayName(
            "a number with a national prefix behind its country code is refused: prefixes and prices would not find it")
    void nationalPrefix(String written, String meant) {
        GuardDecision decision = decide(RULES, written);
        assertThat(ruling(decision, GuardRule.NUMBER).verdict()).isEqualTo(GuardRuling.Verdict.DENIED);
        assertThat(ruling(decision, GuardRule.NUMBER).because()).contains(meant);
    }

    @Test
    @DisplayName("no number of an assigned range is taken for one that is written in another way")
    void everyCountry() {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        for (String region : numbers.getSupportedRegions()) {
            for (PhoneNumberType type : PhoneNumberType.values()) {
                Phonenumber.PhoneNumber example = numbers.getExampleNumberForType(region, type);
                if (example != null) {
                    GuardDecision decision = decide(RULES, numbers.format(example, PhoneNumberFormat.E164));
                    assertThat(ruling(decision, GuardRule.NUMBER).verdict())
                            .as(region + " " + type + " " + decision)
                            .isEqualTo(GuardRuling.Verdict.ALLOWED);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12129761234", "+16049761234"})
    @DisplayName("the exchange 976 of every area code of the US and Canada is premium")
    void exchange976(String number) {
        GuardDecision decision = decide(RULES, number);
        assertThat(ruling(decision, GuardRule.NUMBER_TYPE).verdict()).isEqualTo(GuardRuling.Verdict.DENIED);
        assertThat(ruling(decision, GuardRule.NUMBER_TYPE).current()).isEqualTo("PREMIUM_RATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12129751234", "+12125559761", "+18769761234", "+18009761234"})
    @DisplayName("976 elsewhere in a number, in another country or free of charge is not")
    void other976(String number) {
        assertThat(decide(RULES, number).allowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+19005550100",
                "+449098765432",
                "+448719876543",
                "+448449876543",
                "+33810123456",
                "+33820123456",
                "+33899123456",
                "+499001234567",
                "+491371234567",
                "+34803123456",
                "+34806123456",
                "+34807123456",
                "+39899123456",
                "+31900123456",
                "+31906123456",
                "+31909123456",
                "+46900123456",
                "+469391234567",
                "+46944123456",
                "+3290123456",
                "+48701234567",
                "+611900123456",
                "+64900123456",
                "+27862123456"
            })
    @DisplayName(
            "premium and shared-cost numbers are refused in each country where they are known, also if it is allowed")
    void premium(String number) {
        PhoneNumber called = new PhoneNumber(number);
        GuardDecision decision = decide(RULES.allowing(called.country().orElseThrow()), number);
        assertThat(decision.denials()).extracting(GuardRuling::rule).containsExactly(GuardRule.NUMBER_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+17005550123", "+19995550123", "+2105550123", "+9995550123"})
    @DisplayName("a number whose country is not known is refused, and the decision says so, whatever is allowed")
    void unknownCountry(String number) {
        GuardRules everywhere = RULES.allowing(
                PhoneNumberUtil.getInstance().getSupportedRegions().toArray(String[]::new));
        GuardDecision decision = decide(everywhere, number);
        assertThat(decision.allowed()).isFalse();
        assertThat(ruling(decision, GuardRule.COUNTRY).verdict()).isEqualTo(GuardRuling.Verdict.DENIED);
        assertThat(ruling(decision, GuardRule.COUNTRY).current()).isEqualTo("unknown");
        assertThat(ruling(decision, GuardRule.COUNTRY).because()).contains("its country is unknown");
    }

    @Test
    @DisplayName("a tenant's own rules are asked for its calls, and for nobody else's")
    void tenants() {
        Hands clock = new Hands("2026-03-02T12:00:00Z");
        TenantId other = new TenantId("other");
        GuardRules strict = RULES.limit(GuardRule.PRICE_PER_MINUTE, Money.of("0.005", "USD"));
        CallGuard guard =
                new CallGuard(GuardRulesBook.always(RULES, Map.of(other, strict)), new MemoryGuardStore(clock), clock);
        assertThat(guard.decide(call(TenantId.DEFAULT, "a", "+16045550100")).denials())
                .isEmpty();
        assertThat(guard.decide(call(other, "b", "+16045550100")).denials())
                .extracting(GuardRuling::rule)
                .containsExactly(GuardRule.PRICE_PER_MINUTE);
    }

    private static GuardRequest call(TenantId tenant, String holder, String number) {
        return GuardRequest.of(holder, tenant, "anna", GuardPurpose.CALL, new PhoneNumber(number))
                .pricedPerMinute(Money.of("0.01", "USD"));
    }

    private static GuardDecision decide(GuardRules rules, String number) {
        Hands clock = new Hands("2026-03-02T12:00:00Z");
        CallGuard guard = new CallGuard(GuardRulesBook.always(rules), new MemoryGuardStore(clock), clock);
        return guard.decide(call(TenantId.DEFAULT, "h", number));
    }

    private static GuardRuling ruling(GuardDecision decision, GuardRule rule) {
        return decision.rulings().stream()
                .filter(ruling -> ruling.rule() == rule)
                .findFirst()
                .orElseThrow();
    }
}
