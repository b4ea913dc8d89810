package io.careflow.pstn.benchmarks;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What many calls leave behind in Asterisk and in the application, against a bare dialplan. */
@Command(
        name = "leaks",
        description = "What held calls and many calls leave behind: memory, threads, channels, bridges, open files.",
        mixinStandardHelpOptions = true)
final class LeaksBench implements Runnable {
    private static final int WARM_UP_RATE = 100;
    private static final int WARM_UP_CALLS = 1500;
    private static final Duration TALK = Duration.ofMillis(500);
    // Asterisk's SIP transactions live for 32 s, idle threads of its pools for 60 s, ours for 30 s.
    private static final Duration IDLE = Duration.ofSeconds(70);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PEER = "dialplan";
    private static final String DESCRIPTION = """
            Each side has an Asterisk of its own, warmed by 1,500 calls at 100 a second. Then calls are held with two-way
            G.711 (50 packets a second from each side), and after that many calls are made at an even rate, 0.5 s of talk
            each. Before and after, everything rests until SIP transactions and idle threads are gone. A leak is a channel, a
            bridge, a call, a thread or an open file that was not there before; memory is reported apart: Asterisk's
            allocator does not give everything back, so the same calls over the bare dialplan are the measure. The heap is
            that of the application after a collection; its recorder remembers the last 10,000 calls.
            """;

    @Option(names = "--held", description = "calls held at once: ${DEFAULT-VALUE}", defaultValue = "100")
    private int held;

    @Option(names = "--hold", description = "seconds that they are held: ${DEFAULT-VALUE}", defaultValue = "60")
    private int hold;

    @Option(names = "--calls", description = "calls after that: ${DEFAULT-VALUE}", defaultValue = "5000")
    private int calls;

    @Option(names = "--rate", description = "of these calls, per second: ${DEFAULT-VALUE}", defaultValue = "50")
    private int rate;

    @Option(
            names = "--jvm",
            description = "options of the application's JVM: ${DEFAULT-VALUE}",
            defaultValue = "-Xmx256m")
    private List<String> jvm = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--write-docs", description = "write the result into docs/benchmarks.md")
    private boolean writeDocs;

    @Override
    public void run() {
        Report report = new Report("leaks");
        Machine.facts().forEach(report::line);
        Map<Side, Outcome> outcomes = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            try (Testbed bed = Testbed.of(side, true, jvm)) {
                if (outcomes.isEmpty()) {
                    report.line(Machine.asterisk(bed.server()));
                }
                report.line("\n" + side.name().toLowerCase(Locale.ROOT));
                outcomes.put(side, measure(bed, side, report));
            }
        }
        report.line("");
        Outcome ours = outcome(outcomes, Side.CAREFLOW);
        Outcome peer = outcome(outcomes, Side.DIALPLAN);
        report.figure("inbound.leaks", PEER, ours.leaked(), peer.leaked(), 0, "");
        report.figure("inbound.asterisk-growth-mb", PEER, ours.asteriskMegabytes(), peer.asteriskMegabytes(), 1, "");
        report.line(String.format(
                Locale.ROOT, "the application's heap grew by %.1f MB after a collection", ours.heapMegabytes()));
        if (writeDocs) {
            report.writeDocs(DESCRIPTION, Report.command(spec));
        }
    }

    private static Outcome outcome(Map<Side, Outcome> outcomes, Side side) {
        Outcome outcome = outcomes.get(side);
        if (outcome == null) {
            throw new IllegalStateException("nothing was measured for " + side);
        }
        return outcome;
    }

    private Outcome measure(Testbed bed, Side side, Report report) {
        bed.run(side, WARM_UP_RATE, WARM_UP_CALLS, TALK);
        Testbed.pause(IDLE);
        Held before = Held.now(bed);
        Held.heading().forEach(report::line);
        report.line(before.line("before"));

        Step holding = bed.run(side, 25, held, Duration.ofSeconds(hold));
        RtpPeer caller = bed.callerMedia();
        RtpPeer callee = bed.calleeMedia();
        bed.settle(PATIENCE);
        report.line(Held.now(bed).line(held + " calls held"));
        String media = String.format(
                Locale.ROOT,
                "  media: caller sent %d, callee heard %d; callee sent %d, caller heard %d",
                caller.sentPackets(),
                callee.heardPackets(),
                callee.sentPackets(),
                caller.heardPackets());

        Step many = bed.run(side, rate, calls, TALK);
        bed.settle(PATIENCE);
        report.line(Held.now(bed).line(calls + " calls"));
        Testbed.pause(IDLE);
        Held after = rested(bed, before);
        report.line(after.line("after rest"));
        Testbed.pause(LATER);
        Held later = Held.now(bed);
        report.line(later.line("30 s later"));
        report.line(media);
        report.line(String.format(
                Locale.ROOT,
                "  failed: %d of %d held, %d of %d",
                holding.traffic().failed(),
                held,
                many.traffic().failed(),
                calls));
        return new Outcome(
                later.leakedSince(before), later.asteriskGrowthMegabytes(before), later.heapGrowthMegabytes(before));
    }

    private static Held rested(Testbed bed, Held before) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Held now = Held.now(bed);
        while (now.leakedSince(before) > 0 && System.nanoTime() < end) {
            Testbed.pause(Duration.ofSeconds(5));
            now = Held.now(bed);
        }
        return now;
    }

    private record Outcome(int leaked, double asteriskMegabytes, double heapMegabytes) {}
}
