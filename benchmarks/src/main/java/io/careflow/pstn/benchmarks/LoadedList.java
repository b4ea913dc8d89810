package io.careflow.pstn.benchmarks;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.csv.CsvFormat;
import io.careflow.pstn.csv.DeckLoad;
import io.careflow.pstn.csv.DeckReader;
import io.careflow.pstn.csv.RateColumn;
import io.careflow.pstn.rating.RateDeck;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;

/** A price list in a file, loaded by us, and by the peer only read in lines that are split at their commas. */
final class LoadedList {
    private static final CsvFormat FORMAT = CsvFormat.builder()
            .columns(RateColumn.PREFIX, RateColumn.PRICE, RateColumn.INCREMENTS, RateColumn.CONNECTION_FEE)
            .build();

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Path file;
    private final int rows;
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();

    /** Writes the list: 2000 different prices, a name of the destination that is not used. */
    LoadedList(Path folder, World world, long seed) throws IOException {
        this.file = folder.resolve("list.csv");
        this.rows = world.prefixes().size();
        Random random = new Random(seed);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("prefix,destination,price,increments,connection_fee\n");
            for (String prefix : world.prefixes()) {
                int price = 10 + random.nextInt(2_000);
                out.write(prefix + ",Destination " + prefix.charAt(0) + " mobile," + (price / 10_000) + "."
                        + Integer.toString(10_000 + price % 10_000).substring(1) + (price % 2 == 0 ? ",60/60" : ",1/1")
                        + ",0\n");
            }
        }
    }

    /** Both by turns, so many times after half as many to warm up; seconds of processor time of this thread. */
    void run(int rounds) throws IOException {
        for (int round = -rounds / 2 - 1; round < rounds; round++) {
            double theirSeconds = split();
            double ourSeconds = load();
            if (round >= 0) {
                theirs.add(theirSeconds);
                ours.add(ourSeconds);
            }
        }
    }

    Rounds ours() {
        return new Rounds(ours);
    }

    Rounds theirs() {
        return new Rounds(theirs);
    }

    private double split() throws IOException {
        long begin = threads.getCurrentThreadCpuTime();
        long fields = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                fields += line.split(",", -1).length;
            }
        }
        double seconds = (threads.getCurrentThreadCpuTime() - begin) / 1e9;
        check(fields == 5L * (rows + 1));
        return seconds;
    }

    private double load() throws IOException {
        long begin = threads.getCurrentThreadCpuTime();
        DeckLoad load = new DeckReader(FORMAT)
                .read(
                        file,
                        RateDeck.builder("list", "1", "carrier", Direction.OUTBOUND)
                                .currency(Currency.getInstance("USD")));
        double seconds = (threads.getCurrentThreadCpuTime() - begin) / 1e9;
        check(load instanceof DeckLoad.Loaded loaded && loaded.deck().size() == rows);
        return seconds;
    }

    private static void check(boolean right) {
        if (!right) {
            throw new IllegalStateException("not all rows were read");
        }
    }
}
