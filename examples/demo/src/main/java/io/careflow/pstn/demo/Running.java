package io.careflow.pstn.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, known by its id and the moment it started, so that a later process that got the same id is not taken for it.
 *
 * @param pid its id
 * @param startedTicks clock ticks from the machine's start to its own
 */
record Running(long pid, String startedTicks) {

    static Optional<Running> of(long pid) {
        return startOf(pid).map(start -> new Running(pid, start));
    }

    static Running parse(String line) {
        String[] parts = line.split(" ", 2);
        return new Running(Long.parseLong(parts[0]), parts[1]);
    }

    String line() {
        return pid + " " + startedTicks;
    }

    boolean alive() {
        return startOf(pid).filter(startedTicks::equals).isPresent();
    }

    /** SIGTERM; does nothing if it is gone. */
    void terminate() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    /** SIGKILL; does nothing if it is gone. */
    void kill() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Whether the process's working directory is in the folder. */
    static boolean worksIn(long pid, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .startsWith(folder);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    /** Field 22 of the process's stat line together with the boot it counts from; none if it is gone or a zombie. */
    private static Optional<String> startOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return afterName[0].equals("Z") ? Optional.empty() : Optional.of(afterName[19] + "@" + boot);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
