package io.careflow.pstn.jdbc;

import io.careflow.pstn.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the users are: in tables of ours, {@code sip_users} and {@code sip_endpoints}, or in a table of the application, which is
 * then only read. Immutable and thread-safe.
 *
 * <p>Names are letters, digits and underscores as the catalog spells them (lower case, unless the table was made with quotes);
 * anything else is refused, and they are quoted wherever they are used. Whether table and columns exist is checked on opening.
 */
public final class UsersTable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final UsersTable OWN = new UsersTable("sip_users");

    final String table;
    final String key;
    final String careFlowId;
    final String name;
    final List<String> endpoints;
    final @Nullable String voicemail;
    final @Nullable String tenant;
    final TenantId onlyTenant;

    private UsersTable(String table) {
        this.table = table;
        this.key = "id";
        this.careFlowId = "careflow_id";
        this.name = "name";
        this.endpoints = List.of();
        this.voicemail = "voicemail";
        this.tenant = "tenant";
        this.onlyTenant = TenantId.DEFAULT;
    }

    private UsersTable(Builder b) {
        this.table = b.table;
        this.key = b.key;
        this.careFlowId = b.careFlowId;
        this.name = b.name;
        this.endpoints = List.copyOf(b.endpoints);
        this.voicemail = b.voicemail;
        this.tenant = b.tenant;
        this.onlyTenant = b.onlyTenant;
    }

    /** Tables of ours, made on opening. */
    public static UsersTable own() {
        return OWN;
    }

    /**
     * A table of the application.
     *
     * @param table its name, with its schema before a dot unless it is on the search path
     * @throws IllegalArgumentException if that is no name
     */
    public static Builder host(String table) {
        return new Builder(table);
    }

    boolean isOwn() {
        return this == OWN;
    }

    static String quoted(String identifier) {
        return "\"" + identifier + "\"";
    }

    String quotedTable() {
        return quoted(table).replace(".", "\".\"");
    }

    /** Names the columns. Not thread-safe. */
    public static final class Builder {
        private final String table;
        private final List<String> endpoints = new ArrayList<>();
        private String key = "id";
        private String careFlowId = "careflow_id";
        private String name = "name";
        private @Nullable String voicemail;
        private @Nullable String tenant;
        private TenantId onlyTenant = TenantId.DEFAULT;

        private Builder(String table) {
            int dot = table.indexOf('.');
            if (dot >= 0) {
                name("schema", table.substring(0, dot));
            }
            name("table", table.substring(dot + 1));
            this.table = table;
        }

        /** The primary key, of any type that has a text form; {@code id} unless set. */
        public Builder key(String column) {
            this.key = name("key column", column);
            return this;
        }

        /**
         * The CareFlow ID; {@code careflow_id} unless set. Of a whole-number type, or text in one of the spellings of
         * {@link io.careflow.pstn.directory.CareFlowId}; then an index on the column is used.
         */
        public Builder careFlowId(String column) {
            this.careFlowId = name("CareFlow ID column", column);
            return this;
        }

        /** The name for people; {@code name} unless set. */
        public Builder name(String column) {
            this.name = name("name column", column);
            return this;
        }

        /**
         * Adds a column that says where the user can be reached; at least one. Either text with one address or several, parted by
         * commas, semicolons or blanks, or an array of text. Addresses are {@code sip:1001}, {@code 1001},
         * {@code sip:alice@example.org} or a number in E.164 with its plus sign.
         */
        public Builder endpoints(String column) {
            this.endpoints.add(name("endpoint column", column));
            return this;
        }

        /** A boolean column: may callers leave a message? Without it they may not. */
        public Builder voicemail(String column) {
            this.voicemail = name("voicemail column", column);
            return this;
        }

        /** A text column with the tenant. Without it all users are of {@link #onlyTenant}. */
        public Builder tenant(String column) {
            this.tenant = name("tenant column", column);
            return this;
        }

        /** The tenant of all users where there is no such column; {@link TenantId#DEFAULT} unless set. */
        public Builder onlyTenant(TenantId value) {
            this.onlyTenant = value;
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalArgumentException if no column with endpoints is named
         */
        public UsersTable build() {
            if (endpoints.isEmpty()) {
                throw new IllegalArgumentException("users table " + table + " needs at least one endpoint column");
            }
            return new UsersTable(this);
        }

        private static String name(String what, String value) {
            if (!NAME.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        what + " is not usable: 1 to 63 letters, digits and '_', not starting with a digit");
            }
            return value;
        }
    }
}
