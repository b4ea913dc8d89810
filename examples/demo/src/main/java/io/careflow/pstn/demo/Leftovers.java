package io.careflow.pstn.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What other runs left: those that {@code --keep} left up on purpose, and those that were killed. */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration FAILED_RUNS_STAY = Duration.ofDays(1);

    private final Journey journey;

    Leftovers(Journey journey) {
        this.journey = journey;
    }

    /** Ends what runs that are dead themselves left running, and deletes their files. */
    void clean() {
        for (RunFolder run : RunFolder.all()) {
            List<Running> processes = run.processes();
            if (processes.isEmpty()) {
                if (run.olderThan(Instant.now().minus(Duration.ofMinutes(1)))) {
                    run.delete();
                }
            } else if (!processes.get(0).alive()) {
                cleanDead(run);
            }
        }
    }

    private void cleanDead(RunFolder run) {
        List<Running> left = run.alive();
        if (!left.isEmpty()) {
            journey.note("An earlier demo was killed; stopping the " + left.size() + " processes it left.");
            end(left);
        }
        if (!run.failed() || run.olderThan(Instant.now().minus(FAILED_RUNS_STAY))) {
            run.delete();
        }
    }

    /** Ends what {@code --keep} left up. */
    void stop() {
        int stopped = 0;
        for (RunFolder run : RunFolder.all()) {
            List<Running> processes = run.alive();
            if (run.kept() && !processes.isEmpty()) {
                Running first = processes.get(0);
                journey.note("Stopping the demo in " + run.path() + " (process " + first.pid() + ") ...");
                first.terminate();
                awaitEnd(processes, PATIENCE);
                end(run.alive());
                run.delete();
                stopped++;
            }
        }
        clean();
        journey.note(stopped == 0 ? "No demo is left up." : "Stopped.");
    }

    private static void end(List<Running> processes) {
        processes.forEach(Running::terminate);
        awaitEnd(processes, Duration.ofSeconds(5));
        processes.forEach(Running::kill);
        awaitEnd(processes, Duration.ofSeconds(2));
    }

    private static void awaitEnd(List<Running> processes, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (processes.stream().anyMatch(Running::alive) && System.nanoTime() < end) {
            Journey.pause(Duration.ofMillis(20));
        }
    }
}
