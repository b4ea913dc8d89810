package io.careflow.pstn.guard;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Set;

/**
 * When a tenant works, by its own clocks, so also over the change to summer time.
 *
 * @param zone where
 * @param days the days on which the hours begin
 * @param from the first minute
 * @param to the first minute after; not after {@code from} means that of the next day
 */
public record BusinessHours(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public BusinessHours {
        Objects.requireNonNull(zone, "zone");
        days = Set.copyOf(days);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    /** Whether the tenant works then. */
    public boolean isOpen(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        LocalTime clock = local.toLocalTime();
        boolean started = days.contains(local.getDayOfWeek()) && !clock.isBefore(from);
        if (from.isBefore(to)) {
            return started && clock.isBefore(to);
        }
        return started || (days.contains(local.minusDays(1).toLocalDate().getDayOfWeek()) && clock.isBefore(to));
    }

    @Override
    public String toString() {
        return from + " to " + to + " " + zone;
    }
}
