package io.careflow.pstn.asterisk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps spoken texts in a folder that Asterisk reads, so that each is made once. Files appear whole or not at all; several
 * processes may share the folder. Beyond its size the texts used longest ago go. Thread-safe.
 */
final class SpeechCache {
    private static final String SUFFIX = ".wav";

    private final SpeechSynthesizer engine;
    private final Path folder;
    private final long maxBytes;
    private final Clock clock;
    private final Lock evicting = new ReentrantLock();
    private final Map<String, CompletableFuture<Path>> inWork = new ConcurrentHashMap<>();

    /**
     * Uses, and if need be creates, the folder.
     *
     * @param folder absolute; readable for Asterisk under the same path
     * @param maxBytes of all files together; the newest file stays even if it alone is larger
     */
    SpeechCache(SpeechSynthesizer engine, Path folder, long maxBytes, Clock clock) throws IOException {
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("the speech folder must be absolute: " + folder);
        }
        this.engine = engine;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clock = clock;
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            permit(folder, "rwxr-xr-x");
        }
    }

    /**
     * The media URI of the spoken text, made now if it is not there yet. May block for seconds.
     *
     * @return such as {@code sound:/var/lib/careflow/speech/4f...}: without extension, as Asterisk wants it
     */
    String media(String text, Locale locale, Optional<String> voice) throws SpeechException {
        String key = key(text, locale, voice);
        Path file = folder.resolve(key + SUFFIX);
        if (!touch(file)) {
            once(key, () -> make(text, locale, voice, file));
        }
        return "sound:" + folder.resolve(key);
    }

    private void once(String key, Work work) throws SpeechException {
        CompletableFuture<Path> mine = new CompletableFuture<>();
        CompletableFuture<Path> first = inWork.putIfAbsent(key, mine);
        if (first != null) {
            await(first);
            return;
        }
        try {
            mine.complete(work.run());
        } catch (SpeechException | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            inWork.remove(key, mine);
        }
    }

    private static void await(CompletableFuture<Path> first) throws SpeechException {
        try {
            first.join();
        } catch (CompletionException e) {
            throw new SpeechException("the same text failed a moment ago: " + e.getCause(), e);
        }
    }

    private Path make(String text, Locale locale, Optional<String> voice, Path file) throws SpeechException {
        if (touch(file)) {
            return file; // another one finished between the look and the work
        }
        Path draft = null;
        try {
            draft = Files.createTempFile(folder, "draft", ".tmp");
            engine.synthesize(text, locale, voice, draft);
            if (PhoneWav.seconds(draft) <= 0) {
                throw new SpeechException("the speech engine " + engine.name() + " made no sound", null);
            }
            permit(draft, "rw-r--r--");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            touch(file);
            evicting.lock();
            try {
                evict(file);
            } finally {
                evicting.unlock();
            }
            return file;
        } catch (IOException e) {
            throw new SpeechException("cannot keep speech in " + folder, e);
        } finally {
            forget(draft);
        }
    }

    // The time of last use, for eviction. False if the file is not there.
    private boolean touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void evict(Path newest) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(f -> f.toString().endsWith(SUFFIX) && !f.equals(newest)).forEach(files::add);
        }
        long total = size(newest);
        for (Path file : files) {
            total += size(file);
        }
        files.sort(Comparator.comparingLong(SpeechCache::lastUse));
        for (Path file : files) {
            if (total <= maxBytes) {
                return;
            }
            total -= size(file);
            Files.deleteIfExists(file);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // another process evicted it
        }
    }

    private static long lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void forget(@Nullable Path draft) throws SpeechException {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new SpeechException("cannot delete " + draft, e);
        }
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private String key(String text, Locale locale, Optional<String> voice) {
        String all = String.join("\u0000", engine.name(), locale.toLanguageTag(), voice.orElse(""), text);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @FunctionalInterface
    private interface Work {
        Path run() throws SpeechException;
    }
}
