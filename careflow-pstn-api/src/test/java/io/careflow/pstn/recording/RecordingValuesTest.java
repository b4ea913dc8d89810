package io.careflow.pstn.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordingValuesTest {
    private static final RecordingRef REF = new RecordingRef(new ProviderId("memory"), "r-1");

    @Test
    @DisplayName("a reference needs an id, and reads as provider and id")
    void reference() {
        assertThat(REF).hasToString("memory/r-1");
        assertThatThrownBy(() -> new RecordingRef(new ProviderId("memory"), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("recording id", "blank", "provider's id");
    }

    @Test
    @DisplayName("a length is unknown or not negative, channels are 1, 2 or unknown")
    void limits() {
        assertThat(recording(null, 0).length()).isNull();
        assertThat(recording(Duration.ZERO, 2).channels()).isEqualTo(2);
        assertThatThrownBy(() -> recording(Duration.ofMillis(-1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("length is PT-0.001S", "PT0S and more");
        assertThatThrownBy(() -> recording(null, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("channels are 3", "1 and 2");
        assertThatThrownBy(() -> recording(null, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Recording recording(@Nullable Duration length, int channels) {
        return new Recording(REF, null, Recording.Status.READY, "completed", null, length, channels);
    }
}
