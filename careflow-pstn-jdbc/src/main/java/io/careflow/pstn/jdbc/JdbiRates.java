package io.careflow.pstn.jdbc;

import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeckBuilder;
import io.careflow.pstn.rating.Rater;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * Rate decks in the table {@code call_rates}: all rows of one provider and direction are one deck. Thread-safe. Prices are exact;
 * effective times are cut to milliseconds.
 */
public final class JdbiRates {
    private static final int BATCH = 1_000;

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
     * Replaces the deck of the sheet's provider and direction, all or nothing.
     *
     * @throws IllegalArgumentException if the rates make no deck; nothing was changed
     */
    public void replace(RateSheet sheet) {
        sheet.toDeck();
        RateRows.Head head = RateRows.Head.of(sheet);
        database.slow(
                "rates.replace",
                handle -> handle.inTransaction(transaction -> {
                    delete(transaction, head);
                    return insert(transaction, head, sheet.rates());
                }));
    }

    private static void delete(Handle handle, RateRows.Head head) {
        // Readers go on; another replacement waits, so that two never add up to twice the rates.
        handle.execute("LOCK TABLE call_rates IN SHARE ROW EXCLUSIVE MODE");
        try (Update sql =
                handle.createUpdate("DELETE FROM call_rates WHERE provider = :provider AND direction = :direction")) {
            sql.bind("provider", head.provider())
                    .bind("direction", head.direction().name())
                    .execute();
        }
    }

    private static int insert(Handle handle, RateRows.Head head, Iterable<Rate> rates) {
        int written = 0;
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO call_rates (provider, country_code, prefix, direction, rate_per_minute, connection_fee,"
                        + " minimum_charge, initial_increment, subsequent_increment, grace_seconds, rejecting, currency,"
                        + " effective_from, effective_to, deck_id, deck_version, seconds_rounding, rounding_mode,"
                        + " rounding_decimals) VALUES (:provider, :prefix, :prefix, :direction, :rate_per_minute,"
                        + " :connection_fee, :minimum_charge, :initial_increment, :subsequent_increment,"
                        + " :grace_seconds, :rejecting, :currency, :effective_from, :effective_to, :deck_id,"
                        + " :deck_version, :seconds_rounding, :rounding_mode, :rounding_decimals)")) {
            for (Rate rate : rates) {
                RateRows.bind(batch, head, rate);
                batch.add();
                written++;
                if (written % BATCH == 0) {
                    batch.execute();
                }
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        }
        return written;
    }

    private static Rater read(Handle handle) {
        Map<String, Deck> decks = new LinkedHashMap<>();
        try (Query sql = handle.createQuery("SELECT *, coalesce(prefix, country_code) AS effective_prefix"
                        + " FROM call_rates ORDER BY provider, direction, id")
                .setFetchSize(BATCH)) {
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
        static void add(Map<String, Deck> decks, java.sql.ResultSet row) throws java.sql.SQLException {
            long id = row.getLong("id");
            String name = row.getString("provider") + " " + row.getString("direction");
            try {
                RateRows.Head head = RateRows.Head.of(row);
                Deck deck = decks.computeIfAbsent(name, key -> new Deck(head, head.builder()));
                if (!deck.head.equals(head)) {
                    throw new IllegalArgumentException("it differs from earlier rows of its deck in deck id, version,"
                            + " currency or rounding; one provider and direction have one deck");
                }
                deck.builder.add(RateRows.rate(row), (int) Math.min(id, Integer.MAX_VALUE));
            } catch (IllegalArgumentException e) {
                throw new StoreRefused(
                        "rates.load", "row " + id + " of call_rates (" + name + "): " + e.getMessage(), null, e);
            }
        }
    }
}
