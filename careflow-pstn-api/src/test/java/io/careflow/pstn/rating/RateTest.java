package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    private static final Instant T = Instant.parse("2026-04-01T00:00:00Z");

    private static RateBuilder good(String prefix) {
        return Rate.builder(prefix).perMinute("0.012").increments(60, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0723", "123456789012345678"})
    void acceptsDigitsAsPrefix(String prefix) {
        assertThat(good(prefix).build().prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+1", "1 416", "*98", "1416x", "\u0661", "1234567890123456789"})
    void refusesOtherPrefixes(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.builder(prefix))
                .withMessageStartingWith("prefix");
    }

    @Test
    void theCatchAllIsExplicit() {
        assertThat(Rate.catchAll().perMinute("1").increments(1, 1).build().prefix())
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.builder(""))
                .withMessage("prefix is empty; a rate for all other numbers is Rate.catchAll()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0000000001", "999999999", "0.01200000000000", "1E+2"})
    void acceptsPrices(String price) {
        assertThat(good("1").perMinute(price).build().perMinute()).isEqualByComparingTo(price);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "0.00000000001", "1000000000", "1E+2000000000", "", "0,01"})
    void refusesPricesAndNamesTheField(String price) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good("1416").perMinute(price))
                .withMessageStartingWith("perMinute")
                .withMessageContaining("prefix 1416");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good("1416").connectionFee(price))
                .withMessageStartingWith("connectionFee");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good("1416").minimumCharge(price))
                .withMessageStartingWith("minimumCharge");
    }

    @Test
    void checksSeconds() {
        assertThat(good("1").increments(86_400, 1).graceSeconds(0).build().initialIncrement())
                .isEqualTo(86_400);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good("1").increments(0, 1))
                .withMessage("initialIncrement must be 1 to 86400 seconds for prefix 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good("1").increments(1, 86_401))
                .withMessageStartingWith("subsequentIncrement");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good("1").graceSeconds(-1))
                .withMessageStartingWith("graceSeconds");
    }

    @Test
    void requiresPriceAndIncrements() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.builder("1").increments(1, 1).build())
                .withMessage("perMinute is missing for prefix 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.catchAll().perMinute("1").build())
                .withMessage("increments are missing for the catch-all rate");
    }

    @Test
    void aRejectingRateNeedsNoPriceAndInventsNone() {
        Rate rate = Rate.builder("1900").rejecting().build();
        assertThat(rate.isRejecting()).isTrue();
        assertThat(rate).hasToString("1900: rejected");
        assertThatIllegalStateException().isThrownBy(rate::perMinute).withMessageContaining("1900");
    }

    @Test
    void holdsFromInclusiveToExclusive() {
        Rate rate = good("1").effectiveFrom(T).effectiveTo(T.plusSeconds(1)).build();
        assertThat(rate.isEffectiveAt(T.minusMillis(1))).isFalse();
        assertThat(rate.isEffectiveAt(T)).isTrue();
        assertThat(rate.isEffectiveAt(T.plusMillis(999))).isTrue();
        assertThat(rate.isEffectiveAt(T.plusSeconds(1))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good("1").effectiveFrom(T).effectiveTo(T).build())
                .withMessageContaining("effectiveFrom")
                .withMessageContaining("effectiveTo");
    }

    @Test
    void equalsByValue() {
        assertThat(good("1").perMinute("0.0120").build())
                .isEqualTo(good("1").build())
                .hasSameHashCodeAs(good("1").build())
                .hasToString("1: 0.012/min 60/6")
                .isNotEqualTo(good("1").connectionFee("0.01").build());
    }
}
