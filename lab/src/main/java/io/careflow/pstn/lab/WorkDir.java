package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A private folder that disappears on close or when the JVM ends; {@code -Dcareflow.lab.keep=true} keeps it. */
final class WorkDir implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkDir.class);

    private final Path path;
    private final Thread hook = new Thread(this::delete, "lab-cleanup");

    private WorkDir(Path path) {
        this.path = path;
    }

    /** The path stays short: a Unix socket inside it may have 107 characters. */
    static WorkDir create(String name) {
        try {
            Path base = Path.of(System.getProperty("careflow.lab.dir", "/tmp"));
            Path path = Files.createTempDirectory(base, "cf-" + name + "-");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            WorkDir dir = new WorkDir(path);
            Runtime.getRuntime().addShutdownHook(dir.hook);
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    private void delete() {
        if (Boolean.getBoolean("careflow.lab.keep")) {
            LOG.info("kept {}", path);
            return;
        }
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                deleteTree(path);
                return;
            } catch (NoSuchFileException gone) {
                return;
            } catch (IOException stillWritten) {
                LOG.debug("could not delete {} yet", path, stillWritten);
            }
        }
        LOG.warn("could not delete {}", path);
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        delete();
        Hooks.remove(hook);
    }
}
