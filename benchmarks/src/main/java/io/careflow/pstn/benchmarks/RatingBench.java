package io.careflow.pstn.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prices of numbers: looked up, and whole calls rated. */
@Command(
        name = "rating",
        description =
                "Longest prefix of a world deck beside five peers and a bound; whole calls rated; memory; loading.",
        mixinStandardHelpOptions = true)
final class RatingBench implements Runnable {
    private static final String DESCRIPTION = """
            TODO
            """;

    @Option(
            names = "--seed",
            description = "of prefixes, numbers and prices: ${DEFAULT-VALUE}",
            defaultValue = "20260101")
    private long seed;

    @Option(names = "--prefixes", description = "of the world deck: ${DEFAULT-VALUE}", defaultValue = "300000")
    private int prefixes;

    @Option(names = "--numbers", description = "to look up: ${DEFAULT-VALUE}", defaultValue = "1000000")
    private int numbers;

    @Option(names = "--rounds", description = "each in a JVM of its own: ${DEFAULT-VALUE}", defaultValue = "3")
    private int rounds;

    @Option(names = "--iterations", description = "measured in each: ${DEFAULT-VALUE}", defaultValue = "5")
    private int iterations;

    @Option(names = "--millis", description = "of an iteration: ${DEFAULT-VALUE}", defaultValue = "500")
    private int millis;

    @Option(names = "--only", split = ",", description = "these lookups only, no figures")
    private List<String> only = List.of();

    @Option(names = "--write-docs", description = "write the figures into docs/benchmarks.md")
    private boolean writeDocs;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Report report = new Report("rating");
        Machine.facts().forEach(report::line);
        report.line("");
        try {
            Path folder = Files.createTempDirectory("careflow-world");
            World world = World.make(seed, prefixes, numbers);
            world.write(folder);
            report.line(world.prefixes().size() + " prefixes, by length " + world.lengths());
            equalAnswers(world, report);
            lookups(folder, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run", e);
        }
        if (writeDocs) {
            report.writeDocs(DESCRIPTION, Report.command(spec));
        }
    }

    private void equalAnswers(World world, Report report) {
        Lookup ours = Lookup.of(Lookup.OURS, world);
        for (String name : subjects()) {
            Lookup other = Lookup.of(name, world);
            for (int i = 0; i < world.numbers().size(); i++) {
                if (ours.find(i) != other.find(i)) {
                    throw new IllegalStateException(name + " finds " + other.find(i) + " for "
                            + world.numbers().get(i) + ", not " + ours.find(i));
                }
            }
        }
        report.line("equal answers of all for " + world.numbers().size() + " numbers");
    }

    private List<String> subjects() {
        List<String> all = new ArrayList<>();
        all.add(Lookup.OURS);
        all.add(Lookup.BOUND);
        all.addAll(Lookup.PEERS);
        return only.isEmpty() ? all : only;
    }

    private void lookups(Path folder, Report report) throws RunnerException {
        Map<String, List<Double>> nanos = new LinkedHashMap<>();
        Map<String, List<Double>> bytes = new LinkedHashMap<>();
        List<String> order = new ArrayList<>(subjects());
        subjects().forEach(subject -> {
            nanos.put(subject, new ArrayList<>());
            bytes.put(subject, new ArrayList<>());
        });
        nanos.put("rate", new ArrayList<>());
        bytes.put("rate", new ArrayList<>());
        nanos.put("rateAndAmount", new ArrayList<>());
        bytes.put("rateAndAmount", new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            for (String subject : order) {
                run(options(folder, "LookupJmh.find").param("subject", subject), subject, nanos, bytes);
            }
            run(options(folder, "RatingJmh.rate$"), "rate", nanos, bytes);
            run(options(folder, "RatingJmh.rateAndAmount$"), "rateAndAmount", nanos, bytes);
            Collections.rotate(order, 1);
        }
        nanos.forEach((subject, values) -> report.line(String.format(
                Locale.ROOT,
                "%-26s %8.1f ns %8.1f bytes   rounds %s",
                subject,
                new Rounds(values).median(),
                new Rounds(bytes.getOrDefault(subject, List.of())).median(),
                new Rounds(values).spread(1))));
    }

    private ChainedOptionsBuilder options(Path folder, String benchmark) {
        return new OptionsBuilder()
                .include("\\." + benchmark.replace(".", "\\."))
                .param("folder", folder.toString())
                .forks(1)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(millis))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT);
    }

    private static void run(
            ChainedOptionsBuilder options,
            String subject,
            Map<String, List<Double>> nanos,
            Map<String, List<Double>> bytes)
            throws RunnerException {
        RunResult result = new Runner(options.build()).runSingle();
        nanos.computeIfAbsent(subject, name -> new ArrayList<>())
                .add(result.getSecondaryResults().get("nanos").getScore()
                        / result.getSecondaryResults().get("operations").getScore());
        bytes.computeIfAbsent(subject, name -> new ArrayList<>())
                .add(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
}
