package io.careflow.pstn.benchmarks;

import java.util.Locale;

/**
 * One load at one rate.
 *
 * @param resentByUs SIP messages that callers and callee sent again
 * @param resentByAsterisk SIP messages that Asterisk sent again
 * @param asteriskMillis processor time of Asterisk per call
 * @param applicationMillis processor time of the application's JVM per call
 * @param generatorMillis processor time of the load itself per call
 * @param background what others used of the machine meanwhile, in percent of one core
 */
record Step(
        Side side,
        double rate,
        Traffic traffic,
        long resentByUs,
        long resentByAsterisk,
        double asteriskMillis,
        double applicationMillis,
        double generatorMillis,
        double background) {
    private static final double LIMIT_MILLIS = 100;

    static final String HEADER =
            " rate  routed by    180 p50    p99   200 p50    p99   failed  resent   cpu/call: ast   app  load   others";

    /** Median from INVITE to 200 without the time that the callee rang. */
    double median() {
        return traffic.answeredWithin(0.5) - Testbed.ANSWER_DELAY.toMillis();
    }

    /** As {@link #median}, for 99 of 100 calls. */
    double p99() {
        return traffic.answeredWithin(0.99) - Testbed.ANSWER_DELAY.toMillis();
    }

    boolean clean() {
        return traffic.failed() == 0 && resentByUs == 0 && resentByAsterisk == 0 && p99() < LIMIT_MILLIS;
    }

    /** One line of the table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%5.0f  %-10s %9.1f %6.1f %9.1f %6.1f   %6d %3d+%-3d %14.1f %5.1f %5.1f   %5.0f%% %s%s",
                rate,
                side.name().toLowerCase(Locale.ROOT),
                traffic.ringingWithin(0.5),
                traffic.ringingWithin(0.99),
                median(),
                p99(),
                traffic.failed(),
                resentByUs,
                resentByAsterisk,
                asteriskMillis,
                applicationMillis,
                generatorMillis,
                background,
                clean() ? "clean" : "",
                traffic.failed() == 0 ? "" : traffic.failures().toString());
    }
}
