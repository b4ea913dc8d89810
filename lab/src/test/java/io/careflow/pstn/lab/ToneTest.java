package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToneTest {

    @Test
    void ulawKeepsEverySampleWithinItsStep() {
        for (int value = -32_000; value <= 32_000; value += 7) {
            int step = Math.max(16, Math.abs(value) / 16);
            assertThat(Tone.decode(Tone.encode(value))).isBetween(value - step, value + step);
        }
    }

    @Test
    void aToneIsRecognizedAndAnotherIsNot() {
        short[] samples = samples(Tone.ulaw(440, 400, 0.5));

        assertThat(Tone.share(samples, 440)).isGreaterThan(0.95);
        assertThat(Tone.share(samples, 1_000)).isLessThan(0.05);
        assertThat(Tone.share(new short[3_200], 440)).isZero();
        assertThat(Tone.share(new short[0], 440)).isZero();
    }

    private static short[] samples(byte[] ulaw) {
        short[] samples = new short[ulaw.length];
        for (int i = 0; i < ulaw.length; i++) {
            samples[i] = (short) Tone.decode(ulaw[i]);
        }
        return samples;
    }
}
