package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.RatingResult.NoRate;
import io.careflow.pstn.rating.RatingResult.Rated;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls with known prices: increments, fees, minimum, maximum, grace, tiers, rounding, prefixes, effective dates, hours over changes
 * of the clocks, and the talk that some money pays for.
 */
class CallsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void costsWhatTheTableSays(CallLine line) {
        Rater rater = Rater.of(List.of(line.deck()));
        RatingResult result = line.balance()
                .map(balance -> allowance(rater, line, balance).price())
                .orElseGet(() -> rater.rate("carrier", line.direction(), line.ratedCall()));

        if (line.expectsNoRate()) {
            assertThat(result).isInstanceOf(NoRate.class);
            return;
        }
        assertThat(result).isInstanceOfSatisfying(Rated.class, rated -> {
            Charge charge = rated.charge();
            assertThat(charge.rate().map(Rate::prefix)).isEqualTo(line.expectedPrefix());
            assertThat(charge.billedSeconds()).isEqualTo(line.expectedSeconds());
            line.balance()
                    .ifPresent(balance ->
                            assertThat(allowance(rater, line, balance).talk()).hasSeconds(line.expectedSeconds()));
            BigDecimal numerator = line.expectedFraction().get(0);
            BigDecimal denominator = line.expectedFraction().get(1);
            assertThat(charge.amountTimes60().multiply(denominator))
                    .isEqualByComparingTo(numerator.multiply(BigDecimal.valueOf(60)));
            assertThat(charge.amount().amount()).isEqualByComparingTo(line.expectedAmount());
            assertThat(charge.explanation())
                    .endsWith(" = " + line.expectedAmount() + " "
                            + charge.amount().currency());
        });
    }

    private static Allowance allowance(Rater rater, CallLine line, Money balance) {
        Duration ceiling = Duration.ofMillis(line.ratedCall().talkMillis());
        return rater.quote("carrier", line.direction(), line.ratedCall()).affordable(balance, ceiling);
    }

    @Test
    void theTableIsRead() throws IOException {
        assertThat(calls()).hasSize(96).extracting(CallLine::id).doesNotHaveDuplicates();
    }

    static List<CallLine> calls() throws IOException {
        try (InputStream in = CallsTest.class.getResourceAsStream("calls.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(CallLine::parse)
                    .toList();
        }
    }
}
