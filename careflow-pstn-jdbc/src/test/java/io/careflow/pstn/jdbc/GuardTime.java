package io.careflow.pstn.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** Time that passes for guards and for their counters in a database: rows are made older, or its clock is put forward. */
final class GuardTime extends Clock {
    private final DataSource database;
    private final Instant start;
    private Duration passed = Duration.ZERO;

    GuardTime(DataSource database, Instant start) {
        this.database = database;
        this.start = start;
    }

    @Override
    public Instant instant() {
        return start.plus(passed);
    }

    void go(Duration time) {
        passed = passed.plus(time);
        if (hasClock()) {
            TestPostgres.execute(
                    database,
                    "CREATE OR REPLACE FUNCTION pstn_guard_moment() RETURNS BIGINT LANGUAGE sql VOLATILE AS $$"
                            + " SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + "
                            + passed.toMillis()
                            + " $$");
            return;
        }
        for (String column : List.of(
                "pstn_guard_leases.expires_at",
                "pstn_guard_members.seen_at",
                "pstn_guard_holders.taken_at",
                "pstn_guard_holders.forget_at")) {
            String[] names = column.split("\\.", -1);
            age(names[0], names[1], time);
        }
        // Rows next to each other are in each other's way while all move.
        age("pstn_guard_counts", "slot", Duration.ofDays(36_500));
        age("pstn_guard_counts", "slot", time.minus(Duration.ofDays(36_500)));
    }

    private void age(String table, String column, Duration by) {
        TestPostgres.execute(
                database,
                "UPDATE " + table + " SET " + column + " = " + column + " - interval '" + by.toMillis() + " ms'");
    }

    private boolean hasClock() {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT to_regprocedure('pstn_guard_moment()') IS NOT NULL")) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
