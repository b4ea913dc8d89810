package io.careflow.pstn.jdbc;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.flow.FlowStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Keeps flows in the table {@code pstn_flows}, for all nodes of an application. Each method is one statement, so of nodes that
 * save the same version one succeeds. Characters that PostgreSQL cannot hold (NUL, halves of surrogate pairs) come back as
 * U+FFFD; moments are cut to milliseconds. Thread-safe. Throws {@link StoreUnavailable} if the database cannot be asked, {@link
 * StoreRefused} if it refuses a value.
 */
public final class JdbiFlowStore implements FlowStore {
    private final Database database;

    JdbiFlowStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Kept> find(ProviderId provider, String key) {
        return database.quick("flows.find", handle -> {
            try (Query sql = handle.createQuery(
                    "SELECT version, text FROM pstn_flows WHERE provider = :provider AND key = :key")) {
                return sql.bind("provider", provider.value())
                        .bind("key", key)
                        .map((row, context) -> new Kept(row.getLong("version"), row.getString("text")))
                        .findOne();
            }
        });
    }

    @Override
    public boolean save(ProviderId provider, String key, long version, String text, @Nullable Instant wakeAt) {
        return database.quick("flows.save", handle -> {
            try (Update sql = version == 0 ? first(handle) : next(handle).bind("version", version)) {
                return sql.bind("provider", provider.value())
                                .bind("key", key)
                                .bind("text", StoredForm.clean(text))
                                .bind("wake", Sql.time(Sql.millis(wakeAt)))
                                .execute()
                        == 1;
            }
        });
    }

    @Override
    public void forget(ProviderId provider, String key) {
        int unused = database.quick("flows.forget", handle -> {
            try (Update sql = handle.createUpdate("DELETE FROM pstn_flows WHERE provider = :provider AND key = :key")) {
                return sql.bind("provider", provider.value()).bind("key", key).execute();
            }
        });
    }

    @Override
    public List<String> due(ProviderId provider, Instant now, int most) {
        return database.quick("flows.due", handle -> {
            try (Query sql = handle.createQuery("SELECT key FROM pstn_flows"
                    + " WHERE provider = :provider AND wake_at <= :now ORDER BY wake_at LIMIT :most")) {
                return sql.bind("provider", provider.value())
                        .bind("now", Sql.bound(now))
                        .bind("most", most)
                        .mapTo(String.class)
                        .list();
            }
        });
    }

    private static Update first(Handle handle) {
        return handle.createUpdate("INSERT INTO pstn_flows (provider, key, version, text, wake_at)"
                + " VALUES (:provider, :key, 1, :text, :wake) ON CONFLICT (provider, key) DO NOTHING");
    }

    private static Update next(Handle handle) {
        return handle.createUpdate("UPDATE pstn_flows SET version = version + 1, text = :text, wake_at = :wake,"
                + " saved_at = now() WHERE provider = :provider AND key = :key AND version = :version");
    }
}
