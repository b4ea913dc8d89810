package io.careflow.pstn.asterisk;

import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns prompts into what Asterisk plays. Thread-safe; blocks while speech is made for the first time. */
final class PromptMedia {
    private static final Logger log = LoggerFactory.getLogger(PromptMedia.class);
    private static final int SAMPLES_PER_MILLI = 8;
    private static final String DRAFTS = "{draft*.tmp,silence*.draft}";
    private static final Duration LONGEST_WORK = Duration.ofHours(1);

    private final @Nullable SpeechCache speech;
    private final Path folder;

    PromptMedia(@Nullable SpeechCache speech, Path folder) {
        this.speech = speech;
        this.folder = folder;
        deleteLeftDrafts(Clock.systemUTC().instant().minus(LONGEST_WORK));
    }

    List<String> media(List<? extends Prompt> prompts) throws SpeechException {
        List<String> media = new ArrayList<>();
        for (Prompt prompt : prompts) {
            media.add(media(prompt));
        }
        return media;
    }

    private String media(Prompt prompt) throws SpeechException {
        if (prompt instanceof Say say) {
            if (speech == null) {
                throw new SpeechException("no speech synthesizer is configured", null);
            }
            return speech.media(say.text(), say.language(), Optional.empty());
        } else if (prompt instanceof Play play) {
            return sound(play.media());
        } else if (prompt instanceof Pause pause) {
            return silence(pause.length().toMillis());
        }
        throw new SpeechException("prompt '" + prompt.name() + "' is not known", null);
    }

    private static String sound(URI media) throws SpeechException {
        String scheme = String.valueOf(media.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> "sound:" + withoutExtension(path(media));
            case "sound" -> "sound:" + media.toString().substring("sound:".length());
            case "http", "https" -> "sound:" + media;
            default ->
                throw new SpeechException(
                        "media '" + media + "' has the scheme " + scheme
                                + ":, but Asterisk plays sound:, file:, http: and https: only",
                        null);
        };
    }

    private static String path(URI file) throws SpeechException {
        try {
            return Path.of(file).toString();
        } catch (IllegalArgumentException e) {
            throw new SpeechException("media '" + file + "' is not the address of a file", e);
        }
    }

    private static String withoutExtension(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
    }

    private String silence(long millis) throws SpeechException {
        Path file = folder.resolve("silence-" + millis + ".wav");
        try {
            if (!Files.exists(file)) {
                writeSilence(millis, file);
            }
        } catch (IOException e) {
            throw new SpeechException("silence of " + millis + " ms cannot be written", e);
        }
        return "sound:" + withoutExtension(file.toString());
    }

    private void writeSilence(long millis, Path file) throws IOException {
        Path draft = Files.createTempFile(folder, "silence", ".draft");
        try {
            PhoneWav.write(new short[Math.toIntExact(millis * SAMPLES_PER_MILLI)], draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A process that died while it wrote left its draft behind. */
    private void deleteLeftDrafts(Instant before) {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFTS)) {
            for (Path draft : drafts) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(before)) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("drafts that were left in {} cannot be deleted: {}", folder, e.toString());
        }
    }
}
