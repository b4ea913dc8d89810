package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pieces of SIPp scenarios. SIPp takes no variables in times and knows no ranges of codes, so we write them out. */
final class Scenario {

    private Scenario() {}

    static String timeout(Duration time, int label) {
        return " timeout=\"" + Math.max(1, time.toMillis()) + "\" ontimeout=\"" + label + "\"";
    }

    /** Lets time pass, unless the other side hangs up. */
    static String waiting(Duration time, int label) {
        return Templates.fill(
                Templates.read("sip/wait.xml"),
                Map.of("TIME", Long.toString(Math.max(1, time.toMillis())), "LABEL", Integer.toString(label)));
    }

    static String provisionals() {
        return IntStream.of(180, 181, 182, 183, 199)
                .mapToObj(code -> "  <recv response=\"" + code + "\" optional=\"true\"/>")
                .collect(Collectors.joining("\n"));
    }

    static String refusals(int label) {
        IntStream codes = IntStream.of(
                300, 301, 302, 305, 380, 400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 413, 414, 415, 416, 420, 421,
                422, 423, 433, 480, 481, 482, 483, 484, 485, 486, 487, 488, 489, 491, 493, 500, 501, 502, 503, 504, 505,
                513, 580, 600, 603, 604, 606, 607, 608);
        return codes.mapToObj(code -> "  <recv response=\"" + code + "\" optional=\"true\" next=\"" + label + "\"/>")
                .collect(Collectors.joining("\n"));
    }
}
