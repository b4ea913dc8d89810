package io.careflow.pstn.asterisk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Brings speech to what telephones carry: 8000 Hz, 16 bit, one channel. Filters before it drops samples, or everything above
 * 4 kHz (all the s and f) would come back as noise; the conversion of the Java platform does not.
 */
final class PhoneWav {
    static final int HEADER = 44;
    static final int RATE = 8000;
    private static final int LOBES = 16;

    private PhoneWav() {}

    /** Reads any 16-bit mono WAV and writes the telephone one. */
    static void convert(Path source, Path target) throws IOException, SpeechException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(source.toFile())) {
            AudioFormat format = in.getFormat();
            if (format.getSampleSizeInBits() != 16 || format.getChannels() != 1 || format.isBigEndian()) {
                throw new SpeechException("speech is not 16 bit mono but " + format, null);
            }
            short[] samples = shorts(in.readAllBytes());
            write(resample(samples, format.getSampleRate()), target);
        } catch (UnsupportedAudioFileException e) {
            throw new SpeechException("the speech engine did not write a WAV file", e);
        }
    }

    /** Seconds of sound in a telephone WAV; refuses any other file. */
    static double seconds(Path file) throws IOException, SpeechException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
            AudioFormat format = in.getFormat();
            if (format.getSampleRate() != RATE || format.getChannels() != 1 || format.getSampleSizeInBits() != 16) {
                throw new SpeechException("speech is not 8000 Hz, 16 bit, mono but " + format, null);
            }
            return in.getFrameLength() / (double) RATE;
        } catch (UnsupportedAudioFileException e) {
            throw new SpeechException("the speech engine did not write a WAV file", e);
        }
    }

    // A windowed sinc, cut off a little below half the new rate.
    static short[] resample(short[] in, double rate) {
        double step = rate / RATE;
        double cutoff = Math.min(1, 0.92 / step);
        int reach = (int) Math.ceil(LOBES / cutoff);
        short[] out = new short[(int) (in.length / step)];
        for (int i = 0; i < out.length; i++) {
            double centre = i * step;
            double sum = 0;
            double weights = 0;
            int from = Math.max(0, (int) centre - reach + 1);
            int to = Math.min(in.length - 1, (int) centre + reach);
            for (int k = from; k <= to; k++) {
                double weight = kernel((k - centre) * cutoff);
                weights += weight;
                sum += in[k] * weight;
            }
            out[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum / weights)));
        }
        return out;
    }

    private static double kernel(double x) {
        if (Math.abs(x) >= LOBES) {
            return 0;
        }
        double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        return sinc * (0.5 + 0.5 * Math.cos(Math.PI * x / LOBES));
    }

    static void write(short[] samples, Path target) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
        try (AudioInputStream audio =
                        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length);
                var out = Files.newOutputStream(target)) {
            AudioSystem.write(audio, AudioFileFormat.Type.WAVE, out);
        }
    }

    private static short[] shorts(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }
}
