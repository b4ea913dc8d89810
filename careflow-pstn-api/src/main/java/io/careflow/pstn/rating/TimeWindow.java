package io.careflow.pstn.rating;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hours of some days of the week, by the clock of the deck's zone. A night that reaches into the next day is two windows. Immutable
 * and thread-safe.
 *
 * @param days the days, at least one
 * @param from when the window begins on each of them
 * @param to when it has ended; midnight is the end of the day, 24:00
 */
public record TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    private static final List<DayOfWeek> WEEK = List.of(DayOfWeek.values());

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if there is no day, or the window ends before or where it begins
     */
    public TimeWindow {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("window needs at least one day");
        }
        if (!isEndOfDay(to) && !from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "window must begin before it ends, not " + from + "-" + to + "; one over midnight is two windows");
        }
    }

    /**
     * A window as rate sheets write it: {@code MON-FRI 08:00-18:00}, {@code SAT,SUN 00:00-24:00}. Days may wrap around the week.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static TimeWindow parse(String text) {
        String[] parts = text.split(" ", -1);
        String[] hours = parts.length == 2 ? parts[1].split("-", -1) : new String[0];
        if (hours.length != 2) {
            throw new IllegalArgumentException("window must read like 'MON-FRI 08:00-18:00', not '" + text + "'");
        }
        try {
            LocalTime to = hours[1].equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(hours[1]);
            EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
            Arrays.stream(parts[0].split(",", -1)).forEach(span -> addDays(days, span));
            return new TimeWindow(days, LocalTime.parse(hours[0]), to);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("window has no such time: '" + text + "'", e);
        }
    }

    /** Whether this moment of the clock lies in the window: its begin does, its end does not. */
    public boolean contains(LocalDateTime local) {
        LocalTime time = local.toLocalTime();
        return days.contains(local.getDayOfWeek()) && !time.isBefore(from) && (isEndOfDay(to) || time.isBefore(to));
    }

    /** Whether some moment lies in both. */
    public boolean overlaps(TimeWindow other) {
        return days.stream().anyMatch(other.days::contains)
                && (isEndOfDay(other.to) || from.isBefore(other.to))
                && (isEndOfDay(to) || other.from.isBefore(to));
    }

    /** All of them in one text; empty if there are none. */
    static String text(List<TimeWindow> windows) {
        return windows.isEmpty()
                ? ""
                : windows.stream().map(TimeWindow::toString).collect(Collectors.joining("+"));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return daysText() + " " + from + "-" + (isEndOfDay(to) ? "24:00" : to.toString());
    }

    private String daysText() {
        List<DayOfWeek> sorted = days.stream().sorted().toList();
        DayOfWeek first = sorted.get(0);
        DayOfWeek last = sorted.get(sorted.size() - 1);
        boolean unbroken = last.getValue() - first.getValue() == sorted.size() - 1;
        return unbroken && sorted.size() > 1
                ? shortName(first) + "-" + shortName(last)
                : sorted.stream().map(TimeWindow::shortName).collect(Collectors.joining(","));
    }

    private static void addDays(Set<DayOfWeek> days, String span) {
        String[] ends = span.split("-", 2);
        DayOfWeek last = day(ends[ends.length - 1]);
        for (DayOfWeek day = day(ends[0]); day != last; day = day.plus(1)) {
            days.add(day);
        }
        days.add(last);
    }

    private static DayOfWeek day(String name) {
        return WEEK.stream()
                .filter(day -> shortName(day).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "window has no such day: '" + name + "', only MON, TUE, WED, THU, FRI, SAT, SUN"));
    }

    private static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3);
    }

    private static boolean isEndOfDay(LocalTime to) {
        return to.equals(LocalTime.MIDNIGHT);
    }
}
