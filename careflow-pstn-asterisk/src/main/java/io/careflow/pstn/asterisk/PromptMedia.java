package io.careflow.pstn.asterisk;

import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Say;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns prompts into what Asterisk plays. Thread-safe; blocks while speech is made for the first time. */
final class PromptMedia {
    private static final int SAMPLES_PER_MILLI = 8;

    private final @Nullable SpeechCache speech;
    private final Path folder;

    PromptMedia(@Nullable SpeechCache speech, Path folder) {
        this.speech = speech;
        this.folder = folder;
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

    private static String sound(URI media) {
        return switch (media.getScheme()) {
            case "file" -> "sound:" + withoutExtension(Path.of(media).toString());
            case "sound" -> media.toString();
            default -> "sound:" + media;
        };
    }

    private static String withoutExtension(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
    }

    private String silence(long millis) throws SpeechException {
        Path file = folder.resolve("silence-" + millis + ".wav");
        try {
            if (!Files.exists(file)) {
                Path draft = Files.createTempFile(folder, "silence", ".draft");
                PhoneWav.write(new short[Math.toIntExact(millis * SAMPLES_PER_MILLI)], draft);
                Files.setPosixFilePermissions(
                        draft, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new SpeechException("silence of " + millis + " ms cannot be written", e);
        }
        return "sound:" + withoutExtension(file.toString());
    }
}
