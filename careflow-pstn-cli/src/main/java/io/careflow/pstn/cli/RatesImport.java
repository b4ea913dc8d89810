package io.careflow.pstn.cli;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.csv.DeckLoad;
import io.careflow.pstn.jdbc.OperatorAccess;
import io.careflow.pstn.jdbc.RateSheet;
import io.careflow.pstn.jdbc.StoreException;
import io.careflow.pstn.jdbc.StoreRefused;
import io.careflow.pstn.rating.RateDeck;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn rates import}. Asks no carrier. */
@Command(
        name = "import",
        description = {
            "Writes a price list into call_rates of the application's database, where it replaces the one of this carrier and"
                    + " direction: all rows, or none if one is bad or the database refuses one.",
            "With --from the next list is loaded ahead: what is stored holds until then. Running applications take it over with"
                    + " their next reading."
        },
        footer = {
            "",
            "Example:",
            "  pstn rates import telnyx.csv --carrier telnyx --column prefix=Prefix --column price=Rate --from 2026-12-01"
        })
final class RatesImport implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The price list, CSV with a header.")
    private @Nullable Path file;

    @Option(
            names = "--carrier",
            required = true,
            paramLabel = "NAME",
            description = "Whose prices these are, as call records spell it.")
    private @Nullable String carrier;

    @Option(
            names = "--direction",
            paramLabel = "DIRECTION",
            defaultValue = "OUTBOUND",
            description = "Which calls it prices; OUTBOUND unless given.")
    private Direction direction = Direction.OUTBOUND;

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description = "When the list begins to hold: 2026-12-01 (UTC) or 2026-12-01T05:00:00Z. Else now.")
    private @Nullable Instant from;

    @Option(
            names = "--deck",
            paramLabel = "NAME",
            description = "What the list is called; its file's name unless given.")
    private @Nullable String deck;

    @Option(
            names = "--deck-version",
            paramLabel = "TEXT",
            description = "Which state of it this is; the time of the import unless given.")
    private @Nullable String version;

    @Mixin
    private DeckOptions options = new DeckOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Consent consent = new Consent();

    RatesImport(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path path = Typed.required(file);
        OperatorAccess tables = database.open(session);
        DeckLoad load = options.read(session, path, name(path), Typed.required(carrier), direction);
        if (load instanceof DeckLoad.Refused refused) {
            BadRows.of(path, refused).show(session.screen());
            return ExitCode.FAILED;
        }
        return imported(tables, path, ((DeckLoad.Loaded) load).deck());
    }

    private int imported(OperatorAccess tables, Path path, RateDeck read) {
        RateSheet sheet = RateSheet.of(read);
        Optional<RateSheet> stored = DatabaseOptions.asking(() -> tables.rates().sheet(read.provider(), direction));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", path.toString());
        facts.put("carrier", read.provider());
        facts.put("direction", direction);
        facts.put("deck", read.id());
        facts.put("version", read.version());
        facts.put("currency", read.currency().getCurrencyCode());
        facts.put("rates", read.size());
        if (from != null) {
            facts.put("from", from);
        }
        stored.ifPresent(before -> facts.put(
                "stored",
                before.id() + " " + before.version() + ", " + before.rates().size() + " rates"));
        Plan plan = Plan.to(
                        "rates.import",
                        (from == null ? "Replace the prices of " : "Load ahead the prices of ") + read.provider() + " "
                                + direction + " by " + read.size() + " rates of " + path,
                        facts,
                        "'select deck_id, deck_version, count(*) from call_rates group by 1, 2' shows whether it was done",
                        () -> write(tables, sheet, facts))
                .asking();
        return session.carryOut(plan, consent);
    }

    private Object write(OperatorAccess tables, RateSheet sheet, Map<String, Object> facts) {
        int rates = sheet.rates().size();
        try (ProgressLine progress = ProgressLine.of(session, rates)) {
            if (from == null) {
                tables.rates().replace(sheet, written -> progress.read(written, written));
            } else {
                tables.rates().replaceFrom(from, sheet, written -> progress.read(written, written));
            }
        } catch (StoreRefused | IllegalArgumentException e) {
            throw Answer.failed(e.getMessage() + " (nothing was done)");
        } catch (StoreException e) {
            // A server that said no has rolled back; one that said nothing may have done it all.
            String state = e.sqlState().orElse("08");
            if (state.startsWith("08") || state.startsWith("57P")) {
                throw Answer.lost(e.getMessage() + " (all of it may have been done, or nothing)");
            }
            throw Answer.failed(e.getMessage() + " (nothing was done)");
        }
        Map<String, Object> result = new LinkedHashMap<>(facts);
        result.put("done", true);
        return Results.ordered(result);
    }

    private DeckOptions.Name name(Path path) {
        String version = this.version == null ? session.now().toString() : this.version;
        return new DeckOptions.Name(deck == null ? DeckOptions.name(path) : deck, version);
    }
}
