package io.careflow.pstn.cost;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What telephony cost, month by month. Immutable and thread-safe.
 *
 * @param zone by whose clock months begin and end
 * @param asOf until when use was counted
 * @param months each month of the span, also those without any cost, in their order
 * @param undated messages and recordings of which nobody says when they were; they are in no month
 */
public record CostReport(ZoneId zone, Instant asOf, List<CostMonth> months, long undated) {

    /** Checks the parts. */
    public CostReport {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(asOf, "asOf");
        months = List.copyOf(months);
        if (undated < 0) {
            throw new IllegalArgumentException("undated must be 0 or more, not " + undated);
        }
    }

    /**
     * Collects a report.
     *
     * @param first the first month
     * @param last the last month, not before the first
     * @param zone by whose clock months begin and end
     * @param asOf until when use is counted, normally now; fees of months that begin later are not counted
     * @throws IllegalArgumentException if the last month is before the first
     */
    public static CostReportBuilder over(YearMonth first, YearMonth last, ZoneId zone, Instant asOf) {
        return new CostReportBuilder(first, last, zone, asOf);
    }

    /** The costs of one month; empty if it is not in the report. */
    public Optional<CostMonth> month(YearMonth wanted) {
        return months.stream().filter(month -> month.month().equals(wanted)).findFirst();
    }

    /** All months together. */
    public CostSums sums() {
        return months.stream().map(CostMonth::sums).reduce(CostSums.NONE, CostSums::plus);
    }

    /**
     * The groups of a dimension over all months, in the order of their names. Flat rates are allocated month by month, and these shares
     * added.
     */
    public List<CostGroup> by(CostDimension dimension) {
        TreeMap<String, CostGroup> groups = new TreeMap<>();
        for (CostMonth month : months) {
            month.by(dimension).forEach(group -> groups.merge(group.name(), group, CostGroup::plus));
        }
        return List.copyOf(groups.values());
    }

    /** What the month that runs will have cost at its end; empty if it is not in the report, or has only just begun. */
    public Optional<Projection> projection() {
        return month(YearMonth.from(asOf.atZone(zone))).flatMap(month -> Projection.of(month, zone, asOf));
    }
}
