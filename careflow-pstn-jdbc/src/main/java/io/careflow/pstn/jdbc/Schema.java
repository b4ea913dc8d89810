package io.careflow.pstn.jdbc;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings our tables up to date, or checks that they are. Two histories: the tables that are always ours, and the users tables,
 * which exist only where the host has none.
 */
final class Schema {
    private static final String LOCATION = "classpath:io/careflow/pstn/jdbc/schema/";
    private static final String HISTORY = "careflow_pstn_history";

    private Schema() {}

    static void prepare(DataSource dataSource, DatabaseSettings settings) {
        prepare(dataSource, settings.migrate(), "core", HISTORY);
        if (settings.users().isOwn()) {
            prepare(dataSource, settings.migrate(), "users", HISTORY + "_users");
        }
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
                    .load();
            if (migrate) {
                flyway.migrate();
            } else {
                flyway.validate();
            }
        } catch (FlywayException e) {
            throw new StoreUnavailable(
                    migrate ? "schema.migrate" : "schema.check",
                    "tables of part '" + part + "' (history table " + history + ") are not usable: " + e.getMessage(),
                    null,
                    e);
        }
    }
}
