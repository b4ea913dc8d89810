package io.careflow.pstn.jdbc;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records on disk, one file per call, named by a hash of the call. A file with its final name is complete and forced to disk.
 * One process at a time; only its user can read the files. Thread-safe.
 */
final class SpoolDirectory implements AutoCloseable {
    private static final String READY = ".json";
    private static final String UNFINISHED = ".tmp";

    private final Path waiting;
    private final Path aside;
    private final FileChannel lockFile;
    private final ReentrantLock naming = new ReentrantLock();
    private final CdrJson json = new CdrJson();

    private SpoolDirectory(Path directory, FileChannel lockFile) {
        this.waiting = directory;
        this.aside = directory.resolve("aside");
        this.lockFile = lockFile;
    }

    /** Takes possession of a directory, which is made if need be. */
    static SpoolDirectory open(Path directory) {
        try {
            makePrivate(directory);
            makePrivate(directory.resolve("aside"));
            FileChannel lockFile = FileChannel.open(
                    directory.resolve("spool.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new IllegalStateException("spool directory " + directory + " is in use by somebody else");
            }
            SpoolDirectory spool = new SpoolDirectory(directory, lockFile);
            for (Path torn : spool.files(directory, UNFINISHED)) {
                // Never acknowledged: whoever wrote it died before the record was promised to be kept.
                Files.deleteIfExists(torn);
            }
            return spool;
        } catch (IOException e) {
            throw new UncheckedIOException("spool directory " + directory + " cannot be used", e);
        }
    }

    /** Keeps a record unless there is one of the call. On return it has reached the disk. */
    Appended keep(Cdr cdr) throws IOException {
        byte[] bytes = json.write(cdr);
        Path target = fileOf(cdr.call());
        Path unfinished = waiting.resolve(UUID.randomUUID() + UNFINISHED);
        write(unfinished, bytes);
        naming.lock();
        try {
            byte[] kept = content(target);
            if (kept != null) {
                Files.delete(unfinished);
                return Arrays.equals(kept, bytes) ? Appended.DUPLICATE : Appended.CONFLICT;
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            naming.unlock();
        }
        force(waiting);
        return Appended.STORED;
    }

    /** The record of a call, if it waits here. */
    Optional<Cdr> find(CallRef call) throws IOException {
        byte[] bytes = content(fileOf(call));
        return bytes == null ? Optional.empty() : Optional.of(record(bytes));
    }

    /** All files that wait. */
    List<Path> waiting() throws IOException {
        return files(waiting, READY);
    }

    /** How many files were set aside. */
    int countAside() throws IOException {
        return files(aside, READY).size();
    }

    /**
     * The record in a file.
     *
     * @throws Unreadable if there is none, which trying again will not change
     */
    Cdr read(Path file) throws IOException {
        return record(Files.readAllBytes(file));
    }

    private Cdr record(byte[] bytes) {
        try {
            return json.read(bytes);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(e);
        }
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Puts a file where it is not tried again, for a person to look at. */
    Path setAside(Path file) throws IOException {
        Path target = free(file);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        force(aside);
        force(waiting);
        return target;
    }

    /** Keeps a record where it is not tried at all, for a person to look at. */
    Path setAside(Cdr cdr) throws IOException {
        Path unfinished = waiting.resolve(UUID.randomUUID() + UNFINISHED);
        write(unfinished, json.write(cdr));
        Path target = free(fileOf(cdr.call()));
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        force(aside);
        return target;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private Path free(Path file) {
        String name = file.getFileName().toString();
        return aside.resolve(name.substring(0, name.length() - READY.length()) + "-" + UUID.randomUUID() + READY);
    }

    private Path fileOf(CallRef call) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(call.toString().getBytes(StandardCharsets.UTF_8));
            return waiting.resolve(HexFormat.of().formatHex(hash) + READY);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private List<Path> files(Path in, String ending) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static byte @Nullable [] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** A name is in its directory for good only once the directory is on disk too. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void makePrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** A file that holds no record, or one of a later version. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(IllegalArgumentException cause) {
            super("not a record: " + cause.getMessage(), cause);
        }
    }
}
