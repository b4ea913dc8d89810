package io.careflow.pstn.cli;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when to when. */
final class Span {
    @Option(names = "--since", paramLabel = "TIME", description = "Begins so long ago: 90m, 24h, 7d.")
    @Nullable
    private Duration since;

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description = "First moment: 2026-01-31 (UTC) or 2026-01-31T12:00:00Z.")
    @Nullable
    private Instant from;

    @Option(names = "--to", paramLabel = "WHEN", description = "First moment that does not count any more; else now.")
    @Nullable
    private Instant to;

    Times times(Instant now, Duration otherwise) {
        if (since != null && from != null) {
            throw new BadUsage("--since and --from are given; allowed is one of them");
        }
        Instant end = to == null ? now : to;
        Instant begin = from != null ? from : now.minus(since == null ? otherwise : since);
        if (!begin.isBefore(end)) {
            throw new BadUsage(
                    "the span from " + begin + " to " + end + " is empty; expected a beginning before its end");
        }
        return new Times(begin, end);
    }

    record Times(Instant from, Instant to) {}
}
