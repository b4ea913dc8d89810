package io.careflow.pstn.jdbc;

import java.time.Duration;
import java.util.Objects;

/**
 * How the database is used. Immutable and thread-safe.
 *
 * <p>The query time-out holds from the moment there is a connection. The rest is up to the data source, and with the defaults of
 * most a database that vanishes without a word keeps calls waiting for 10 to 30 s. Set, in the pool, a connection time-out of a
 * second or two (HikariCP: {@code connectionTimeout}), and, in the URL of the PostgreSQL driver,
 * {@code connectTimeout=1&loginTimeout=1&cancelSignalTimeout=1}: the last because a query that is timed out waits for the
 * message that cancels it.
 */
public final class DatabaseSettings {
    private static final DatabaseSettings DEFAULTS =
            new DatabaseSettings(true, UsersTable.own(), Duration.ofSeconds(3), Duration.ofSeconds(60));

    private final boolean migrate;
    private final UsersTable users;
    private final Duration queryTimeout;
    private final Duration reportTimeout;

    private DatabaseSettings(boolean migrate, UsersTable users, Duration queryTimeout, Duration reportTimeout) {
        this.migrate = migrate;
        this.users = Objects.requireNonNull(users, "users");
        this.queryTimeout = atLeastASecond("queryTimeout", queryTimeout);
        this.reportTimeout = atLeastASecond("reportTimeout", reportTimeout);
    }

    /** Migrates, keeps users in tables of its own, 3 s for a query, 60 s for a report. */
    public static DatabaseSettings defaults() {
        return DEFAULTS;
    }

    /**
     * The same, but tables are made and brought up to date by somebody else, for example in deployment under another database
     * role. Opening then only checks that they are.
     */
    public DatabaseSettings withoutMigration() {
        return new DatabaseSettings(false, users, queryTimeout, reportTimeout);
    }

    /** The same with users in this table. */
    public DatabaseSettings withUsers(UsersTable value) {
        return new DatabaseSettings(migrate, value, queryTimeout, reportTimeout);
    }

    /**
     * The same with another limit for what calls wait for: look-ups and appends.
     *
     * @throws IllegalArgumentException if it is shorter than a second
     */
    public DatabaseSettings withQueryTimeout(Duration value) {
        return new DatabaseSettings(migrate, users, value, reportTimeout);
    }

    /**
     * The same with another limit for what no call waits for: the first row, and every further batch, of a CDR listing; loading
     * and replacing rates.
     *
     * @throws IllegalArgumentException if it is shorter than a second
     */
    public DatabaseSettings withReportTimeout(Duration value) {
        return new DatabaseSettings(migrate, users, queryTimeout, value);
    }

    boolean migrate() {
        return migrate;
    }

    UsersTable users() {
        return users;
    }

    Duration queryTimeout() {
        return queryTimeout;
    }

    Duration reportTimeout() {
        return reportTimeout;
    }

    private static Duration atLeastASecond(String name, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(name + " must be at least one second, not " + value);
        }
        return value;
    }
}
