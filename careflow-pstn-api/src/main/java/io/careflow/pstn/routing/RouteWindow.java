package io.careflow.pstn.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A time of the week, by the clock on the wall of a zone. It follows that clock through summer time: an hour that is skipped is in
 * no window, an hour that comes twice is in it twice.
 *
 * @param zone whose clock
 * @param days on which it begins; at least one
 * @param from first moment of it
 * @param to first moment after it; not later than {@code from} means on the next day, so that equal times are a whole day
 */
public record RouteWindow(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public RouteWindow {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (days.isEmpty()) {
            throw new IllegalArgumentException("days of a window are none at all; allowed are one to seven");
        }
        days = Set.copyOf(days);
    }

    /** The same hours on each day of the week. */
    public static RouteWindow daily(ZoneId zone, LocalTime from, LocalTime to) {
        return new RouteWindow(zone, EnumSet.allOf(DayOfWeek.class), from, to);
    }

    /** The hours from Monday to Friday. */
    public static RouteWindow workdays(ZoneId zone, LocalTime from, LocalTime to) {
        return new RouteWindow(zone, EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), from, to);
    }

    /** Whether a moment lies in the window. */
    public boolean contains(Instant moment) {
        ZonedDateTime there = moment.atZone(zone);
        LocalTime time = there.toLocalTime();
        boolean overMidnight = !from.isBefore(to);
        boolean begunToday =
                days.contains(there.getDayOfWeek()) && !time.isBefore(from) && (overMidnight || time.isBefore(to));
        boolean begunYesterday =
                overMidnight && days.contains(there.getDayOfWeek().minus(1)) && time.isBefore(to);
        return begunToday || begunYesterday;
    }

    /** For people, for example {@code MON,TUE 08:00-18:00 Europe/Berlin}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (days.contains(day)) {
                text.append(text.isEmpty() ? "" : ",").append(day.name(), 0, 3);
            }
        }
        return text + " " + from + "-" + to + " " + zone;
    }
}
