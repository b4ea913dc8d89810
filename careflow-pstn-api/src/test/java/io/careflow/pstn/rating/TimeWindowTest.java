package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWindowTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MON-FRI 08:00-18:00",
                "SAT,SUN 00:00-24:00",
                "MON 00:00-00:01",
                "MON,WED 23:59-24:00",
                "SUN 08:30:15-09:00"
            })
    void readsWhatItWrites(String text) {
        TimeWindow window = TimeWindow.parse(text);
        assertThat(TimeWindow.parse(window.toString())).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FRI-MON 00:00-24:00 | MON,FRI,SAT,SUN 00:00-24:00
            SAT,SUN 08:00-24:00 | SAT-SUN 08:00-24:00
            TUE-TUE 08:00-09:00 | TUE 08:00-09:00
            """)
    void writesDaysInTheirOrder(String text, String written) {
        assertThat(TimeWindow.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MON",
                "MON-FRI",
                "MON 8-18",
                "Monday 08:00-18:00",
                "MON 25:00-26:00",
                "MON 18:00-08:00",
                "MON 08:00-08:00",
                "MON 08:00-18:00 ",
                "MON-FRI-SAT 08:00-18:00",
                "* 08:00-18:00"
            })
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeWindow.parse(text))
                .withMessageStartingWith("window");
    }

    @Test
    void needsADay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(Set.of(), LocalTime.NOON, LocalTime.MIDNIGHT))
                .withMessage("window needs at least one day");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T08:00:00, true",
        "2026-03-02T07:59:59.999, false",
        "2026-03-02T17:59:59.999, true",
        "2026-03-02T18:00:00, false",
        "2026-03-07T10:00:00, false"
    })
    void beginsInclusiveAndEndsExclusive(LocalDateTime local, boolean inside) {
        assertThat(TimeWindow.parse("MON-FRI 08:00-18:00").contains(local)).isEqualTo(inside);
    }

    @Test
    void twentyFourHoursReachToTheLastMoment() {
        assertThat(TimeWindow.parse("MON 00:00-24:00").contains(LocalDateTime.parse("2026-03-02T23:59:59.999999999")))
                .isTrue();
        assertThat(TimeWindow.parse("MON 00:00-24:00").contains(LocalDateTime.parse("2026-03-03T00:00:00")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MON-FRI 08:00-18:00 | FRI-SUN 17:00-24:00 | true
            MON-FRI 08:00-18:00 | MON-FRI 18:00-24:00 | false
            MON-FRI 08:00-18:00 | SAT-SUN 08:00-18:00 | false
            MON 00:00-24:00 | MON 23:00-24:00 | true
            """)
    void knowsWhetherItOverlaps(String one, String other, boolean overlaps) {
        assertThat(TimeWindow.parse(one).overlaps(TimeWindow.parse(other))).isEqualTo(overlaps);
        assertThat(TimeWindow.parse(other).overlaps(TimeWindow.parse(one))).isEqualTo(overlaps);
    }
}
