package io.careflow.pstn.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void equalsByValueWhateverTheScale() {
        assertThat(Money.of("1.0", "USD"))
                .isEqualTo(Money.of("1.00", "USD"))
                .hasSameHashCodeAs(Money.of("1.00", "USD"))
                .isEqualByComparingTo(Money.of("1", "USD"));
        assertThat(Money.of("0.000", "USD")).isEqualTo(Money.zero(USD));
    }

    @Test
    void differsByValueAndByCurrency() {
        assertThat(Money.of("1", "USD")).isNotEqualTo(Money.of("1.01", "USD")).isNotEqualTo(Money.of("1", "EUR"));
    }

    @Test
    void addsExactly() {
        assertThat(Money.of("0.1", "USD").plus(Money.of("0.2", "USD"))).isEqualTo(Money.of("0.3", "USD"));
        assertThat(Money.of("0.0000000001", "USD").minus(Money.of("1", "USD")))
                .isEqualTo(Money.of("-0.9999999999", "USD"));
        assertThat(Money.of("5", "USD").negate().signum()).isEqualTo(-1);
        assertThat(Money.of("2", "USD")).isGreaterThan(Money.of("1.99", "USD"));
    }

    @Test
    void refusesToMixCurrenciesAndNamesBoth() {
        Money dollar = Money.of("1", "USD");
        Money euro = Money.of("1", "EUR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dollar.plus(euro))
                .withMessage("cannot add amounts in different currencies: USD and EUR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dollar.minus(euro))
                .withMessageContaining("subtract");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> euro.compareTo(dollar))
                .withMessageContaining("EUR and USD");
    }

    @ParameterizedTest
    @CsvSource({
        "0.00025, 4, HALF_UP, 0.0003",
        "0.00025, 4, HALF_EVEN, 0.0002",
        "0.00011, 4, UP, 0.0002",
        "0.00019, 4, DOWN, 0.0001",
        "-0.00025, 4, HALF_UP, -0.0003",
        "6.4, 0, HALF_UP, 6"
    })
    void roundsAsAsked(String amount, int decimals, RoundingMode mode, String expected) {
        assertThat(Money.of(amount, "USD").rounded(decimals, mode)).isEqualTo(Money.of(expected, "USD"));
    }

    @Test
    void refusesRoundingsThatCannotDecide() {
        Money money = Money.of("1.25", "USD");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> money.rounded(1, RoundingMode.UNNECESSARY))
                .withMessageContaining("UNNECESSARY");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> money.rounded(11, RoundingMode.UP))
                .withMessage("decimals must be 0 to 10, not 11");
        assertThatIllegalArgumentException().isThrownBy(() -> money.rounded(-1, RoundingMode.UP));
    }

    @Test
    void roundsAQuotientOnce() {
        // Through 10 decimals first, 0.00004999999999... would become 0.00005 and then 0.0001.
        BigDecimal numerator = new BigDecimal("0.0029999999999999");
        assertThat(new Rounding(RoundingMode.HALF_UP, 4).quotient(numerator, BigDecimal.valueOf(60)))
                .isEqualTo("0.0000");
        assertThat(Rounding.DEFAULT.quotient(BigDecimal.ONE, BigDecimal.valueOf(3)))
                .isEqualTo("0.333333");
    }

    @ParameterizedTest
    @CsvSource({"1.25, 1.25 USD", "100, 100 USD", "1E+3, 1000 USD", "0.0000001, 0.0000001 USD", "-0.50, -0.5 USD"})
    void printsPlainly(String amount, String expected) {
        assertThat(Money.of(amount, "USD")).hasToString(expected);
    }

    @Test
    void readsAmountsUpToTheLimit() {
        assertThat(Money.of("1E+59", "USD").amount()).isEqualByComparingTo(BigDecimal.TEN.pow(59));
        assertThat(Money.of("1E-60", "USD").amount().scale()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+60", "1E-61", "1E+2000000000", "1E-2000000000", "", "1,5", "NaN"})
    void refusesWhatIsNoReasonableDecimal(String amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of(amount, "USD"))
                .withMessageContaining("amount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usd", "XXY", ""})
    void refusesUnknownCurrencies(String code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of("1", code))
                .withMessage("currency code is not an ISO 4217 code: '" + code + "'");
    }
}
