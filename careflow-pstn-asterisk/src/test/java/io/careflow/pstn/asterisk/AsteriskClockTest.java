package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Asterisk's clock")
class AsteriskClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private final AsteriskClock clock = new AsteriskClock(NOON);

    @Test
    @DisplayName("an event without a readable time does not touch the clock")
    void unreadable() {
        clock.observe(AriTime.parse("nonsense"));
        assertNear(NOON);
        clock.observe(NOON.plusSeconds(5));
        clock.observe(AriTime.parse(""));
        clock.observe(Instant.EPOCH.minusSeconds(1));
        assertNear(NOON.plusSeconds(5));
    }

    @Test
    @DisplayName("an older time does not turn the clock back")
    void older() {
        clock.observe(NOON.plusSeconds(10));
        clock.observe(NOON.plusSeconds(3));
        assertNear(NOON.plusSeconds(10));
        clock.observe(NOON.plusSeconds(11));
        assertNear(NOON.plusSeconds(11));
    }

    @Test
    @DisplayName("the first event counts also against a beginning by a clock that is ahead")
    void otherClock() {
        clock.observe(NOON.minusSeconds(30));
        assertNear(NOON.minusSeconds(30));
        clock.observe(NOON.minusSeconds(20));
        assertNear(NOON.minusSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-026-11-22T10:00:00.123+0000",
                "2026-11-22T10:00:00.+12+0000",
                "2026-11-22T10:00:00.123+00+5",
                "2026-13-22T10:00:00.123+0000",
                "2026-11-22T10:00:00.123+9900",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            })
    @DisplayName("a time with something else in its place is unreadable")
    void damaged(String text) {
        assertThat(AriTime.parse(text)).isEqualTo(Instant.EPOCH);
    }

    private void assertNear(Instant expected) {
        assertThat(clock.now()).isBetween(expected, expected.plusSeconds(2));
    }
}
