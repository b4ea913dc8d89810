package io.careflow.pstn.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Reads and locks the rows of counters. Thread-safe. */
final class GuardTables {
    private static final int ATTEMPTS = 20;
    /** Ours, a deadlock, a serialization failure, and that somebody else was the first to write a key. */
    private static final Set<String> COLLIDED = Set.of("PS001", "40P01", "40001", "23505");

    private final Database database;

    GuardTables(Database database) {
        this.database = database;
    }

    /**
     * Works in a transaction, begun anew where it collides with another.
     *
     * @param work answers null where scopes are not there yet
     */
    <T> T transaction(String operation, Function<Attempt, @Nullable T> work) {
        return transaction(operation, true, work);
    }

    /** Works in a transaction. It fails, with nothing done, where it collides with another. */
    <T> T once(String operation, Function<Attempt, @Nullable T> work) {
        return transaction(operation, false, work);
    }

    private <T> T transaction(String operation, boolean again, Function<Attempt, @Nullable T> work) {
        for (int attempt = 1; ; attempt++) {
            Attempt now = new Attempt();
            try {
                @Nullable
                T answer = database.quick(
                                operation,
                                handle -> handle.inTransaction(transaction -> {
                                    now.handle = transaction;
                                    return Optional.ofNullable(work.apply(now));
                                }))
                        .orElse(null);
                if (answer != null) {
                    return answer;
                }
                create(operation, now.missing);
            } catch (StoreException e) {
                if (!again || !collided(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
            if (attempt == ATTEMPTS) {
                throw new StoreUnavailable(operation, "others were always faster", null, null);
            }
        }
    }

    /** Whether nothing was done because others were in the way, or because something was not as it was thought to be. */
    static boolean collided(StoreException failure) {
        return failure.sqlState().filter(COLLIDED::contains).isPresent();
    }

    /** Rows are made on their own, so that nobody waits for them who has others locked. */
    private void create(String operation, Set<String> scopes) {
        int unused = database.quick(operation, handle -> {
            try (Update sql = handle.createUpdate(
                    "INSERT INTO pstn_guard_scopes (scope, forget_at)"
                            + " SELECT s, pstn_guard_moment() + 60000 FROM unnest(:scopes) s ORDER BY s ON CONFLICT DO NOTHING")) {
                return sql.bind("scopes", Sql.texts(scopes)).execute();
            }
        });
    }

    /** One try of a transaction. */
    static final class Attempt {
        private final Set<String> missing = new TreeSet<>();
        private @Nullable Handle handle;

        Handle handle() {
            if (handle == null) {
                throw new IllegalStateException("no transaction");
            }
            return handle;
        }

        /** The counters of these scopes, locked; null if rows are not there yet. */
        @Nullable
        GuardRoom open(Set<String> scopes) {
            if (scopes.isEmpty()) {
                try (Query sql = handle().createQuery("SELECT pstn_guard_moment()")) {
                    return new GuardRoom(sql.mapTo(Long.class).one());
                }
            }
            record Row(String scope, String counters, long moment) {}
            List<Row> rows;
            try (Query sql = handle().createQuery("SELECT * FROM pstn_guard_open(:scopes)")) {
                rows = sql.bind("scopes", Sql.texts(scopes))
                        .map((row, context) -> new Row(row.getString(1), row.getString(2), row.getLong(3)))
                        .list();
            }
            if (rows.size() < scopes.size()) {
                missing.addAll(scopes);
                rows.forEach(row -> missing.remove(row.scope()));
                return null;
            }
            GuardRoom room =
                    new GuardRoom(rows.stream().mapToLong(Row::moment).max().orElseThrow());
            rows.forEach(row -> room.put(row.scope(), row.counters()));
            return room;
        }

        /** What these holders added. */
        List<GuardHolder> holders(Collection<String> names) {
            return GuardTables.holders(handle(), names);
        }

        /** Writes what is changed. Returns when. */
        Instant write(AdmissionStep step) {
            if (step.isEmpty()) {
                return Instant.EPOCH;
            }
            try (Query sql = handle().createQuery(AdmissionStep.CALL)) {
                return step.bind(sql)
                        .map((row, context) -> Objects.requireNonNull(Sql.time(row, "moment")))
                        .one();
            }
        }
    }

    static List<GuardHolder> holders(Handle handle, Collection<String> names) {
        try (Query sql = handle.createQuery(
                "SELECT holder AS o_holder, version AS o_version, taken_at AS o_taken, ends_at AS o_ends, forget_at AS o_forget, added AS o_added"
                        + " FROM pstn_guard_holders WHERE holder = ANY (:names)")) {
            return new ArrayList<>(sql.bind("names", Sql.texts(names))
                    .map((row, context) -> holder(row))
                    .list());
        }
    }

    static GuardHolder holder(ResultSet row) throws SQLException {
        return new GuardHolder(
                row.getString("o_holder"),
                row.getInt("o_version"),
                row.getLong("o_taken"),
                row.getLong("o_ends"),
                row.getLong("o_forget"),
                GuardHolder.read(row.getString("o_added")));
    }
}
