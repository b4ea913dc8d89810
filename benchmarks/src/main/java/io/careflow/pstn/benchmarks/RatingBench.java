package io.careflow.pstn.benchmarks;

import io.careflow.pstn.rating.RateDeck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;
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
    private static final String RATE = "rate";
    private static final String RATE_AND_AMOUNT = "rateAndAmount";
    private static final double GOAL_CALLS = 3_000_000;
    private static final double GOAL_CALL_BYTES = 64;
    private static final double GOAL_PREFIX_BYTES = 48;
    private static final int SAMPLES = 5;

    private static final String DESCRIPTION = """
            A world deck and random valid numbers, from a seed. The prefixes begin as the country calling codes of
            libphonenumber; then, again and again, a random valid number is drawn, and the longest prefix that it has so far is
            divided by one more digit: the number's own, and each other with a chance of one half, up to nine digits. A number
            is an example of libphonenumber of a random region, mobile or fixed or toll-free, of which all digits after the
            first one to four are random, if libphonenumber calls it valid. Every structure is first asked for every number, and
            must answer as ours does. The peers: `TreeMap.floorEntry`, cut to what floor and number have in common until it is a
            prefix; `HashMap<String>`, probed from the longest length to the shortest; the same with `PatriciaTrie` of
            commons-collections4; `getValueForLongestKeyPrefixing` of concurrent-trees; libphonenumber's `PhonePrefixMap`, with
            its numbers parsed beforehand. The bound is a trie of digits in one array of ints, one read for each digit and nothing
            else: it stops at its answer. Ours, `RateDeck.indexOf`, also checks that all of the number is digits, and takes a
            fixed number of steps first, whether or not the answer is there already, so that there is less for the processor to
            guess wrongly; that is where it makes up for its check.

            "rate" is `Rater.rate`, a call to each number: prefix, dates, hours, increments, the exact amount and the rounded one.
            There are 2000 different prices of four decimals; increments are 60/60, 60/6, 30/6, 6/6 or 1/1; one price in twenty
            has a connection fee, one in twenty a minimum; one prefix in ten has another price on working days from 8 to 18 in
            New York, one in ten another from 1 July on. Calls are answered at any time of 2026 and last up to ten minutes.
            "rateAndAmount" also takes the rounded amount as a decimal with its currency, which "rate" has as a whole number.

            Measured by JMH, every subject in a JVM of its own in each round, one thread. Times are processor time of that
            thread, taken around ten thousand operations, so that what else the machine does is left out, but for the caches that
            it shares. Bytes are what that thread allocated meanwhile. Bytes for each prefix are the growth of the heap by the
            deck, of which a fifth of the prefixes has two rates. Loading is a file of a million rows and five columns made a deck by
            `DeckReader`; the peer is `BufferedReader.readLine` and `String.split`, which throws the fields away; both
            by turns in one JVM, processor time of the thread without that of the garbage collector. Where the peer is "goal",
            the number beside ours is what was aimed at.
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

    @Option(names = "--rows", description = "of the file that is loaded: ${DEFAULT-VALUE}", defaultValue = "1000000")
    private int rows;

    @Option(names = "--rounds", description = "of every measurement: ${DEFAULT-VALUE}", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--iterations",
            description = "in each round, warm-up and measured: ${DEFAULT-VALUE}",
            defaultValue = "5")
    private int iterations;

    @Option(names = "--millis", description = "of an iteration: ${DEFAULT-VALUE}", defaultValue = "500")
    private int millis;

    @Option(names = "--write-docs", description = "write the figures into docs/benchmarks.md")
    private boolean writeDocs;

    @Spec
    @SuppressWarnings("NullAway.Init")
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
            report.line(world.prefixes().size() + " prefixes, how many of each length: " + world.lengths());
            equalAnswers(world, report);
            measure(new JmhRounds(folder, iterations, millis), report);
            memory(world, report);
            load(folder, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run", e);
        }
        if (writeDocs) {
            report.writeDocs(DESCRIPTION, Report.command(spec));
        }
    }

    private static void equalAnswers(World world, Report report) {
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
        report.line("all give equal answers for " + world.numbers().size() + " numbers");
        report.line("");
    }

    private static List<String> subjects() {
        List<String> all = new ArrayList<>(List.of(Lookup.OURS, Lookup.BOUND));
        all.addAll(Lookup.PEERS);
        return all;
    }

    private void measure(JmhRounds jmh, Report report) throws RunnerException {
        List<String> order = subjects();
        for (int round = 0; round < rounds; round++) {
            for (String subject : order) {
                jmh.run("LookupJmh.find", subject);
            }
            jmh.run("RatingJmh.rate", RATE);
            jmh.run("RatingJmh.rateAndAmount", RATE_AND_AMOUNT);
            Collections.rotate(order, 1);
        }
        subjects().forEach(subject -> report.line(jmh.line(subject)));
        report.line(jmh.line(RATE));
        report.line(jmh.line(RATE_AND_AMOUNT));
        report.line("");
        String peer = Collections.min(
                Lookup.PEERS, Comparator.comparing(name -> jmh.nanos(name).median()));
        Rounds ours = jmh.nanos(Lookup.OURS);
        report.figure(
                "rating.lookup-vs-peer",
                peer,
                1e9 / ours.median(),
                1e9 / jmh.nanos(peer).median(),
                0,
                "unit=per-second-and-core rounds="
                        + jmh.ratios(peer, Lookup.OURS).spread(1));
        report.figure(
                "rating.lookup-vs-bound",
                Lookup.BOUND,
                ours.median(),
                jmh.nanos(Lookup.BOUND).median(),
                1,
                "unit=ns bytes=" + jmh.bytes(Lookup.OURS).spread(4) + " rounds="
                        + jmh.ratios(Lookup.OURS, Lookup.BOUND).spread(2));
        report.figure(
                "rating.calls-per-s",
                "goal",
                1e9 / jmh.nanos(RATE).median(),
                GOAL_CALLS,
                0,
                "unit=per-second-and-core rounds-ns=" + jmh.nanos(RATE).spread(1));
        report.figure(
                "rating.bytes-per-call",
                "goal",
                jmh.bytes(RATE).median(),
                GOAL_CALL_BYTES,
                1,
                "rounds=" + jmh.bytes(RATE).spread(1));
    }

    private void memory(World world, Report report) {
        List<Double> each = new ArrayList<>();
        int rates = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            long before = heap();
            RateDeck deck = RatedWorld.deck(world, seed);
            each.add((heap() - before) / (double) world.prefixes().size());
            rates = deck.size();
        }
        report.figure(
                "rating.bytes-per-prefix",
                "goal",
                new Rounds(each).median(),
                GOAL_PREFIX_BYTES,
                1,
                "rates=" + rates + " samples=" + new Rounds(each).spread(1));
    }

    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < SAMPLES; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void load(Path folder, Report report) throws IOException {
        LoadedList list = new LoadedList(folder, World.make(seed, rows, 0), seed);
        list.run(rounds);
        report.figure(
                "rating.load-ratio",
                "readline-and-split",
                list.ours().median(),
                list.theirs().median(),
                3,
                "unit=s rows=" + rows + " rounds-ours=" + list.ours().spread(2) + " rounds-peer="
                        + list.theirs().spread(2));
    }
}
