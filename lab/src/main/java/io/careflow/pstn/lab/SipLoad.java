package io.careflow.pstn.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Many calls of one description from the carrier, at a rate. Memory: Asterisk remembers each call's SIP for 32 s, so
 * keep rate times duration small. A {@link SipCaller#cancelAfter} of the description is not obeyed here.
 */
public final class SipLoad {

    private final SipCaller caller;
    private int calls = 100;
    private double rate = 20;
    private int concurrent = 1_000;

    private SipLoad(SipCaller caller) {
        this.caller = caller;
    }

    /** Begins the description of a load; the call should end by itself soon. */
    public static SipLoad of(SipCaller caller) {
        return new SipLoad(caller);
    }

    /** How many calls. */
    public SipLoad calls(int value) {
        calls = value;
        return this;
    }

    /** How many begin each second. */
    public SipLoad perSecond(double value) {
        rate = value;
        return this;
    }

    /** How many may be up at once; more are not begun meanwhile. */
    public SipLoad concurrent(int value) {
        concurrent = value;
        return this;
    }

    /** Makes the calls and returns when all are over, or failed by taking too long. */
    public LoadResult run() {
        SipServer server = caller.server();
        Duration limit = Duration.ofMillis((long) (2_000 * calls / rate)).plus(caller.longest());
        long start = System.nanoTime();
        try (Sipp sipp = Sipp.startUntraced(
                server.carrierAddress(),
                server.newPort(server.carrierAddress()),
                caller.scenario(""),
                arguments(server, limit),
                message -> {})) {
            if (!sipp.waitFor(limit.plusSeconds(10))) {
                throw new LabException("load did not end in " + limit + ": " + sipp.failure());
            }
            return result(sipp, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private List<String> arguments(SipServer server, Duration limit) {
        // A rate below one call a second is given as calls in a longer period.
        int period = rate >= 1 ? 1_000 : (int) (1_000 / rate);
        return List.of(
                server.address() + ":" + server.sipPort(),
                "-m",
                Integer.toString(calls),
                "-r",
                Long.toString(Math.max(1, Math.round(rate * period / 1_000))),
                "-rp",
                Integer.toString(period),
                "-l",
                Integer.toString(concurrent),
                "-timeout",
                limit.toSeconds() + "s",
                "-trace_stat",
                "-stf",
                "statistics",
                "-fd",
                "1",
                "-trace_rtt",
                "-rtt_freq",
                "1");
    }

    private static LoadResult result(Sipp sipp, Duration elapsed) {
        List<String> rows = sipp.text("statistics").lines().toList();
        if (rows.size() < 2) {
            throw new LabException("SIPp left no statistics: " + sipp.failure());
        }
        List<String> names = Arrays.asList(rows.get(0).split(";", -1));
        List<String> values = Arrays.asList(rows.get(rows.size() - 1).split(";", -1));
        List<Duration> answers = sipp.textsEnding("_rtt.csv").stream()
                .flatMap(String::lines)
                .map(line -> line.split(";", -1))
                .filter(fields -> fields.length > 1 && fields[1].matches("[0-9.]+"))
                .map(fields -> Duration.ofNanos((long) (Double.parseDouble(fields[1]) * 1_000_000)))
                .sorted()
                .toList();
        return new LoadResult(
                number(names, values, "TotalCallCreated"),
                number(names, values, "SuccessfulCall(C)"),
                number(names, values, "FailedCall(C)"),
                number(names, values, "Retransmissions(C)"),
                elapsed,
                answers);
    }

    private static int number(List<String> names, List<String> values, String name) {
        int column = names.indexOf(name);
        if (column < 0 || column >= values.size()) {
            throw new LabException("SIPp reports no " + name);
        }
        return Integer.parseInt(values.get(column));
    }
}
