package io.careflow.pstn.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.Rater;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Rate decks in the table {@code call_rates}: all rows of one provider and direction are one deck. Thread-safe. Prices are exact;
 * effective times are cut to milliseconds. Rates that begin in the future are loaded ahead and hold from their instant on without
 * another reading. A deck has the id and version of its rates that hold when it is read.
 */
public final class JdbiRates {
    private static final int BATCH = 1_000;
    private static final int BULK = 4_000;
    /** Every row with the name of its deck: that of the rates that hold, else of those that begin next, else of the last. */
    private static final String SELECT = """
            WITH timed AS (
                SELECT provider, direction, deck_id, deck_version, effective_from, effective_to, id,
                       CASE WHEN effective_from > now() THEN 1 WHEN effective_to <= now() THEN 2 ELSE 0 END AS turn
                  FROM call_rates %1$s
            ), names AS (
                SELECT DISTINCT ON (provider, direction) provider, direction, deck_id AS name_id,
                       deck_version AS name_version
                  FROM timed
                 ORDER BY provider, direction, turn, CASE WHEN turn = 1 THEN effective_from END,
                       CASE WHEN turn = 2 THEN effective_to END DESC, id
            )
            SELECT *, coalesce(prefix, country_code) AS effective_prefix,
                   coalesce(effective_from <= now(), true) AND coalesce(effective_to > now(), true) AS holding
              FROM call_rates JOIN names USING (provider, direction) %1$s
             ORDER BY provider, direction, id
            """;

    private static final String INSERT = "INSERT INTO call_rates (" + RateRows.COLUMNS + ") SELECT " + RateRows.COLUMNS
            + " FROM jsonb_populate_recordset(CAST(NULL AS call_rates), CAST(:rows AS jsonb))";

    private final Database database;

    JdbiRates(Database database) {
        this.database = database;
    }

    /**
     * Reads all decks. A rater without decks if the table is empty: it then has a price for nothing.
     *
     * @throws StoreRefused if the rows make no decks; the message names provider and direction, and the ids of the rows
     * @throws StoreUnavailable if the database is away
     */
    public Rater load() {
        return database.slow("rates.load", handle -> handle.inTransaction(JdbiRates::read));
    }

    /**
     * Rates that are read again and again in the background, on a daemon thread that ends with {@link ReloadingRates#close}. The
     * first reading happens here and now; if it fails that is logged, and tried again in the background.
     *
     * @param every how long after the end of one reading the next begins
     */
    public ReloadingRates reloading(Duration every) {
        return ReloadingRates.owningExecutor(this, every, Clock.systemUTC());
    }

    /**
     * As {@link #reloading(Duration)}, on an executor of the caller, who closes it.
     *
     * @param clock tells how old the rates are when a reading fails
     */
    public ReloadingRates reloading(Duration every, ScheduledExecutorService executor, Clock clock) {
        return ReloadingRates.on(this, every, executor, clock);
    }

    /**
     * The rates of one provider and direction, as they were stored: to look at, or to change and replace.
     *
     * @throws StoreRefused if a row holds something that is no rate; the message names it
     */
    public Optional<RateSheet> sheet(String provider, Direction direction) {
        return database.slow(
                "rates.sheet",
                handle -> handle.inTransaction(transaction -> {
                    List<Rate> rates = new ArrayList<>();
                    Optional<RateRows.Head> head = head(transaction, "rates.sheet", provider, direction, rates::add);
                    return head.map(it -> it.sheet(rates));
                }));
    }

    /**
     * Replaces the deck of the sheet's provider and direction, all or nothing, in bulk: readers see all old rates until they see all
     * new ones. The rates that other nodes hold in memory follow with their next reading; rates that begin in the future begin by
     * themselves.
     *
     * @throws IllegalArgumentException if the rates make no deck; nothing was changed
     */
    public void replace(RateSheet sheet) {
        replace(sheet, written -> {});
    }

