package io.careflow.pstn.cli;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.csv.DeckLoad;
import java.nio.file.Path;
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
            "Reads a price list and shows every bad row with its line and the reason: the first 100 of them, all with --bad-rows.",
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
        DeckLoad load =
                options.read(session, path, new DeckOptions.Name(DeckOptions.name(path), "1"), "check", direction);
        BadRows.of(path, load).show(session.screen());
        return load instanceof DeckLoad.Loaded ? ExitCode.OK : ExitCode.FAILED;
    }
}
