package io.careflow.pstn.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.message.SmsSegments.Encoding;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsSegmentsTest {
    private static final String EMOJI = "\uD83D\uDE00";

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "160, 1", "161, 2", "306, 2", "307, 3", "459, 3", "460, 4", "1600, 11"})
    @DisplayName("GSM-7 texts hold 160 characters in one part and 153 in each of several")
    void gsm(int length, int parts) {
        assertThat(SmsSegments.of("a".repeat(length))).isEqualTo(new SmsSegments(Encoding.GSM_7, length, parts));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "70, 1", "71, 2", "134, 2", "135, 3", "201, 3", "202, 4"})
    @DisplayName("other texts hold 70 UTF-16 units in one part and 67 in each of several")
    void ucs2(int length, int parts) {
        assertThat(SmsSegments.of("ж".repeat(length))).isEqualTo(new SmsSegments(Encoding.UCS_2, length, parts));
    }

    static Stream<Arguments> extension() {
        return Stream.of(
                Arguments.of("€", 2, 1),
                Arguments.of("€".repeat(80), 160, 1),
                Arguments.of("€".repeat(80) + "a", 161, 2),
                Arguments.of("a".repeat(158) + "[", 160, 1),
                Arguments.of("a".repeat(159) + "[", 161, 2),
                // 152 septets and then two that do not fit: they move on together, and push one over into a third part.
                Arguments.of("a".repeat(152) + "~" + "a".repeat(151), 305, 2),
                Arguments.of("a".repeat(152) + "~" + "a".repeat(152), 306, 3),
                Arguments.of("a".repeat(151) + "~" + "a".repeat(153), 306, 2));
    }

    @ParameterizedTest
    @MethodSource("extension")
    @DisplayName("characters of the GSM extension take two septets, which stay in one part")
    void extension(String text, int units, int parts) {
        assertThat(SmsSegments.of(text)).isEqualTo(new SmsSegments(Encoding.GSM_7, units, parts));
    }

    static Stream<Arguments> emoji() {
        return Stream.of(
                Arguments.of(EMOJI, 2, 1),
                Arguments.of(EMOJI.repeat(35), 70, 1),
                Arguments.of(EMOJI.repeat(36), 72, 2),
                Arguments.of("a".repeat(65) + EMOJI + "a".repeat(67), 134, 2),
                Arguments.of("a".repeat(66) + EMOJI + "a".repeat(65), 133, 2),
                Arguments.of("a".repeat(66) + EMOJI + "a".repeat(66), 134, 3));
    }

    @ParameterizedTest
    @MethodSource("emoji")
    @DisplayName("an emoji takes two units, which stay in one part")
    void emoji(String text, int units, int parts) {
        assertThat(SmsSegments.of(text)).isEqualTo(new SmsSegments(Encoding.UCS_2, units, parts));
    }

    @Test
    @DisplayName("one character outside GSM-7 turns the whole text into UCS-2 and more parts")
    void oneCharacter() {
        assertThat(SmsSegments.of("'" + "a".repeat(159))).isEqualTo(new SmsSegments(Encoding.GSM_7, 160, 1));
        assertThat(SmsSegments.of("\u2019" + "a".repeat(159))).isEqualTo(new SmsSegments(Encoding.UCS_2, 160, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ê", "ç", "â", "ô", "î", "œ", "`", "\u00a0", "\t", "\u201c", "…"})
    @DisplayName("these look harmless and are not in GSM-7")
    void notGsm(String text) {
        assertThat(SmsSegments.of("a" + text + "b").encoding()).isEqualTo(Encoding.UCS_2);
    }

    @Test
    @DisplayName("the whole GSM-7 alphabet is known: 127 characters of one septet, 10 of two")
    void alphabet() {
        long single = 0;
        long twice = 0;
        for (char c = 0; c < Character.MIN_SURROGATE; c++) {
            SmsSegments one = SmsSegments.of(String.valueOf(c));
            if (one.encoding() == Encoding.GSM_7) {
                single += one.units() == 1 ? 1 : 0;
                twice += one.units() == 2 ? 1 : 0;
            }
        }
        assertThat(single).isEqualTo(127);
        assertThat(twice).isEqualTo(10);
    }

    @Test
    @DisplayName("half an emoji counts as one unit and breaks nothing")
    void halfAnEmoji() {
        assertThat(SmsSegments.of("\uD83D")).isEqualTo(new SmsSegments(Encoding.UCS_2, 1, 1));
    }
}
