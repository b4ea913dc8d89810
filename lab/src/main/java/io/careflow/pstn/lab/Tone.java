package io.careflow.pstn.lab;

/** G.711 u-law tones and their measurement, at 8000 samples a second. */
final class Tone {

    static final int RATE = 8_000;
    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;

    private Tone() {}

    static byte[] ulaw(double hertz, int milliseconds, double amplitude) {
        byte[] samples = new byte[RATE / 1000 * milliseconds];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = encode((int) (amplitude * 32_767 * Math.sin(2 * Math.PI * hertz * i / RATE)));
        }
        return samples;
    }

    static byte encode(int linear) {
        int sign = linear < 0 ? 0x80 : 0;
        int value = Math.min(Math.abs(linear), CLIP) + BIAS;
        int exponent = 7;
        for (int mask = 0x4000; (value & mask) == 0 && exponent > 0; mask >>= 1) {
            exponent--;
        }
        int mantissa = (value >> (exponent + 3)) & 0x0f;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }

    static int decode(byte ulaw) {
        int bits = ~ulaw & 0xff;
        int exponent = (bits >> 4) & 0x07;
        int value = ((((bits & 0x0f) << 3) + BIAS) << exponent) - BIAS;
        return (bits & 0x80) == 0 ? value : -value;
    }

    /** Share of the energy that lies at the frequency (Goertzel): 1 for a pure tone, near 0 for silence or another one. */
    static double share(short[] samples, double hertz) {
        double energy = 0;
        double previous = 0;
        double beforePrevious = 0;
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
        for (short sample : samples) {
            energy += (double) sample * sample;
            double next = sample + coefficient * previous - beforePrevious;
            beforePrevious = previous;
            previous = next;
        }
        if (energy == 0) {
            return 0;
        }
        double power = previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious;
        return Math.min(1, 2 * power / (energy * samples.length));
    }
}
