package io.careflow.pstn.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The folder of one run: logs, working files, and the processes it started, so that a later run can tell what was left
 * behind. The folders of a user's runs lie side by side in {@link #base()}.
 */
final class RunFolder {
    private static final String STATE = "processes";
    private static final String FAILED = "failed";
    private static final String KEPT = "kept";

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /** Where this user's runs are: short, since a Unix socket's path is limited, and open to the user Asterisk runs as. */
    static Path base() {
        try {
            Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            Path base = basePath();
            Files.createDirectories(
                    base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!uid.equals(Files.getAttribute(base, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                throw new Broken(base + " to be a folder of this user's", "it belongs to somebody else");
            }
            Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
            return base;
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the demo's files below /tmp", e);
        }
    }

    private static Path basePath() throws IOException {
        return Path.of("/tmp", "careflow-demo-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /** A new folder of this process. */
    static RunFolder create() {
        try {
            Path path = newFolder();
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            RunFolder run = new RunFolder(path);
            run.remember();
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newFolder() throws IOException {
        try {
            return Files.createTempDirectory(base(), "run-");
        } catch (NoSuchFileException e) {
            return Files.createTempDirectory(base(), "run-"); // a run that just ended took the base along
        }
    }

    /** A folder that is there already. */
    static RunFolder at(Path path) {
        return new RunFolder(path);
    }

    /** A folder that the process in front made for this one. */
    static RunFolder adopt(Path path) throws IOException {
        RunFolder run = new RunFolder(path);
        Files.delete(run.file(STATE));
        run.remember();
        return run;
    }

    static List<RunFolder> all() {
        try {
            if (!Files.exists(basePath(), LinkOption.NOFOLLOW_LINKS)) {
                return List.of();
            }
            try (Stream<Path> folders = Files.list(base())) {
                return folders.filter(Files::isDirectory).map(RunFolder::new).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteBaseIfEmpty() {
        try {
            Files.deleteIfExists(basePath());
        } catch (IOException e) {
            LoggerFactory.getLogger(RunFolder.class).debug("the folder of all runs holds others", e);
        }
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** The logs that there are. */
    List<String> logs() {
        return Stream.of("demo.log", "application.log", "asterisk.log", "kamailio.log", "sip.log")
                .filter(name -> Files.exists(file(name)))
                .toList();
    }

    /** Writes down this process and all that it started; the first line is this process. */
    synchronized void remember(long... others) {
        Set<Running> processes = new LinkedHashSet<>();
        processes.add(Running.of(ProcessHandle.current().pid()).orElseThrow());
        processes().stream().filter(Running::alive).forEach(processes::add);
        ProcessHandle.current()
                .descendants()
                .forEach(child -> Running.of(child.pid()).ifPresent(processes::add));
        for (long pid : others) {
            Running.of(pid).ifPresent(processes::add);
        }
        try {
            Path draft = Files.write(
                    file(STATE + ".new"), processes.stream().map(Running::line).toList());
            Files.move(draft, file(STATE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Running> processes() {
        try {
            return Files.exists(file(STATE))
                    ? Files.readAllLines(file(STATE)).stream()
                            .map(Running::parse)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written down and still runs, and whatever else works in this folder. */
    List<Running> alive() {
        Set<Running> alive = new LinkedHashSet<>(processes());
        ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> Running.worksIn(pid, path))
                .forEach(pid -> Running.of(pid).ifPresent(alive::add));
        return alive.stream().filter(Running::alive).toList();
    }

    void markFailed() {
        mark(FAILED);
    }

    void markKept() {
        mark(KEPT);
    }

    boolean failed() {
        return Files.exists(file(FAILED));
    }

    boolean kept() {
        return Files.exists(file(KEPT));
    }

    boolean olderThan(Instant moment) {
        try {
            return Files.getLastModifiedTime(path).compareTo(FileTime.from(moment)) < 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private void mark(String name) {
        try {
            Files.writeString(file(name), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes it all, as far as it goes: what is still written to is left to the next run. The last run takes the base along. */
    void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LoggerFactory.getLogger(RunFolder.class).debug("{} is not deleted yet", path, e);
        }
        deleteBaseIfEmpty();
    }
}
