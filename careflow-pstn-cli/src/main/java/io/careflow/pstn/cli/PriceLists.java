package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.jdbc.OperatorAccess;
import io.careflow.pstn.rating.Quote;
import io.careflow.pstn.rating.Rater;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The price lists that a command goes by: files, or else those of the application's database. */
final class PriceLists {
    @Option(
            names = "--rates",
            paramLabel = "PROVIDER=FILE",
            description = "A price list; repeatable. Without any, those of the database.")
    private Map<String, Path> files = new LinkedHashMap<>();

    @Mixin
    private DeckOptions options = new DeckOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    DeckOptions options() {
        return options;
    }

    /**
     * Reads them.
     *
     * @throws BadUsage if neither files nor a database are named
     */
    Rater rater(Session session) {
        if (!files.isEmpty()) {
            return options.rater(session, files);
        }
        if (!database.isNamed(session)) {
            throw new BadUsage("no price lists are named; give --rates PROVIDER=FILE or --database");
        }
        OperatorAccess tables = database.open(session);
        return DatabaseOptions.asking(() -> tables.rates().load());
    }

    /** Whose lists of calls out there are, in the order of their names. */
    static List<String> providers(Rater rater, PhoneNumber to, Instant at) {
        return rater.quotes(Direction.OUTBOUND, to.digits(), at).stream()
                .map(Quote::provider)
                .toList();
    }
}
