package io.careflow.pstn.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** Time that passes for guards and for their counters in a database: the clock of guards there is put forward. */
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
        TestPostgres.execute(
                database,
                "CREATE OR REPLACE FUNCTION pstn_guard_moment() RETURNS BIGINT LANGUAGE sql VOLATILE AS $$"
                        + " SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + "
                        + passed.toMillis()
                        + " $$");
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
