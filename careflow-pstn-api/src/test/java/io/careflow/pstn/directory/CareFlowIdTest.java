package io.careflow.pstn.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CareFlowIdTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0001, 1",
        "care4w-001, 1",
        "care4w-0000001, 1",
        "CARE4W-42, 42",
        "care4w_7, 7",
        "care4w 7, 7",
        "care4w7, 7",
        "'  0042 ', 42",
        "9999999, 9999999",
        "0009999999, 9999999"
    })
    @DisplayName("every spelling of an id is the same id")
    void spellings(String text, int number) {
        assertThat(CareFlowId.parse(text)).isEqualTo(new CareFlowId(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0000",
                "care4w-",
                "care4w-0",
                "10000000",
                "12345678901",
                "12*",
                "-1",
                "1.0",
                "٣",
                "care5w-1"
            })
    @DisplayName("what is no id is none, and says what one looks like")
    void junk(String text) {
        assertThat(CareFlowId.find(text)).isEmpty();
        assertThatThrownBy(() -> CareFlowId.parse(text)).hasMessageContaining("care4w-001");
    }

    @Test
    @DisplayName("an id prints for the keypad and in writing, and reads back")
    void printed() {
        CareFlowId id = new CareFlowId(1);
        assertThat(id.keypad()).isEqualTo("0001");
        assertThat(id).hasToString("care4w-0000001");
        assertThat(CareFlowId.parse(id.toString())).isEqualTo(id);
        assertThat(CareFlowId.parse(new CareFlowId(1234567).keypad()).number()).isEqualTo(1234567);
        assertThatThrownBy(() -> new CareFlowId(0)).hasMessageContaining("1 to 9999999");
        assertThatThrownBy(() -> new CareFlowId(10_000_000)).hasMessageContaining("out of range");
    }
}
