package io.careflow.pstn.jdbc;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.directory.User;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Administers the users. Where they are in a table of the application they can only be listed. Thread-safe. */
public final class JdbiUsers {
    private final Database database;
    private final UsersTable table;
    private final String list;
    private final UsersSql users;

    JdbiUsers(Database database, UsersTable table, UsersSql users) {
        this.database = database;
        this.table = table;
        this.users = users;
        this.list = "SELECT " + users.columns() + " FROM " + users.from() + " WHERE " + users.tenant()
                + " = :tenant ORDER BY " + users.order();
    }

    /**
     * Adds a user with all endpoints, or changes the one with this key. Safe to repeat.
     *
     * @throws StoreRefused if another user of the tenant has the CareFlow ID, or the key is a user's of another tenant
     * @throws IllegalArgumentException if an endpoint is neither a number nor a SIP address
     * @throws IllegalStateException if the users are in a table of the application
     */
    public void put(User user) {
        requireOwn();
        user.endpoints().forEach(JdbiUsers::requireKnown);
        boolean kept = database.quick(
                "users.put",
                handle -> handle.inTransaction(transaction -> {
                    if (!putUser(transaction, user)) {
                        return false;
                    }
                    putEndpoints(transaction, user);
                    return true;
                }));
        if (!kept) {
            throw new StoreRefused("users.put", "the key " + user.id() + " is a user's of another tenant");
        }
    }

    /**
     * Deletes a user; the records of the user's calls stay. True if there was one.
     *
     * @throws StoreRefused if a number still belongs to the user
     * @throws IllegalStateException if the users are in a table of the application
     */
    public boolean remove(TenantId tenant, String userId) {
        requireOwn();
        return database.quick("users.remove", handle -> {
            try (Update sql = handle.createUpdate("DELETE FROM sip_users WHERE tenant = :tenant AND id = :id")) {
                return sql.bind("tenant", tenant.value()).bind("id", userId).execute() == 1;
            }
        });
    }

    /** All users of a tenant, by CareFlow ID. */
    public List<User> list(TenantId tenant) {
        return database.quick("users.list", handle -> {
            try (Query sql = handle.createQuery(list)) {
                return sql.bind("tenant", tenant.value())
                        .map((row, context) -> users.read(row))
                        .list();
            }
        });
    }

    private static boolean putUser(Handle handle, User user) {
        try (Update sql = handle.createUpdate("INSERT INTO sip_users (id, tenant, careflow_id, name, voicemail)"
                + " VALUES (:id, :tenant, :careflow_id, :name, :voicemail) ON CONFLICT (id) DO UPDATE SET"
                + " careflow_id = excluded.careflow_id, name = excluded.name, voicemail = excluded.voicemail"
                + " WHERE sip_users.tenant = excluded.tenant")) {
            return sql.bind("id", user.id())
                            .bind("tenant", user.tenant().value())
                            .bind("careflow_id", user.careFlowId().number())
                            .bind("name", user.name())
                            .bind("voicemail", user.voicemail())
                            .execute()
                    == 1;
        }
    }

    private static void putEndpoints(Handle handle, User user) {
        try (Update sql = handle.createUpdate("DELETE FROM sip_endpoints WHERE user_id = :id")) {
            sql.bind("id", user.id()).execute();
        }
        if (user.endpoints().isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO sip_endpoints (user_id, position, address) VALUES (:id, :position, :address)")) {
            int position = 1;
            for (Destination endpoint : user.endpoints()) {
                batch.bind("id", user.id())
                        .bind("position", position++)
                        .bind("address", endpoint.address())
                        .add();
            }
            batch.execute();
        }
    }

    private void requireOwn() {
        if (!table.isOwn()) {
            throw new IllegalStateException(
                    "users are in the application's table " + table.quotedTable() + ", which is only read");
        }
    }

    private static void requireKnown(Destination endpoint) {
        if (!(endpoint instanceof Destination.Phone) && !(endpoint instanceof Destination.Sip)) {
            throw new IllegalArgumentException("endpoint is neither a number nor a SIP address but a "
                    + endpoint.getClass().getSimpleName());
        }
    }
}
