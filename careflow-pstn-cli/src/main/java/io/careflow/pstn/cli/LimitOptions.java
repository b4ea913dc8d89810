package io.careflow.pstn.cli;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.TrunkLimits;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the carrier shall let a trunk spend. */
final class LimitOptions {
    @Option(names = "--country", paramLabel = "CC", description = "A country that may be called. May be repeated.")
    private Set<String> countries = new LinkedHashSet<>();

    @Option(names = "--daily-spend", paramLabel = "MONEY", description = "Most that a day may cost, such as 50USD.")
    private @Nullable Money daily;

    @Option(
            names = "--highest-rate",
            paramLabel = "MONEY",
            description = "Most that a minute may cost, such as 0.05USD; dearer calls are refused.")
    private @Nullable Money rate;

    @Option(names = "--calls-at-once", paramLabel = "N", description = "Most calls at once.")
    private @Nullable Integer calls;

    /** Null if none was typed. */
    @Nullable
    TrunkLimits limits() {
        if (countries.isEmpty() && daily == null && rate == null && calls == null) {
            return null;
        }
        Set<String> upper = countries.stream()
                .map(country -> country.toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        return new TrunkLimits(upper.isEmpty() ? null : upper, daily, rate, calls);
    }
}
