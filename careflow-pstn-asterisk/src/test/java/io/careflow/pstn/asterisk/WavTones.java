package io.careflow.pstn.asterisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks for tones in a recording of 8000 samples a second, in windows of 100 ms, by Goertzel's algorithm. */
final class WavTones {
    private static final int RATE = 8_000;
    private static final int WINDOW = RATE / 10;
    private static final int HEADER = 44;
    /** A tone of the lab is at a few thousand; hiss and clicks are far below. */
    private static final double LOUD = 400;
    /** Where a recording was spliced there is a little of every tone. */
    private static final double SHARE = 0.15;

    private final short[] samples;

    private WavTones(short[] samples) {
        this.samples = samples;
    }

    static WavTones of(byte[] wav) {
        ByteBuffer bytes = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[(wav.length - HEADER) / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort(HEADER + 2 * i);
        }
        return new WavTones(samples);
    }

    static WavTones of(Path wav) {
        try {
            return of(Files.readAllBytes(wav));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Duration length() {
        return Duration.ofMillis(samples.length * 1000L / RATE);
    }

    /** In which tenths of a second this tone sounds: it is loud, and a good part of what there is to hear. */
    List<Integer> tenthsOf(double hertz) {
        List<Integer> found = new ArrayList<>();
        for (int window = 0; (window + 1) * WINDOW <= samples.length; window++) {
            double amplitude = amplitude(window * WINDOW, hertz);
            if (amplitude > LOUD && amplitude * amplitude / 2 > SHARE * power(window * WINDOW)) {
                found.add(window);
            }
        }
        return found;
    }

    private double power(int from) {
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            sum += (double) samples[from + i] * samples[from + i];
        }
        return sum / WINDOW;
    }

    private double amplitude(int from, double hertz) {
        double twice = 2 * Math.cos(2 * Math.PI * hertz / RATE);
        double before = 0;
        double last = 0;
        for (int i = 0; i < WINDOW; i++) {
            double now = samples[from + i] + twice * last - before;
            before = last;
            last = now;
        }
        return 2 * Math.sqrt(last * last + before * before - twice * last * before) / WINDOW;
    }
}
