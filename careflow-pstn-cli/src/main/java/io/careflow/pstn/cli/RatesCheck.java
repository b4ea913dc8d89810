package io.careflow.pstn.cli;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.csv.BadRow;
import io.careflow.pstn.csv.DeckLoad;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn rates check}. Asks no carrier. */
@Command(
        name = "check",
        description = {
            "Reads a price list and shows every bad row with its line and the reason, the first 100 of them.",
            "The exit code is 1 if there is one; else 0."
        },
        footer = {"", "Example:", "  pstn rates check telnyx.csv --column prefix=Prefix --column price=Rate"})
final class RatesCheck implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The price list, CSV with a header.")
    private @Nullable Path file;

    @Option(
            names = "--direction",
            paramLabel = "DIRECTION",
            defaultValue = "OUTBOUND",
            description = "Which calls it prices; OUTBOUND unless given.")
    private Direction direction = Direction.OUTBOUND;

    @Mixin
    private DeckOptions options = new DeckOptions();

    RatesCheck(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path path = Typed.required(file);
        DeckLoad load = options.read(session, path, "check", direction);
        boolean good = load instanceof DeckLoad.Loaded;
        long bad = load instanceof DeckLoad.Refused refused ? refused.count() : 0;
        List<BadRow> rows = load instanceof DeckLoad.Refused refused ? refused.first() : List.of();
        int rates = load instanceof DeckLoad.Loaded loaded ? loaded.deck().size() : 0;
        if (session.screen().isJson()) {
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            result.put("file", path.toString());
            result.put("failed", !good);
            result.put("rates", rates);
            result.put("badRows", bad);
            result.put("first", rows.stream().map(BadRow::toString).toList());
            session.screen().document(Results.ordered(result));
        } else {
            rows.forEach(row -> session.screen().line(Values.printable(row.toString())));
            session.screen()
                    .line(good ? path + ": " + rates + " rates, all right" : path + ": " + bad + " bad rows; no deck");
        }
        return good ? ExitCode.OK : ExitCode.FAILED;
    }
}
