package io.careflow.pstn.demo;

import io.careflow.pstn.lab.PhoneScript;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows an inbound call and a callback, each to its CDR, with a real Asterisk, PostgreSQL and SIP phones on loopback. */
@Command(name = "./demo", sortOptions = false, usageHelpWidth = 100)
public final class Demo implements Callable<Integer> {
    private final List<String> arguments;
    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--json", description = "Print one JSON object per CDR as the last lines, all else on stderr.")
    private boolean json;

    @Option(names = "--keep", description = "Leave everything up, and say how to call it and how to stop it.")
    private boolean keep;

    @Option(names = "--stop", description = "Stop what --keep left up.")
    private boolean stop;

    @Option(names = "--jdbc-url", paramLabel = "URL", description = "Use this PostgreSQL, in a schema of its own.")
    private @Nullable String jdbcUrl;

    @Option(
            names = "--jdbc-user",
            paramLabel = "USER",
            description = "Its user, also CAREFLOW_JDBC_USER.",
            defaultValue = "${env:CAREFLOW_JDBC_USER}")
    private @Nullable String jdbcUser;

    @Option(
            names = "--jdbc-password",
            paramLabel = "PASSWORD",
            description = "Its password, also CAREFLOW_JDBC_PASSWORD.",
            defaultValue = "${env:CAREFLOW_JDBC_PASSWORD}")
    private @Nullable String jdbcPassword;

    @Option(names = "--phone", hidden = true, defaultValue = "answers")
    private PhoneBehaviour phone = PhoneBehaviour.answers;

    @Option(names = Detached.OPTION, hidden = true)
    private @Nullable Path detached;

    private Demo(List<String> arguments, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /** What the phone does; all but the first make the demo fail. */
    enum PhoneBehaviour {
        answers,
        declines,
        busy
    }

    /** Runs the program and ends the JVM: 0 if every step held, 1 if one did not, 2 if the options are wrong. */
    public static void main(String[] args) {
        LogManager.getLogManager().reset();
        CommandLine line = new CommandLine(new Demo(List.of(args), System.out, System.err));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            System.err.println("demo: " + failure.getMessage());
            return 1;
        });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Journey journey = new Journey(json ? err : out);
        if (stop) {
            new Leftovers(journey).stop();
            return 0;
        }
        if (keep && detached == null) {
            return Detached.launch(arguments, out, err);
        }
        new Leftovers(journey).clean();
        RunFolder run = detached == null ? RunFolder.create() : RunFolder.adopt(detached);
        System.setProperty("careflow.demo.log", run.file("demo.log").toString());
        System.setProperty("careflow.lab.dir", run.path().toString());
        LoggerFactory.getLogger(Demo.class).info("options {}", keep ? "--keep" : "");
        Scene scene = new Scene(journey, run);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(journey, scene, run), "end"));
        List<CdrRow> cdrs;
        try {
            cdrs = play(journey, scene, run);
        } catch (RuntimeException | Error e) {
            return failed(journey, scene, run, e);
        }
        if (json) {
            cdrs.forEach(cdr -> out.println(cdr.json()));
            out.flush();
        }
        if (keep) {
            stayUp(scene, run);
        }
        return 0;
    }

    private List<CdrRow> play(Journey journey, Scene scene, RunFolder run) {
        BorrowedDatabase borrowed = jdbcUrl == null ? null : BorrowedDatabase.of(jdbcUrl, jdbcUser, jdbcPassword);
        scene.start(borrowed, script());
        Aftermath aftermath = new Aftermath(journey, scene);
        journey.note("");
        journey.note("A call from outside");
        aftermath.inbound(new PhoneCall(journey, scene, run.file("sip.log")).make());
        journey.note("");
        journey.note("A callback");
        Callback callback = new Callback(journey, scene, run.file("sip.log"));
        aftermath.callback(callback.make());
        callback.refused();
        aftermath.refused();
        aftermath.nothingLeft();
        List<CdrRow> cdrs = scene.database().cdrs();
        if (!keep) {
            stopAll(journey, scene, run);
        }
        journey.note("");
        CdrTable.lines(cdrs).forEach(journey::note);
        if (keep) {
            HowToCall.lines(scene, run).forEach(journey::note);
        }
        return cdrs;
    }

    private static void stopAll(Journey journey, Scene scene, RunFolder run) {
        run.remember();
        List<Running> processes = new ArrayList<>(run.processes());
        processes.remove(0);
        scene.close();
        Journey.await(
                "no process left running",
                Duration.ofSeconds(5),
                () -> processes.stream().noneMatch(Running::alive),
                () -> "processes "
                        + processes.stream()
                                .filter(Running::alive)
                                .map(Running::pid)
                                .toList());
        journey.step("all %d processes are stopped", processes.size());
    }

    private PhoneScript script() {
        Duration ringing = Duration.ofSeconds(1);
        return switch (phone) {
            case answers -> PhoneScript.answer(ringing);
            case declines -> PhoneScript.decline(ringing);
            case busy -> PhoneScript.busy(ringing);
        };
    }

    private static int failed(Journey journey, Scene scene, RunFolder run, Throwable failure) {
        // Ctrl-C reaches what was started as well, perhaps before it reaches us.
        Journey.pause(Duration.ofMillis(200));
        if (journey.muted()) {
            return 1;
        }
        LoggerFactory.getLogger(Demo.class).error("failed", failure);
        run.markFailed();
        if (failure instanceof Broken broken) {
            journey.step("FAILED");
            journey.note("  expected  " + broken.expected());
            journey.note("  seen      " + broken.seen());
        } else {
            journey.step("FAILED: %s", String.valueOf(failure.getMessage()));
        }
        scene.close();
        journey.note("  logs      " + run.path() + " (" + String.join(", ", run.logs()) + ")");
        return 1;
    }

    private static void stayUp(Scene scene, RunFolder run) throws IOException {
        run.remember();
        run.markKept();
        Detached.announceUp(run);
        while (true) {
            Journey.pause(Duration.ofMinutes(5));
            scene.renew();
        }
    }

    private static void end(Journey journey, Scene scene, RunFolder run) {
        journey.mute();
        scene.close();
        if (!run.failed()) {
            run.delete();
        }
    }
}
