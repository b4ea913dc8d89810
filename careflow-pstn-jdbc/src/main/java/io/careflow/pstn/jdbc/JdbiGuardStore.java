package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardAnswer;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.guard.GuardStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Keeps the counters of guards in the tables {@code pstn_guard_*}, for all nodes of an application. Each method is one transaction. The
 * counters whose keys are the same up to the second slash lie together: those who share one of these decide one after another, by the
 * locks of rows that all take in the same order. Only the clock of the database counts. Thread-safe. Throws {@link StoreUnavailable} if
 * the database cannot be asked, {@link StoreRefused} if it refuses a value.
 *
 * <p>A window is kept in sixtieths: what is taken counts for the whole window and at most a sixtieth of it longer; leases last at most a
 * sixtieth longer than they have to. A key is counted for each length of window apart.
 */
public final class JdbiGuardStore implements GuardStore {
    private final Database database;
    private final GuardTables tables;
    private final AdmissionDesk desk;

    JdbiGuardStore(Database database, AdmissionDesk desk) {
        this.database = database;
        this.tables = new GuardTables(database);
        this.desk = desk;
    }

    @Override
    public GuardAnswer take(GuardClaim claim) {
        return desk.begin(new AdmissionTask.Begin(GuardAsk.of(claim), null)).guard();
    }

    @Override
    public GuardAnswer peek(GuardClaim claim) {
        return database.quick("guard.peek", handle -> look(handle, GuardAsk.of(claim)));
    }

    private static GuardAnswer look(Handle handle, GuardAsk ask) {
        GuardRoom room;
        try (Query sql = handle.createQuery("SELECT pstn_guard_moment()")) {
            room = new GuardRoom(sql.mapTo(Long.class).one());
        }
        try (Query sql =
                handle.createQuery("SELECT scope, counters FROM pstn_guard_scopes WHERE scope = ANY (:scopes)")) {
            sql.bind("scopes", ask.scopes().toArray(new String[0]))
                    .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                    .forEach(row -> room.put(row.get(0), row.get(1)));
        }
        GuardTables.holders(handle, List.of(ask.holder())).forEach(room::put);
        return room.look(ask);
    }

    @Override
    public boolean renew(String holder, Duration ttl) {
        GuardClaim.requireTtl(ttl);
        return change("guard.renew", holder, room -> room.renew(StoredForm.clean(holder), ttl.toMillis()));
    }

    @Override
    public void release(String holder) {
        boolean unused = change("guard.release", holder, room -> room.release(StoredForm.clean(holder)));
    }

    @Override
    public void correct(String holder, String key, BigDecimal weight) {
        boolean unused = change(
                "guard.correct", holder, room -> room.correct(StoredForm.clean(holder), StoredForm.clean(key), weight));
    }

    @Override
    public int sweep() {
        return database.slow("guard.sweep", handle -> {
            try (Query sql = handle.createQuery("SELECT pstn_guard_sweep()")) {
                return sql.mapTo(Integer.class).one();
            }
        });
    }

    private boolean change(String operation, String holder, Predicate<GuardRoom> work) {
        List<String> name = List.of(StoredForm.clean(holder));
        return tables.transaction(operation, attempt -> {
            Set<String> scopes = new TreeSet<>();
            attempt.holders(name).forEach(one -> scopes.addAll(one.scopes()));
            if (scopes.isEmpty()) {
                return false;
            }
            GuardRoom room = attempt.open(scopes);
            if (room == null) {
                return null;
            }
            // Read again: only now can nobody else change it.
            attempt.holders(name).forEach(room::put);
            boolean answer = work.test(room);
            AdmissionStep step = new AdmissionStep();
            step.counters(room);
            Instant unused = attempt.write(step);
            return answer;
        });
    }
}
