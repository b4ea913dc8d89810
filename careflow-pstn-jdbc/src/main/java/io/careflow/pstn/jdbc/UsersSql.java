package io.careflow.pstn.jdbc;

import static io.careflow.pstn.jdbc.UsersTable.quoted;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** The SQL that reads users, written for one table after a look at its columns. The table is always called {@code u}. */
final class UsersSql {
    private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");
    private static final Pattern PARTED = Pattern.compile("[,;\\s]+");
    private static final List<String> PREFIXES =
            List.of("", "care4w-", "care4w_", "care4w ", "care4w", "CARE4W-", "CARE4W_", "CARE4W ", "CARE4W");
    private static final int LONGEST_DIGITS = 10;

    private final UsersTable table;
    private final Map<String, String> types;

    private UsersSql(UsersTable table, Map<String, String> types) {
        this.table = table;
        this.types = types;
    }

    /** Looks at the table; fails naming everything that is missing. */
    static UsersSql of(Database database, UsersTable table) {
        Map<String, String> types = database.quick("schema.check", handle -> columns(handle, table.quotedTable()));
        if (types.isEmpty()) {
            throw new StoreUnavailable("schema.check", "there is no users table " + table.quotedTable(), null, null);
        }
        List<String> problems = new ArrayList<>();
        List<String> wanted = new ArrayList<>(List.of(table.key, table.careFlowId, table.name));
        wanted.addAll(table.endpoints);
        if (table.tenant != null) {
            wanted.add(table.tenant);
        }
        if (table.voicemail != null) {
            wanted.add(table.voicemail);
            if (!types.getOrDefault(table.voicemail, "boolean").equals("boolean")) {
                problems.add("column " + quoted(table.voicemail) + " is not boolean");
            }
        }
        wanted.stream()
                .filter(column -> !types.containsKey(column))
                .forEach(column -> problems.add("there is no column " + quoted(column)));
        if (!problems.isEmpty()) {
            throw new StoreUnavailable(
                    "schema.check",
                    "users table " + table.quotedTable() + ": " + String.join("; ", problems) + "; its columns are "
                            + types.keySet(),
                    null,
                    null);
        }
        return new UsersSql(table, types);
    }

    private static Map<String, String> columns(Handle handle, String quotedTable) {
        Map<String, String> types = new LinkedHashMap<>();
        try (Query sql = handle.createQuery("SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute"
                + " WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped ORDER BY attnum")) {
            sql.bind("table", quotedTable)
                    .map((row, context) -> Map.entry(row.getString("attname"), row.getString("type")))
                    .forEach(column -> types.put(column.getKey(), column.getValue()));
        }
        return types;
    }

    /** {@code "table" u}. */
    String from() {
        return table.quotedTable() + " u";
    }

    /** The columns that {@link #read} needs. */
    String columns() {
        return "CAST(u." + quoted(table.key) + " AS text) AS user_key, " + tenant() + " AS user_tenant, CAST(u."
                + quoted(table.careFlowId) + " AS text) AS user_number, u." + quoted(table.name)
                + " AS user_name, "
                + (table.voicemail == null ? "false" : "coalesce(u." + quoted(table.voicemail) + ", false)")
                + " AS user_voicemail, " + endpoints() + " AS user_endpoints";
    }

    /** The tenant of the row, as text. */
    String tenant() {
        // A tenant id has no character that could end a literal.
        return table.tenant == null ? "'" + table.onlyTenant + "'" : "CAST(u." + quoted(table.tenant) + " AS text)";
    }

    /** Whether the row has the key that this expression of type text gives; an index on the key can serve it. */
    String keyIs(String expression) {
        return "u." + quoted(table.key) + " = CAST(" + expression + " AS " + types.get(table.key) + ")";
    }

    /** Whether the row has the CareFlow ID that {@link #bind} binds. */
    String careFlowIdIs() {
        return "u." + quoted(table.careFlowId) + (isWhole() ? " = :careflow_id" : " = ANY(:careflow_id)");
    }

    /** By CareFlow ID. */
    String order() {
        return "u." + quoted(table.careFlowId);
    }

    void bind(SqlStatement<?> sql, CareFlowId id) {
        if (isWhole()) {
            sql.bind("careflow_id", id.number());
        } else {
            sql.bindArray("careflow_id", String.class, spellings(id));
        }
    }

    /** The key that a CDR may refer to, for a key bound as {@code :user_ref}. */
    String reference() {
        return table.isOwn() ? "(SELECT u.id FROM sip_users u WHERE u.id = :user_ref)" : ":user_ref";
    }

    /** The user in a row; a row that is none ends in {@link StoreRefused}. */
    User read(ResultSet row) throws SQLException {
        String key = row.getString("user_key");
        String name = row.getString("user_name");
        try {
            List<Destination> endpoints = Sql.texts(row, "user_endpoints").stream()
                    .flatMap(PARTED::splitAsStream)
                    .filter(address -> !address.isEmpty())
                    .map(Destination::parse)
                    .distinct()
                    .toList();
            return new User(
                    key,
                    new TenantId(row.getString("user_tenant")),
                    CareFlowId.parse(row.getString("user_number")),
                    name == null ? "" : name,
                    endpoints,
                    row.getBoolean("user_voicemail"));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new StoreRefused(
                    "directory.read", "the tenant, the CareFlow ID or an address of user " + key + " is none");
        }
    }

    private String endpoints() {
        if (table.isOwn()) {
            return "ARRAY(SELECT e.address FROM sip_endpoints e WHERE e.user_id = u.id ORDER BY e.position)";
        }
        Function<String, String> asArray =
                column -> types.getOrDefault(column, "").endsWith("[]")
                        ? "coalesce(CAST(u." + quoted(column) + " AS text[]), CAST(ARRAY[] AS text[]))"
                        : "ARRAY[CAST(u." + quoted(column) + " AS text)]";
        return table.endpoints.stream().map(asArray).collect(Collectors.joining(" || "));
    }

    private boolean isWhole() {
        return WHOLE.contains(types.getOrDefault(table.careFlowId, ""));
    }

    private static List<String> spellings(CareFlowId id) {
        List<String> spellings = new ArrayList<>();
        StringBuilder digits = new StringBuilder().append(id.number());
        while (digits.length() <= LONGEST_DIGITS) {
            PREFIXES.forEach(prefix -> spellings.add(prefix + digits));
            digits.insert(0, '0');
        }
        return spellings;
    }
}
