package io.careflow.pstn.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks of JMH round by round, each time in a JVM of its own, and keeps what they took. Used by one thread. */
final class JmhRounds {
    private final Path folder;
    private final int iterations;
    private final TimeValue each;
    private final Map<String, List<Double>> nanos = new HashMap<>();
    private final Map<String, List<Double>> bytes = new HashMap<>();

    JmhRounds(Path folder, int iterations, int millis) {
        this.folder = folder;
        this.iterations = iterations;
        this.each = TimeValue.milliseconds(millis);
    }

    /** One round of one subject; benchmarks without subjects take no notice of it. */
    void run(String benchmark, String subject) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include("\\." + benchmark.replace(".", "\\.") + "$")
                        .param("folder", folder.toString())
                        .param("subject", subject)
                        .forks(1)
                        .warmupIterations(iterations)
                        .warmupTime(each)
                        .measurementIterations(iterations)
                        .measurementTime(each)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        add(nanos, subject, score(result, "nanos") / score(result, "operations"));
        add(bytes, subject, score(result, "bytes") / score(result, "operations"));
    }

    /** Nanoseconds of processor time for an operation. */
    Rounds nanos(String subject) {
        return new Rounds(nanos.getOrDefault(subject, List.of()));
    }

    /** Bytes allocated for an operation. */
    Rounds bytes(String subject) {
        return new Rounds(bytes.getOrDefault(subject, List.of()));
    }

    /** Time of the one divided by that of the other, in each round. */
    Rounds ratios(String one, String other) {
        List<Double> first = nanos(one).values();
        List<Double> second = nanos(other).values();
        return new Rounds(IntStream.range(0, first.size())
                .mapToObj(i -> first.get(i) / second.get(i))
                .toList());
    }

    String line(String subject) {
        return String.format(
                Locale.ROOT,
                "%-26s %8.1f ns %7.1f bytes   rounds %s",
                subject,
                nanos(subject).median(),
                bytes(subject).median(),
                nanos(subject).spread(1));
    }

    private static void add(Map<String, List<Double>> all, String subject, double value) {
        all.computeIfAbsent(subject, name -> new ArrayList<>()).add(value);
    }

    private static double score(RunResult result, String name) {
        Result<?> found = result.getSecondaryResults().get(name);
        if (found == null) {
            throw new IllegalStateException("JMH did not count " + name);
        }
        return found.getScore();
    }
}
