package io.careflow.pstn.report;

import java.math.BigDecimal;
import java.util.List;

/**
 * A bar chart.
 *
 * @param id of its place in the page
 * @param across whether bars lie
 * @param unit of its values
 * @param labels of the bars
 * @param series what the bars are made of
 */
record Chart(String id, boolean across, String unit, List<String> labels, List<Series> series) {

    /**
     * One colour.
     *
     * @param name what it is
     * @param colour which, by its place; one kind has the same in every chart
     * @param values one for each bar
     */
    record Series(String name, int colour, List<BigDecimal> values) {
        boolean isEmpty() {
            return values.stream().allMatch(value -> value.signum() == 0);
        }
    }
}
