package io.careflow.pstn.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One figure over several rounds. */
record Rounds(List<Double> values) {

    static Rounds of(List<List<Step>> rounds, ToDoubleFunction<List<Step>> figure) {
        return new Rounds(rounds.stream().map(figure::applyAsDouble).toList());
    }

    double median() {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** All values, in the order of the rounds. */
    String spread(int decimals) {
        List<String> all = new ArrayList<>();
        for (double value : values) {
            all.add(String.format(Locale.ROOT, "%." + decimals + "f", value));
        }
        return String.join(",", all);
    }

    /** The highest rate of this side that was clean; 0 if none was. */
    static double cleanRate(List<Step> steps, Side side) {
        return steps.stream()
                .filter(step -> step.side() == side && step.clean())
                .mapToDouble(Step::rate)
                .max()
                .orElse(0);
    }

    /** A figure of the step at this rate. */
    static double at(List<Step> steps, Side side, double rate, ToDoubleFunction<Step> figure) {
        return steps.stream()
                .filter(step -> step.side() == side && step.rate() == rate)
                .mapToDouble(figure)
                .findFirst()
                .orElse(Double.NaN);
    }
}