    /**
     * As {@link #replace(RateSheet)}, telling how far it has come.
     *
     * @param progress given how many rates are written, some thousand at a time; nobody else sees them before the end. What it
     *     throws ends the replacement, which then has changed nothing
     */
    public void replace(RateSheet sheet, IntConsumer progress) {
        sheet.toDeck();
        RateRows.Head head = RateRows.Head.of(sheet);
        database.slow(
                "rates.replace",
                handle -> handle.inTransaction(transaction -> {
                    lock(transaction);
                    change(
                            transaction,
                            "DELETE FROM call_rates WHERE provider = :provider AND direction = :direction",
                            head);
                    return insert(transaction, head, sheet.rates(), null, progress);
                }));
    }

    /**
     * Loads the next price list ahead: the rates that are stored hold until an instant, those of the sheet from it on. Whoever has
     * read the rates since switches at that instant by himself. What was to begin at that instant or later gives way. All or
     * nothing. The deck is one: it is called what the stored rates are called, and as the sheet from the first reading on that
     * happens after the instant, by the clock of the database.
     *
     * @param from the instant of the change; cut to milliseconds
     * @throws IllegalArgumentException if the rates make no deck, none of them holds at the instant or later, or the stored deck
     *     differs in currency, roundings, policies or zone; nothing was changed
     */
    public void replaceFrom(Instant from, RateSheet sheet) {
        replaceFrom(from, sheet, written -> {});
    }

    /** As {@link #replaceFrom(Instant, RateSheet)}, telling how far it has come as {@link #replace(RateSheet, IntConsumer)} does. */
    public void replaceFrom(Instant from, RateSheet sheet, IntConsumer progress) {
        sheet.toDeck();
        Instant change = from.truncatedTo(ChronoUnit.MILLIS);
        List<Rate> holding = sheet.rates().stream()
                .filter(rate ->
                        rate.effectiveTo().filter(to -> !to.isAfter(change)).isEmpty())
                .toList();
        if (holding.isEmpty()) {
            throw new IllegalArgumentException("no rate of sheet " + sheet.id() + " holds at " + change + " or later");
        }
        RateRows.Head head = RateRows.Head.of(sheet);
        database.slow(
                "rates.replace-from",
                handle -> handle.inTransaction(transaction -> {
                    lock(transaction);
                    head(transaction, "rates.replace-from", head.provider(), head.direction(), rate -> {})
                            .filter(stored -> !stored.agreesWith(head))
                            .ifPresent(stored -> {
                                throw new IllegalArgumentException("the stored deck of " + head.provider() + " "
                                        + head.direction() + " differs in currency, roundings, policies or zone;"
                                        + " one deck cannot change them, replace it as a whole");
                            });
                    String ours = " WHERE provider = :provider AND direction = :direction";
                    change(transaction, "DELETE FROM call_rates" + ours + " AND effective_from >= :from", head, change);
                    change(
                            transaction,
                            "UPDATE call_rates SET effective_to = :from" + ours
                                    + " AND (effective_to IS NULL OR effective_to > :from)",
                            head,
                            change);
                    return insert(transaction, head, holding, change, progress);
                }));
    }

    private static void lock(Handle handle) {
        // Readers go on; another replacement waits, so that two never add up to twice the rates.
        handle.execute("LOCK TABLE call_rates IN SHARE ROW EXCLUSIVE MODE");
    }

    private static void change(Handle handle, String statement, RateRows.Head head) {
        change(handle, statement, head, null);
    }

    private static void change(Handle handle, String statement, RateRows.Head head, @Nullable Instant from) {
        try (Update sql = handle.createUpdate(statement)) {
            if (statement.contains(":from")) {
                sql.bind("from", Sql.time(from));
            }
            sql.bind("provider", head.provider())
                    .bind("direction", head.direction().name())
                    .execute();
        }
    }

