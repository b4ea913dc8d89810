package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CdrJsonTest {
    private final CdrJson json = new CdrJson();

    @Test
    @DisplayName("records come back as they were")
    void roundTrip() {
        assertThat(json.read(json.write(Cdrs.full("x")))).isEqualTo(Cdrs.full("x"));
        assertThat(json.read(json.write(Cdrs.bare("x", Cdrs.START)))).isEqualTo(Cdrs.bare("x", Cdrs.START));
        assertThat(json.read(json.write(Cdrs.tried("x", Cdrs.START)))).isEqualTo(Cdrs.tried("x", Cdrs.START));
        assertThat(json.read(json.write(Cdrs.unanswered("x")))).isEqualTo(Cdrs.unanswered("x"));
    }

    @Test
    @DisplayName("a file of version 1, as it was written once, stays readable")
    void versionOne() throws IOException {
        try (InputStream sample = CdrJsonTest.class.getResourceAsStream("spooled-v1.json")) {
            assertThat(json.read(Objects.requireNonNull(sample).readAllBytes())).isEqualTo(Cdrs.full("sample"));
        }
    }

    @Test
    @DisplayName("anything else is refused")
    void refused() {
        for (String text : new String[] {"", "x", "[]", "{}", "{\"version\":1}", "{\"version\":99}", "null"}) {
            assertThatThrownBy(() -> json.read(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
