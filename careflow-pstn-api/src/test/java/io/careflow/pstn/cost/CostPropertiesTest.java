package io.careflow.pstn.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Cdr;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CostPropertiesTest {
    private static final YearMonth FEBRUARY = YearMonth.of(2026, 2);

    @Provide
    Arbitrary<Cdr> calls() {
        Arbitrary<String> price = Combinators.combine(
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, BigDecimal.TEN)
                                .ofScale(10),
                        Arbitraries.of("USD", "CAD"))
                .as((amount, currency) -> amount.toPlainString() + " " + currency)
                .injectNull(0.2);
        return Combinators.combine(
                        Arbitraries.of(Direction.values()),
                        Arbitraries.of("telnyx", "flat"),
                        Arbitraries.integers().between(1, 58),
                        Arbitraries.longs().between(0, 9_000),
                        Arbitraries.of("+12125550123", "+442079460018", "bob", ""),
                        price)
                .as((direction, provider, day, seconds, theirs, cost) -> Calls.call(
                        direction,
                        Disposition.ANSWERED,
                        provider,
                        Instant.parse("2026-02-01T12:00:00Z")
                                .plusSeconds(day * 86_400L)
                                .toString(),
                        seconds,
                        theirs,
                        cost));
    }

    @Property(tries = 200)
    void whatTwoPartsCostIsWhatTheWholeCosts(@ForAll List<@From("calls") Cdr> calls, @ForAll int cut) {
        int at = calls.isEmpty() ? 0 : Math.floorMod(cut, calls.size());
        CostReport whole = report(calls);
        CostReport some = report(calls.subList(0, at));
        CostReport others = report(calls.subList(at, calls.size()));
        assertThat(some.sums().plus(others.sums())).isEqualTo(whole.sums());
        for (CostDimension dimension : CostDimension.values()) {
            for (CostGroup group : whole.by(dimension)) {
                assertThat(sums(some, dimension, group.name()).plus(sums(others, dimension, group.name())))
                        .isEqualTo(group.sums());
            }
        }
    }

    @Property(tries = 100)
    void theGroupsOfEveryDimensionAddUpToTheMonth(@ForAll List<@From("calls") Cdr> calls) {
        for (CostMonth month : report(calls).months()) {
            for (CostDimension dimension : CostDimension.values()) {
                assertThat(month.by(dimension).stream().map(CostGroup::sums).reduce(CostSums.NONE, CostSums::plus))
                        .isEqualTo(month.sums());
            }
        }
    }

    @Property(tries = 100)
    void theOrderOfCallsMakesNoDifference(@ForAll List<@From("calls") Cdr> calls) {
        List<Cdr> backwards = new ArrayList<>(calls);
        Collections.reverse(backwards);
        assertThat(report(backwards)).isEqualTo(report(calls));
    }

    private static CostSums sums(CostReport report, CostDimension dimension, String name) {
        return report.by(dimension).stream()
                .filter(group -> group.name().equals(name))
                .map(CostGroup::sums)
                .findFirst()
                .orElse(CostSums.NONE);
    }

    private static CostReport report(List<Cdr> calls) {
        CostReportBuilder report = CostReport.over(
                FEBRUARY, FEBRUARY.plusMonths(1), ZoneId.of("America/Toronto"), Instant.parse("2026-04-02T00:00:00Z"));
        calls.forEach(report::add);
        return report.build();
    }
}
