package io.careflow.pstn.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Brings our tables up to date, or checks that they are. Two histories: the tables that are always ours, and the users tables,
 * which exist only where the host has none.
 */
final class Schema {
    private static final String LOCATION = "classpath:io/careflow/pstn/jdbc/schema/";
    private static final String HISTORY = "careflow_pstn_history";

    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Schema() {}

    static void prepare(DataSource dataSource, DatabaseSettings settings) {
        reach(dataSource, operation(settings.migrate()));
        prepare(dataSource, settings.migrate(), "core", HISTORY);
        if (settings.users().isOwn()) {
            prepare(dataSource, settings.migrate(), "users", HISTORY + "_users");
        }
    }

    /** Whether the tables that are always ours are up to date; changes nothing. */
    static void check(DataSource dataSource) {
        reach(dataSource, operation(false));
        prepare(dataSource, false, "core", HISTORY);
    }

    private static String operation(boolean migrate) {
        return migrate ? "schema.migrate" : "schema.check";
    }

    /** Without it Flyway's many lines would have to say that nobody is there. */
    private static void reach(DataSource dataSource, String operation) {
        try (Connection connection = dataSource.getConnection()) {
            connection.getAutoCommit();
        } catch (SQLException e) {
            throw unreachable(operation, e, e.getSQLState());
        } catch (RuntimeException e) {
            throw unreachable(operation, e, null); // pools have exceptions of their own for their first connection
        }
    }

    private static StoreUnavailable unreachable(String operation, Exception failure, @Nullable String sqlState) {
        String why = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
        return new StoreUnavailable(operation, "the database cannot be reached: " + why, sqlState, failure);
    }

    private static void prepare(DataSource dataSource, boolean migrate, String part, String history) {
        try {
            Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations(LOCATION + part)
                    .table(history)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .placeholderReplacement(false)
                    .cleanDisabled(true)
                    .failOnMissingLocations(true)
                    .load();
            if (migrate) {
                migrate(flyway);
            } else {
                flyway.validate();
            }
        } catch (FlywayException e) {
            throw new StoreUnavailable(
                    operation(migrate),
                    "tables of part '" + part + "' (history table " + history + ") are not usable: " + e.getMessage(),
                    null,
                    e);
        }
    }

    /** Flyway's nodes wait for each other, but for the moment between making the history and its first line. */
    private static void migrate(Flyway flyway) {
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                boolean another = String.valueOf(e.getMessage()).contains("Unable to baseline");
                if (!another || attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