    /** Some thousand rows in each statement: as fast as the database takes them, and never all of them in memory twice. */
    private static int insert(
            Handle handle, RateRows.Head head, List<Rate> rates, @Nullable Instant atEarliest, IntConsumer progress) {
        int written = 0;
        for (int start = 0; start < rates.size(); start += BULK) {
            ArrayNode rows = JsonNodeFactory.instance.arrayNode();
            for (Rate rate : rates.subList(start, Math.min(rates.size(), start + BULK))) {
                Instant from = Sql.millis(rate.effectiveFrom().orElse(null));
                boolean early = atEarliest != null && (from == null || from.isBefore(atEarliest));
                RateRows.write(rows.addObject(), head, rate, early ? atEarliest : from);
            }
            try (Update sql = handle.createUpdate(INSERT)) {
                written += sql.bind("rows", rows.toString()).execute();
            }
            progress.accept(written);
        }
        return written;
    }

    private static Optional<RateRows.Head> head(
            Handle handle, String operation, String provider, Direction direction, Consumer<Rate> rates) {
        RateRows.Head[] head = new RateRows.Head[1];
        String ours = "WHERE provider = :provider AND direction = :direction";
        try (Query sql = handle.createQuery(SELECT.formatted(ours)).setFetchSize(BATCH)) {
            sql.bind("provider", provider)
                    .bind("direction", direction.name())
                    .map((row, context) -> {
                        head[0] = headOf(operation, row, head[0]);
                        rates.accept(rateOf(operation, row));
                        return true;
                    })
                    .forEach(row -> {});
        }
        return Optional.ofNullable(head[0]);
    }

    private static RateRows.Head headOf(String operation, ResultSet row, RateRows.@Nullable Head before)
            throws SQLException {
        try {
            RateRows.Head head = RateRows.Head.of(row);
            boolean other = row.getBoolean("holding")
                    && !(head.id().equals(row.getString("deck_id"))
                            && head.version().equals(row.getString("deck_version")));
            if (other || (before != null && !before.equals(head))) {
                throw new IllegalArgumentException("it differs from other rows of its deck in deck id, version,"
                        + " currency, rounding, policy or zone; one provider and direction have one deck");
            }
            return head;
        } catch (IllegalArgumentException e) {
            throw refused(operation, row, e);
        }
    }

    private static Rate rateOf(String operation, ResultSet row) throws SQLException {
        try {
            return RateRows.rate(row);
        } catch (IllegalArgumentException e) {
            throw refused(operation, row, e);
        }
    }

    private static StoreRefused refused(String operation, ResultSet row, IllegalArgumentException why)
            throws SQLException {
        return new StoreRefused(
                operation,
                "row " + row.getLong("id") + " of call_rates (" + row.getString("provider") + " "
                        + row.getString("direction") + "): " + why.getMessage(),
                null,
                why);
    }

    private static Rater read(Handle handle) {
        Map<String, Deck> decks = new LinkedHashMap<>();
        try (Query sql = handle.createQuery(SELECT.formatted("")).setFetchSize(BATCH)) {
            sql.map((row, context) -> {
                        Deck.add(decks, row);
                        return row.getLong("id");
                    })
                    .forEach(id -> {});
        }
        try {
            return Rater.of(
                    decks.values().stream().map(deck -> deck.builder().build()).toList());
        } catch (IllegalArgumentException e) {
            throw new StoreRefused("rates.load", "the rows of call_rates make no decks: " + e.getMessage(), null, e);
        }
    }

    private record Deck(RateRows.Head head, RateDeckBuilder builder) {
        static void add(Map<String, Deck> decks, ResultSet row) throws SQLException {
            String name = row.getString("provider") + " " + row.getString("direction");
            Deck before = decks.get(name);
            RateRows.Head head = headOf("rates.load", row, before == null ? null : before.head);
            Deck deck = before == null ? new Deck(head, head.builder()) : before;
            decks.put(name, deck);
            deck.builder.add(rateOf("rates.load", row), (int) Math.min(row.getLong("id"), Integer.MAX_VALUE));
        }
    }
}
