package io.careflow.pstn.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-07-06T05:59:59.999Z, false",
        "2026-07-06T06:00:00Z, true",
        "2026-07-06T15:59:59.999Z, true",
        "2026-07-06T16:00:00Z, false",
        "2026-01-05T06:30:00Z, false",
        "2026-01-05T07:00:00Z, true",
        "2026-01-05T16:59:00Z, true",
        "2026-01-04T10:00:00Z, false"
    })
    @DisplayName("8 to 18 o'clock on workdays is an hour earlier in UTC in summer; its end is outside")
    void summerAndWinter(Instant moment, boolean inside) {
        RouteWindow window = RouteWindow.workdays(BERLIN, LocalTime.of(8, 0), LocalTime.of(18, 0));
        assertThat(window.contains(moment)).isEqualTo(inside);
    }

    @Test
    @DisplayName("the hour that is skipped in spring is in no window")
    void gap() {
        RouteWindow skipped = RouteWindow.daily(BERLIN, LocalTime.of(2, 0), LocalTime.of(3, 0));
        assertThat(minutesInside(skipped, Instant.parse("2026-03-28T23:00:00Z"), 23))
                .isZero();
        assertThat(minutesInside(skipped, Instant.parse("2026-03-29T22:00:00Z"), 24))
                .isEqualTo(60);
    }

    @Test
    @DisplayName("the hour that comes twice in autumn is in its window twice")
    void overlap() {
        RouteWindow twice = RouteWindow.daily(TORONTO, LocalTime.of(1, 0), LocalTime.of(2, 0));
        assertThat(minutesInside(twice, Instant.parse("2026-11-01T04:00:00Z"), 25))
                .isEqualTo(120);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-07-10T19:59:00Z, false",
        "2026-07-10T20:00:00Z, true",
        "2026-07-11T03:59:00Z, true",
        "2026-07-11T04:00:00Z, false",
        "2026-07-11T21:00:00Z, false",
        "2026-07-10T03:00:00Z, false"
    })
    @DisplayName("a window over midnight belongs to the day on which it began")
    void overMidnight(Instant moment, boolean inside) {
        RouteWindow fridayNight =
                new RouteWindow(BERLIN, Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0));
        assertThat(fridayNight.contains(moment)).isEqualTo(inside);
    }

    @Test
    @DisplayName("equal times are a whole day, also one of 23 or 25 hours")
    void wholeDay() {
        RouteWindow sunday = new RouteWindow(BERLIN, Set.of(DayOfWeek.SUNDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
        assertThat(minutesInside(sunday, Instant.parse("2026-03-27T00:00:00Z"), 96))
                .isEqualTo(23 * 60);
        assertThat(minutesInside(sunday, Instant.parse("2026-10-23T00:00:00Z"), 96))
                .isEqualTo(25 * 60);
        assertThat(minutesInside(sunday, Instant.parse("2026-07-03T00:00:00Z"), 96))
                .isEqualTo(24 * 60);
    }

    @Test
    @DisplayName("a window without days is refused")
    void noDays() {
        assertThatThrownBy(() -> new RouteWindow(BERLIN, Set.of(), LocalTime.NOON, LocalTime.MIDNIGHT))
                .hasMessageContaining("days of a window");
    }

    @Test
    @DisplayName("people can read it")
    void readable() {
        assertThat(RouteWindow.workdays(BERLIN, LocalTime.of(8, 0), LocalTime.of(18, 0)))
                .hasToString("MON,TUE,WED,THU,FRI 08:00-18:00 Europe/Berlin");
    }

    private static long minutesInside(RouteWindow window, Instant from, int hours) {
        return LongStream.range(0, hours * 60L)
                .filter(minute -> window.contains(from.plus(Duration.ofMinutes(minute))))
                .count();
    }
}
