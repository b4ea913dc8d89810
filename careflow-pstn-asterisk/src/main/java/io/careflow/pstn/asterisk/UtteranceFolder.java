package io.careflow.pstn.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where utterances lie as files while a program listens to them, for this user only. Several processes may share it. */
final class UtteranceFolder {
    private static final Logger log = LoggerFactory.getLogger(UtteranceFolder.class);
    private static final String PREFIX = "careflow-utterance-";
    /** Longer than any program may take. */
    private static final Duration LONGEST_USE = Duration.ofSeconds(70);

    private final Path folder;

    private UtteranceFolder(Path folder) {
        this.folder = folder;
    }

    static UtteranceFolder at(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder + " for utterances cannot be made: " + e, e);
        }
        UtteranceFolder made = new UtteranceFolder(folder);
        made.deleteLeft();
        return made;
    }

    Path write(Utterance utterance) throws IOException {
        deleteLeft();
        // Readable and writable for its owner only, as the platform makes temporary files.
        Path file = Files.createTempFile(folder, PREFIX, ".wav");
        try (InputStream wav = utterance.wav();
                OutputStream out = Files.newOutputStream(file)) {
            wav.transferTo(out);
            return file;
        } catch (IOException e) {
            delete(file);
            throw e;
        }
    }

    static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.error("what a caller said is left in {} and must be deleted by hand: {}", file, e.toString());
        }
    }

    /** A process that was killed left its files behind. */
    private void deleteLeft() {
        Instant before = Clock.systemUTC().instant().minus(LONGEST_USE);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*.wav")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    delete(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("utterances that were left in {} cannot be deleted: {}", folder, e.toString());
        }
    }
}
