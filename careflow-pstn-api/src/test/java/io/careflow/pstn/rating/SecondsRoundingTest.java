package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecondsRoundingTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1, 1, 0, 0",
        "499, 1, 0, 0",
        "500, 1, 0, 1",
        "999, 1, 0, 1",
        "1000, 1, 1, 1",
        "60400, 61, 60, 60"
    })
    void countsSeconds(long millis, long ceil, long floor, long halfUp) {
        assertThat(SecondsRounding.CEIL.seconds(millis)).isEqualTo(ceil);
        assertThat(SecondsRounding.FLOOR.seconds(millis)).isEqualTo(floor);
        assertThat(SecondsRounding.HALF_UP.seconds(millis)).isEqualTo(halfUp);
    }

    @ParameterizedTest
    @EnumSource
    void refusesNegativeTime(SecondsRounding rounding) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rounding.seconds(-1))
                .withMessage("talkMillis must not be negative: -1");
    }
}
