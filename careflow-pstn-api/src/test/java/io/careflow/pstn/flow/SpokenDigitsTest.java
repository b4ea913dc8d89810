package io.careflow.pstn.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.directory.CareFlowId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenDigitsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            four seven one one         | 4711
            Four, seven. One-one!      | 4711
            oh oh oh one               | 0001
            zero nought o one          | 0001
            double seven oh nine       | 7709
            triple zero one            | 0001
            for to won ate             | 4218
            47 11                      | 4711
            4711.                      | 4711
            4 7 1 1                    | 4711
            double 7 one               | 771
            niner                      | 9
            """)
    @DisplayName("digits are read however a recogniser writes them")
    void read(String words, String digits) {
        assertThat(SpokenDigits.find(words)).contains(digits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "four seven please",
                "double",
                "one double",
                "double double one",
                "double 47",
                "١٢"
            })
    @DisplayName("what is not all digits is none")
    void refused(String words) {
        assertThat(SpokenDigits.find(words)).isEmpty();
    }

    @Test
    @DisplayName("endless babble is none")
    void babble() {
        assertThat(SpokenDigits.find("one ".repeat(65))).isEmpty();
        assertThat(SpokenDigits.find("one ".repeat(64))).contains("1".repeat(64));
        assertThat(SpokenDigits.find("one " + " ".repeat(400))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "four seven one one",
                "4711",
                "care4w-4711",
                "care4w004711",
                "care four w four seven double one",
                "Care for double you 47 11",
                "care flow id 4711",
                "CareFlow number four seven one one",
                "careflow 4711"
            })
    @DisplayName("an ID is understood in every spoken form")
    void ids(String words) {
        assertThat(CareFlowId.findSpoken(words)).contains(new CareFlowId(4711));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "care four w", "zero zero", "one two three four five six seven eight", "care w 4711"})
    @DisplayName("what is no ID is none")
    void noIds(String words) {
        assertThat(CareFlowId.findSpoken(words)).isEmpty();
    }
}
