package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers, channels and texts with known prices. */
class FeesTest {

    private static final Currency USD = Currency.getInstance("USD");

    @ParameterizedTest(name = "{0}")
    @MethodSource("fees")
    void monthlyFeesCostWhatTheTableSays(List<String> line) {
        ExactTotal total = ExactTotal.in(USD);
        for (String item : line.get(1).split(", ", -1)) {
            String[] words = item.split("[ /]", -1);
            total = total.plus(Fee.of("fee", Money.of(words[1], "USD"))
                    .times(Integer.parseInt(words[0]))
                    .prorated(Integer.parseInt(words[2]), Integer.parseInt(words[3])));
        }
        String[] expected = line.get(2).split(" ", -1);
        String[] exact = (expected[0] + "/1").split("/", -1);
        assertThat(total.amount(Rounding.NONE).amount())
                .isEqualByComparingTo(Rounding.NONE.quotient(new BigDecimal(exact[0]), new BigDecimal(exact[1])));
        assertThat(total.amount(Rounding.DEFAULT)).isEqualTo(Money.of(expected[1], "USD"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void textsCostWhatTheTableSays(List<String> line) {
        String[] words = line.get(1).split(" ", -1);
        String letter = words[0].equals("GSM7") ? "a" : "\u0436";
        SmsSegments parts = SmsSegments.of(letter.repeat(Integer.parseInt(words[1])));
        Fee fee = Fee.of("part of a text", Money.of(words[2], "USD")).times(parts.count());

        String[] expected = line.get(2).split(" ", -1);
        assertThat(parts.count()).isEqualTo(Integer.parseInt(expected[0]));
        assertThat(fee.amountTimesDays()).isEqualByComparingTo(expected[1]);
        assertThat(fee.amount()).isEqualTo(Money.of(expected[2], "USD"));
    }

    @Test
    void theTablesAreRead() throws IOException {
        assertThat(fees()).hasSize(3);
        assertThat(texts()).hasSize(3);
    }

    @Test
    void aFeeIsTheWholeMonthUnlessProrated() {
        Fee number = Fee.of("number", Money.of("1", "USD"));
        assertThat(number.explanation()).isEqualTo("number, 1 USD = 1 USD");
        assertThat(number.times(2).explanation()).isEqualTo("number, 2 x 1 USD = 2 USD");
        assertThat(number.prorated(10, 31).explanation()).isEqualTo("number, 1 USD, 10 of 31 days = 0.322581 USD");
    }

    @Test
    void refusesFeesThatCannotBe() {
        Fee number = Fee.of("number", Money.of("1", "USD"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fee.of("number", Money.of("-1", "USD")))
                .withMessage("price of number must not be negative");
        assertThatIllegalArgumentException().isThrownBy(() -> number.times(-1)).withMessageContaining("quantity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> number.prorated(32, 31))
                .withMessageContaining("32 of 31");
        assertThatIllegalArgumentException().isThrownBy(() -> number.prorated(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Fee.of(" ", Money.of("1", "USD")));
    }

    @Test
    void aTotalIsRoundedOnceToTheMinorUnit() {
        Fee third = Fee.of("share", Money.of("0.01", "USD")).prorated(1, 3);
        ExactTotal total = ExactTotal.in(USD).plus(third).plus(third).plus(third);
        assertThat(total.amount()).isEqualTo(Money.of("0.01", "USD"));
        assertThat(total).hasToString("0.01 USD");
        assertThat(in("JPY", "6.4")).isEqualTo(Money.of("6", "JPY"));
        assertThat(in("KWD", "0.0515")).isEqualTo(Money.of("0.052", "KWD"));
        assertThat(in("XXX", "0.5")).isEqualTo(Money.of("1", "XXX"));
    }

    @Test
    void aTotalHasOneCurrency() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExactTotal.in(USD).plus(Fee.of("number", Money.of("1", "EUR"))))
                .withMessage("cannot add EUR to a total in USD");
    }

    static List<List<String>> fees() throws IOException {
        return lines("fees.txt");
    }

    static List<List<String>> texts() throws IOException {
        return lines("texts.txt");
    }

    private static Money in(String currency, String amount) {
        return ExactTotal.in(Currency.getInstance(currency))
                .plus(Fee.of("number", Money.of(amount, currency)))
                .amount();
    }

    private static List<List<String>> lines(String file) throws IOException {
        try (InputStream in = FeesTest.class.getResourceAsStream(file)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" \\| ", -1)))
                    .toList();
        }
    }
}
