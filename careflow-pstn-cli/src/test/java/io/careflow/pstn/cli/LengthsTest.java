package io.careflow.pstn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Lengths of time, for people")
final class LengthsTest {
    @ParameterizedTest
    @DisplayName("one unit where it fits, else several")
    @CsvSource({
        "PT0S, 0 s",
        "PT0.5S, 0.5 s",
        "PT20S, 20 s",
        "PT90S, 90 s",
        "PT4.32S, 4.32 s",
        "PT1M, 1 min",
        "PT20M, 20 min",
        "PT90M, 90 min",
        "PT2M13S, 2 min 13 s",
        "PT1H, 1 h",
        "PT24H, 24 h",
        "PT25H, 25 h",
        "PT10H5M, 10 h 5 min",
        "PT1H0M1.5S, 1 h 1.5 s",
        "PT48H, 2 d",
        "PT336H, 14 d",
        "PT241H, 10 d 1 h",
        "PT-90S, -90 s"
    })
    void units(String iso, String shown) {
        assertThat(Lengths.text(Duration.parse(iso))).isEqualTo(shown);
        assertThat(Values.text(Optional.of(Duration.parse(iso)))).isEqualTo(shown);
        assertThat(Lengths.ifOne(Duration.parse(iso).toString())).isEqualTo(shown);
    }

    @Test
    @DisplayName("within a sentence too; what only looks like one stays")
    void within() {
        assertThat(Lengths.in("ring time is PT1H; allowed are PT1S to PT10M."))
                .isEqualTo("ring time is 1 h; allowed are 1 s to 10 min.");
        assertThat(Lengths.in("3 in PT1M")).isEqualTo("3 in 1 min");
        for (String other : new String[] {"PT", "APT1H", "PT1H-desk", "PT1Hx", "P7D", "PTA"}) {
            assertThat(Lengths.in(other)).isEqualTo(other);
            assertThat(Lengths.ifOne(other)).isEqualTo(other);
        }
        assertThat(Lengths.ifOne("at PT1H")).isEqualTo("at PT1H");
    }
}
