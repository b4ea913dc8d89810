package io.careflow.pstn.rating;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;

/** Windows as plain numbers, so that asking for the hour allocates nothing: for each the days as bits, then begin and end in nanoseconds. */
final class Hours {

    private static final long NANOS = 1_000_000_000L;
    private static final long DAY = 86_400;
    private static final int FIELDS = 3;

    /** 1970 began on a Thursday. */
    private static final int DAYS_FROM_MONDAY = 3;

    private Hours() {}

    static long[] of(List<TimeWindow> windows) {
        long[] hours = new long[windows.size() * FIELDS];
        for (int i = 0; i < windows.size(); i++) {
            TimeWindow window = windows.get(i);
            for (DayOfWeek day : window.days()) {
                hours[i * FIELDS] |= 1L << day.getValue();
            }
            hours[i * FIELDS + 1] = window.from().toNanoOfDay();
            hours[i * FIELDS + 2] = window.to().equals(LocalTime.MIDNIGHT)
                    ? DAY * NANOS
                    : window.to().toNanoOfDay();
        }
        return hours;
    }

    /** Whether one of the windows has this moment of the clock, given as seconds since 1970 in local time. */
    static boolean contain(long[] hours, long localSecond, int nano) {
        long epochDay = Math.floorDiv(localSecond, DAY);
        long time = (localSecond - epochDay * DAY) * NANOS + nano;
        long day = 2L << Math.floorMod(epochDay + DAYS_FROM_MONDAY, 7L);
        for (int i = 0; i < hours.length; i += FIELDS) {
            if ((hours[i] & day) != 0 && time >= hours[i + 1] && time < hours[i + 2]) {
                return true;
            }
        }
        return false;
    }
}
