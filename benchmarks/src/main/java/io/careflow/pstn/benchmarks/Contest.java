package io.careflow.pstn.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Lets subjects do their work by turns, each round in another order, so that what else the machine does meets all alike. Used by
 * one thread.
 */
final class Contest {
    private final int turn;
    private final Runnable beforeRound;
    private final List<Subject> subjects = new ArrayList<>();

    /**
     * A contest without subjects.
     *
     * @param turn operations of one subject in a row
     * @param beforeRound runs unmeasured before each round
     */
    Contest(int turn, Runnable beforeRound) {
        this.turn = turn;
        this.beforeRound = beforeRound;
    }

    /** @param operation is given its number within the turn, and says whether it went right */
    void add(String name, IntPredicate operation) {
        subjects.add(new Subject(name, operation));
    }

    /** Leaves the others out; nothing if there are no names. */
    void only(List<String> names) {
        subjects.removeIf(subject -> !names.isEmpty() && !names.contains(subject.name()));
    }

    /** Has each subject do this many operations, after others to warm up. */
    void run(int warmUp, int operations) {
        rounds(warmUp, Subject::warmUp);
        rounds(operations, Subject::measure);
    }

    Subject subject(String name) {
        return subjects.stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void table(Report report) {
        report.line(Subject.HEADER);
        subjects.forEach(subject -> report.line(subject.line()));
    }

    /** How the ratio of medians, ours to theirs, was spread over the rounds. */
    String spread(String ours, String theirs) {
        Subject we = subject(ours);
        Subject they = subject(theirs);
        double[] ratios = IntStream.range(0, we.count() / turn)
                .mapToDouble(i -> we.within(0.5, i * turn, (i + 1) * turn) / they.within(0.5, i * turn, (i + 1) * turn))
                .sorted()
                .toArray();
        return ratios.length == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "ratio-of-turns-p10=%.2f p50=%.2f p90=%.2f",
                        ratios[ratios.length / 10],
                        ratios[ratios.length / 2],
                        ratios[ratios.length * 9 / 10]);
    }

    private void rounds(int each, ObjIntConsumer<Subject> run) {
        List<Subject> order = new ArrayList<>(subjects);
        for (int done = 0; done < each; done += turn) {
            int times = Math.min(turn, each - done);
            beforeRound.run();
            order.forEach(subject -> run.accept(subject, times));
            Collections.rotate(order, 1);
        }
    }
}
