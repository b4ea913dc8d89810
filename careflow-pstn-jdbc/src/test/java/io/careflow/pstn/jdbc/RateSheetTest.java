package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.MaximumPolicy;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateBuilder;
import io.careflow.pstn.rating.WindowPolicy;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateSheetTest {
    @Test
    void takesWhatTheTableHolds() {
        Rate rate =
                rate().connectionFee("0.1").minimumCharge("0.2").graceSeconds(3).build();
        assertThat(sheet(rate).toDeck().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("richer")
    void takesAllThatARateMayHave(Rate rate) {
        assertThat(sheet(rate).in(ZoneOffset.UTC, WindowPolicy.SPLIT).toDeck().size())
                .isEqualTo(1);
    }

    @Test
    void windowsWithoutAZoneMakeNoDeck() {
        RateSheet sheet = sheet(rate().windows("MON-FRI 08:00-18:00").build());

        assertThatIllegalArgumentException().isThrownBy(sheet::toDeck).withMessageContaining("zone");
    }

    static Stream<Rate> richer() {
        return Stream.of(
                rate().windows("MON-FRI 08:00-18:00").build(),
                rate().tier(60, "0.1", 1).build(),
                rate().includedSeconds(10).build(),
                rate().maximumCharge("1", MaximumPolicy.FREE).build(),
                rate().originPrefix("44").build());
    }

    private static RateBuilder rate() {
        return Rate.builder("1416").perMinute("0.01").increments(60, 60);
    }

    private static RateSheet sheet(Rate rate) {
        return RateSheet.of("d", "1", "telnyx", Direction.INBOUND, Currency.getInstance("USD"), List.of(rate));
    }
}
