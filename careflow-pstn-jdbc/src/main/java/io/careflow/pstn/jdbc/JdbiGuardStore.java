package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.guard.GuardStore;
import java.math.BigDecimal;
import java.time.Duration;
import org.jdbi.v3.core.statement.Query;

/**
 * Keeps the counters of guards in the tables {@code pstn_guard_*}, for all nodes of an application. Each method is one statement and one
 * round trip. Those who share a key decide one after another, by locks that PostgreSQL holds until each has committed and that all take
 * in the same order. Only the clock of the database counts. Thread-safe. Throws {@link StoreUnavailable} if the database cannot be
 * asked, {@link StoreRefused} if it refuses a value.
 *
 * <p>A window is kept in sixtieths: what is taken counts for the whole window and at most a sixtieth of it longer. A key is counted for
 * each length of window apart.
 */
public final class JdbiGuardStore implements GuardStore {
    private final Database database;

    JdbiGuardStore(Database database) {
        this.database = database;
    }

    @Override
    public GuardAnswer take(GuardClaim claim) {
        return ask("guard.take", claim, false);
    }

    @Override
    public GuardAnswer peek(GuardClaim claim) {
        return ask("guard.peek", claim, true);
    }

    @Override
    public boolean renew(String holder, Duration ttl) {
        GuardClaim.requireTtl(ttl);
        return database.quick("guard.renew", handle -> {
            try (Query sql = handle.createQuery("WITH renewed AS (UPDATE pstn_guard_leases SET expires_at ="
                    + " clock_timestamp() + :ttl * interval '1 millisecond' WHERE holder = :holder"
                    + " AND expires_at > clock_timestamp() RETURNING 1) SELECT count(*) FROM renewed")) {
                return sql.bind("holder", StoredForm.clean(holder))
                                .bind("ttl", ttl.toMillis())
                                .mapTo(Integer.class)
                                .one()
                        > 0;
            }
        });
    }

    @Override
    public void release(String holder) {
        int unused = database.quick("guard.release", handle -> {
            try (Query sql = handle.createQuery("WITH gone AS (DELETE FROM pstn_guard_leases WHERE holder = :holder"
                    + " RETURNING 1) SELECT count(*) FROM gone")) {
                return sql.bind("holder", StoredForm.clean(holder))
                        .mapTo(Integer.class)
                        .one();
            }
        });
    }

    @Override
    public void correct(String holder, String key, BigDecimal weight) {
        String unused = database.quick("guard.correct", handle -> {
            try (Query sql = handle.createQuery("SELECT pstn_guard_correct(:holder, :key, :weight)")) {
                return sql.bind("holder", StoredForm.clean(holder))
                        .bind("key", StoredForm.clean(key))
                        .bind("weight", weight)
                        .map((row, context) -> key)
                        .one();
            }
        });
    }

    @Override
    public int sweep() {
        return database.slow("guard.sweep", handle -> {
            try (Query sql = handle.createQuery("SELECT pstn_guard_sweep()")) {
                return sql.mapTo(Integer.class).one();
            }
        });
    }

    private GuardAnswer ask(String operation, GuardClaim claim, boolean peek) {
        GuardArrays arrays = new GuardArrays();
        arrays.add(claim);
        return database.quick(operation, handle -> {
            try (Query sql = handle.createQuery(
                    "SELECT * FROM pstn_guard_take(:peek, :kinds, :keys, :windows, :holders,"
                            + " :ttls, :first, :counter, :weight, :most, :member, NULL, NULL, NULL, NULL, NULL, NULL, NULL)")) {
                return arrays.bind(sql, peek)
                        .map((row, context) -> GuardArrays.answer(row, claim))
                        .one();
            }
        });
    }
}
