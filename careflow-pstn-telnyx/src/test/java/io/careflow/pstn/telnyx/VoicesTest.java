package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.telnyx.Voices.Voice;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VoicesTest {
    private final Voices voices = new Voices(Map.of("en-ZA", "Azure.en-ZA-LeahNeural"));

    @Test
    @DisplayName("a language without its country gets the usual one, English of Canada the nearest")
    void usual() {
        assertThat(voices.require(Locale.FRENCH)).isEqualTo(new Voice("AWS.Polly.Lea-Neural", "fr-FR"));
        assertThat(voices.require(Locale.CANADA_FRENCH)).isEqualTo(new Voice("AWS.Polly.Gabrielle-Neural", "fr-CA"));
        assertThat(voices.require(Locale.CANADA)).isEqualTo(voices.require(Locale.US));
    }

    @Test
    @DisplayName("a voice that was chosen speaks a language that Telnyx has no tag for")
    void chosen() {
        assertThat(voices.require(Locale.forLanguageTag("en-ZA"))).isEqualTo(new Voice("Azure.en-ZA-LeahNeural", null));
    }

    @Test
    @DisplayName("a language that nobody speaks has no voice")
    void nobody() {
        Locale irish = Locale.forLanguageTag("ga-IE");

        assertThat(voices.find(irish)).isEmpty();
        assertThatThrownBy(() -> voices.require(irish)).hasMessageContaining("ga-IE");
    }
}
