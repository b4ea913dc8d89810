package io.careflow.pstn.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many calls a second our routing takes, and what it adds to the answer, against a dialplan on the same Asterisk. */
@Command(
        name = "inbound",
        description = "An inbound call routed to a phone: our application against a bare dialplan.",
        mixinStandardHelpOptions = true)
final class InboundBench implements Runnable {
    private static final Duration TALK = Duration.ofMillis(500);
    private static final int GIVE_UP = 2;
    private static final int DISTURBED = 30;
    private static final int SLOWEST = 50;
    private static final int WARM_UP_RATE = 100;
    private static final String PEER = "dialplan";
    private static final String DESCRIPTION = """
            A personal number rings its user's phone. The peer is one line of dialplan, `Dial(PJSIP/2001,30)`. Ours is the
            inbound desk over a directory in memory, with CDRs, in a JVM of its own, on the same Asterisk with the same
            caller and callee. Times are from INVITE to 180 and to 200 at the caller (nanosecond clock in the load
            generator), the 200 without the 100 ms that the phone rings. Calls talk for 0.5 s without media; the caller hangs
            up. A rate is clean when no call fails, nothing is sent twice in either direction, and 99 of 100 calls are
            answered within 100 ms. Figures are medians of the rounds; all rounds are shown. Load generator, Asterisk and
            application share the machine; "others" is what else used it meanwhile, in percent of one core. A step that
            fails while others use more than 30 percent is done again, three times at most, whichever side it is.
            """;

    @Option(
            names = "--rates",
            split = ",",
            description = "calls per second: ${DEFAULT-VALUE}",
            defaultValue = "50,100,200,250,300,350,400,450,500")
    private List<Integer> rates = List.of();

    @Option(names = "--seconds", description = "length of each step: ${DEFAULT-VALUE}", defaultValue = "6")
    private int seconds;

    @Option(names = "--rounds", description = "repetitions: ${DEFAULT-VALUE}", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--warm-up",
            description = "calls per side before measuring: ${DEFAULT-VALUE}",
            defaultValue = "1800")
    private int warmUp;

    @Option(
            names = "--jvm",
            description = "options of the application's JVM: ${DEFAULT-VALUE}",
            defaultValue = "-Xmx256m")
    private List<String> jvm = List.of();

    @Option(
            names = "--patience",
            description = "seconds to wait for a quiet machine before each step: ${DEFAULT-VALUE}",
            defaultValue = "20")
    private int patience;

    @Option(
            names = "--attempts",
            description = "tries of a step that fails while others use more than 30%% of a core: ${DEFAULT-VALUE}",
            defaultValue = "3")
    private int attempts;

    @Option(names = "--only", hidden = true, description = "one side alone, to profile it")
    private List<Side> only = List.of(Side.values());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--write-docs", description = "write the result into docs/benchmarks.md")
    private boolean writeDocs;

    @Override
    public void run() {
        Report report = new Report("inbound");
        Machine.facts().forEach(report::line);
        List<List<Step>> all = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            try (Testbed bed = Testbed.silent(jvm)) {
                if (round == 1) {
                    report.line(Machine.asterisk(bed.server()));
                }
                report.line("\nround " + round + " of " + rounds + "\n" + Step.HEADER);
                all.add(round(bed, report, round));
            }
        }
        report.line("");
        figures(report, all);
        if (writeDocs) {
            report.writeDocs(DESCRIPTION, Report.command(spec));
        }
    }

    private List<Step> round(Testbed bed, Report report, int round) {
        List<Side> order = new ArrayList<>(only);
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        for (int i = 0; i < 3; i++) {
            order.forEach(side -> bed.run(side, WARM_UP_RATE, warmUp / 3, TALK));
        }
        List<Step> steps = new ArrayList<>();
        Map<Side, Integer> failures = new EnumMap<>(Side.class);
        for (int rate : rates) {
            for (Side side : order) {
                if (failures.getOrDefault(side, 0) < GIVE_UP) {
                    Step step = step(bed, report, side, rate);
                    steps.add(step);
                    failures.put(side, step.clean() ? 0 : failures.getOrDefault(side, 0) + 1);
                }
            }
        }
        return steps;
    }

    // Both sides alike: what others spoilt is done again, what we spoilt counts.
    private Step step(Testbed bed, Report report, Side side, int rate) {
        for (int attempt = 1; ; attempt++) {
            bed.settle(Duration.ofSeconds(60));
            Machine.awaitQuiet(10, Duration.ofSeconds(patience));
            Step step = bed.run(side, rate, rate * seconds, TALK);
            boolean again = attempt < attempts && !step.clean() && step.background() > DISTURBED;
            report.line(step.line() + (again ? " disturbed, done again" : ""));
            if (!again) {
                return step;
            }
        }
    }

    private static void figures(Report report, List<List<Step>> all) {
        compare(report, all, "clean-rate", steps -> 0, 0, true);
        compare(report, all, "answer-median-ms", Step::median, 2, false);
        compare(report, all, "ringing-median-ms", step -> step.traffic().ringingWithin(0.5), 2, false);
        compare(report, all, "cpu-ms-per-call", step -> step.asteriskMillis() + step.applicationMillis(), 2, false);
    }

    private static void compare(
            Report report,
            List<List<Step>> all,
            String name,
            ToDoubleFunction<Step> figure,
            int decimals,
            boolean rate) {
        Rounds ours = rounds(all, Side.CAREFLOW, figure, rate);
        Rounds theirs = rounds(all, Side.DIALPLAN, figure, rate);
        double added = ours.median() - theirs.median();
        String more = "";
        if (name.equals("answer-median-ms")) {
            name = "added-median-ms";
            more = String.format(Locale.ROOT, "added=%.2f ", added);
        }
        report.figure(
                "inbound." + name,
                PEER,
                ours.median(),
                theirs.median(),
                decimals,
                more + "rounds-ours=" + ours.spread(decimals) + " rounds-peer=" + theirs.spread(decimals));
    }

    private static Rounds rounds(List<List<Step>> all, Side side, ToDoubleFunction<Step> figure, boolean rate) {
        return Rounds.of(all, steps -> rate ? Rounds.cleanRate(steps, side) : Rounds.at(steps, side, SLOWEST, figure));
    }
}
