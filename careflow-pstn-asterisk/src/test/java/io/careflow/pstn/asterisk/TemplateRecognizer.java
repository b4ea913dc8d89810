package io.careflow.pstn.asterisk;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * A small but real recogniser, run as a program of its own: compares what it is given with a folder of spoken examples, by the
 * energy in some bands over time (dynamic time warping), and writes the name of the example that is most alike. Writes nothing
 * if none is alike, as with silence or a tone.
 *
 * <p>Arguments: the folder of examples ({@code four seven one one.wav}), then the confidence to tell, or {@code -} for none,
 * then the WAV file, or nothing to read it from the standard input.
 */
final class TemplateRecognizer {
    private static final int FRAME = 160;
    private static final double[] BANDS = {250, 400, 550, 700, 900, 1150, 1400, 1700, 2050, 2450, 2900, 3350};
    private static final double ALIKE = 1.2;
    private static final double LOUD = 300;

    private TemplateRecognizer() {}

    public static void main(String[] args) throws IOException, UnsupportedAudioFileException {
        List<double[]> heard;
        try (InputStream in = args.length > 2 ? Files.newInputStream(Path.of(args[2])) : System.in) {
            heard = features(in);
        }
        String best = "";
        double least = ALIKE;
        for (Path example : examples(Path.of(args[0]))) {
            try (InputStream in = Files.newInputStream(example)) {
                double distance = distance(features(in), heard);
                if (distance < least) {
                    least = distance;
                    best = example.getFileName().toString().replace(".wav", "");
                }
            }
        }
        if (!best.isEmpty()) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8)
                    .println(best + (args[1].equals("-") ? "" : "\t" + args[1]));
        }
    }

    /** The command that runs it with this virtual machine. */
    static List<String> command(Path examples, String confidence, String... more) {
        String classes;
        try {
            classes = Path.of(TemplateRecognizer.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                TemplateRecognizer.class.getName(),
                examples.toString(),
                confidence));
        command.addAll(Arrays.asList(more));
        return command;
    }

    private static List<Path> examples(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** One value per band and frame, from the first loud frame to the last. */
    private static List<double[]> features(InputStream wav) throws IOException, UnsupportedAudioFileException {
        short[] samples;
        try (AudioInputStream audio = AudioSystem.getAudioInputStream(new BufferedInputStream(wav))) {
            byte[] bytes = audio.readAllBytes();
            samples = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
        }
        List<double[]> frames = new ArrayList<>();
        int lastLoud = 0;
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            if (rms(samples, at) > LOUD) {
                lastLoud = frames.size() + 1;
            } else if (frames.isEmpty()) {
                continue;
            }
            frames.add(bands(samples, at));
        }
        return frames.subList(0, Math.min(lastLoud, frames.size()));
    }

    private static double rms(short[] samples, int at) {
        double sum = 0;
        for (int i = at; i < at + FRAME; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / FRAME);
    }

    private static double[] bands(short[] samples, int at) {
        double[] values = new double[BANDS.length];
        for (int b = 0; b < BANDS.length; b++) {
            double coefficient = 2 * Math.cos(2 * Math.PI * BANDS[b] / 8000);
            double previous = 0;
            double before = 0;
            for (int i = at; i < at + FRAME; i++) {
                double next = samples[i] + coefficient * previous - before;
                before = previous;
                previous = next;
            }
            double power = previous * previous + before * before - coefficient * previous * before;
            values[b] = Math.log10(1e6 + Math.max(0, power));
        }
        return values;
    }

    private static double distance(List<double[]> one, List<double[]> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Double.MAX_VALUE;
        }
        double[] row = new double[other.size() + 1];
        Arrays.fill(row, Double.MAX_VALUE / 4);
        row[0] = 0;
        for (double[] frame : one) {
            double[] next = new double[row.length];
            next[0] = Double.MAX_VALUE / 4;
            for (int i = 1; i < row.length; i++) {
                double best = Math.min(row[i - 1], Math.min(row[i], next[i - 1]));
                next[i] = best + euclid(frame, other.get(i - 1));
            }
            row = next;
        }
        return row[row.length - 1] / Math.max(one.size(), other.size());
    }

    private static double euclid(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }
}
