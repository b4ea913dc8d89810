package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InboundSettingsTest {
    private static final InboundSettings GOOD = InboundSettings.defaults();

    @Test
    @DisplayName("the limits themselves are allowed")
    void limits() {
        assertThat(with(1, 1, "CA").attempts()).isEqualTo(1);
        assertThat(with(10, 7, "GB").idDigits()).isEqualTo(7);
        assertThat(GOOD.ringingFor(Duration.ofMinutes(10)).ringFor()).isEqualTo(Duration.ofMinutes(10));
        assertThat(GOOD.maskingTyped().maskTyped()).isTrue();
    }

    @Test
    @DisplayName("attempts and digits out of range are refused by name")
    void numbers() {
        assertThatThrownBy(() -> with(0, 4, "US")).hasMessageContaining("attempts is 0; allowed are 1 to 10");
        assertThatThrownBy(() -> with(11, 4, "US")).hasMessageContaining("attempts is 11");
        assertThatThrownBy(() -> with(3, 0, "US")).hasMessageContaining("idDigits is 0; allowed are 1 to 7");
        assertThatThrownBy(() -> with(3, 8, "US")).hasMessageContaining("idDigits is 8");
    }

    @Test
    @DisplayName("times that no call could keep are refused at once, not when the first caller comes")
    void times() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> GOOD.ringingFor(Duration.ZERO)).hasMessageContaining("ring time is PT0S");
        assertThatThrownBy(() -> GOOD.talkingAtMost(Duration.ofDays(2))).hasMessageContaining("longest talk");
        assertThatThrownBy(() -> GOOD.inputWithin(Duration.ZERO, second, second))
                .hasMessageContaining("first digit");
        assertThatThrownBy(() -> GOOD.inputWithin(second, Duration.ZERO, second))
                .hasMessageContaining("between digits");
        assertThatThrownBy(() -> GOOD.inputWithin(second, second, Duration.ofHours(1)))
                .hasMessageContaining("total time");
        assertThatThrownBy(() ->
                        new InboundSettings(3, 4, second, second, second, second, second, Duration.ZERO, false, "US"))
                .hasMessageContaining("longest message");
    }

    @Test
    @DisplayName("an unknown home region is refused by name")
    void region() {
        assertThatThrownBy(() -> with(3, 4, "Canada")).hasMessageContaining("'Canada'");
    }

    @Test
    @DisplayName("each value can be changed alone")
    void changed() {
        InboundSettings changed = GOOD.withAttempts(5)
                .withIdDigits(7)
                .withLongestMessage(Duration.ofMinutes(1))
                .withHomeRegion("CH");
        assertThat(changed)
                .isEqualTo(new InboundSettings(
                        5,
                        7,
                        GOOD.firstDigit(),
                        GOOD.betweenDigits(),
                        GOOD.totalInput(),
                        GOOD.ringFor(),
                        GOOD.longestTalk(),
                        Duration.ofMinutes(1),
                        false,
                        "CH"));
        assertThatThrownBy(() -> GOOD.withAttempts(0)).hasMessageContaining("attempts is 0");
        assertThatThrownBy(() -> GOOD.withHomeRegion("")).hasMessageContaining("homeRegion");
    }

    private static InboundSettings with(int attempts, int idDigits, String region) {
        return new InboundSettings(
                attempts,
                idDigits,
                GOOD.firstDigit(),
                GOOD.betweenDigits(),
                GOOD.totalInput(),
                GOOD.ringFor(),
                GOOD.longestTalk(),
                GOOD.longestMessage(),
                false,
                region);
    }
}
