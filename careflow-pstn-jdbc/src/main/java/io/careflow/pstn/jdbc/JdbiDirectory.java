package io.careflow.pstn.jdbc;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * Numbers and users from the database, one query each. Thread-safe.
 *
 * <p>What is stored wrongly is never guessed around: an owner that does not exist, two users under one id, or an address that
 * cannot be dialled end in {@link StoreRefused}. A database that is away ends in {@link StoreUnavailable}.
 */
public final class JdbiDirectory implements Directory {
    private final Database database;
    private final UsersSql users;
    private final String didQuery;
    private final String userQuery;

    JdbiDirectory(Database database, UsersSql users) {
        this.database = database;
        this.users = users;
        this.didQuery = "SELECT n.id, n.tenant, n.provider, n.careflow_user_id, " + users.columns()
                + " FROM pstn_numbers n LEFT JOIN " + users.from() + " ON " + users.keyIs("n.careflow_user_id")
                + " AND " + users.tenant() + " = n.tenant WHERE n.number = :number AND n.status = 'active'";
        this.userQuery = "SELECT " + users.columns() + " FROM " + users.from() + " WHERE " + users.tenant()
                + " = :tenant AND " + users.careFlowIdIs() + " LIMIT 2";
    }

    @Override
    public Optional<Did> did(PhoneNumber number) {
        return database.quick("directory.did", handle -> {
            try (Query sql = handle.createQuery(didQuery)) {
                return sql.bind("number", number.e164())
                        .map((row, context) -> did(number, row))
                        .findOne();
            }
        });
    }

    @Override
    public Optional<User> user(TenantId tenant, CareFlowId id) {
        List<User> found = database.quick("directory.user", handle -> {
            try (Query sql = handle.createQuery(userQuery)) {
                users.bind(sql, id);
                return sql.bind("tenant", tenant.value())
                        .map((row, context) -> users.read(row))
                        .list();
            }
        });
        if (found.size() > 1) {
            throw new StoreRefused(
                    "directory.user",
                    "two users of one tenant have the same CareFlow ID: keys "
                            + found.get(0).id() + " and " + found.get(1).id());
        }
        return found.stream().findFirst();
    }

    private Did did(PhoneNumber number, ResultSet row) throws SQLException {
        String owner = row.getString("careflow_user_id");
        if (owner != null && row.getString("user_key") == null) {
            // Without its owner the number would pass for a main number and let every caller choose whom to ring.
            throw new StoreRefused(
                    "directory.did",
                    "the number in row " + row.getLong("id")
                            + " of pstn_numbers belongs to a user that does not exist in its tenant");
        }
        User user = owner == null ? null : users.read(row);
        return new Did(number, new TenantId(row.getString("tenant")), row.getString("provider"), user);
    }
}
