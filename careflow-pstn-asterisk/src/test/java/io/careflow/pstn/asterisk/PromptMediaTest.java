package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Play;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptMediaTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "sound:welcome, sound:welcome",
        "SOUND:Welcome, sound:Welcome",
        "file:///srv/a.b/welcome.wav, sound:/srv/a.b/welcome",
        "FILE:///srv/welcome.wav, sound:/srv/welcome",
        "http://host/welcome.wav, sound:http://host/welcome.wav",
        "https://host/welcome.wav, sound:https://host/welcome.wav"
    })
    @DisplayName("sounds of Asterisk, files and web addresses are played")
    void known(String media, String played) throws SpeechException {
        assertThat(media(media)).containsExactly(played);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/welcome.wav", "tone:busy", "s3://bucket/welcome.wav"})
    @DisplayName("what Asterisk cannot play is refused by name, with what it can")
    void unknown(String media) {
        assertThatThrownBy(() -> media(media))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining(media)
                .hasMessageContaining("sound:, file:, http: and https:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:welcome.wav", "file://host/welcome.wav"})
    @DisplayName("an address of a file that is none is refused")
    void noFile(String media) {
        assertThatThrownBy(() -> media(media))
                .isInstanceOf(SpeechException.class)
                .hasMessageContaining(media);
    }

    @Test
    @DisplayName("drafts that a process left when it died go; those of now and finished files stay")
    void leftDrafts() throws IOException, SpeechException {
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(61));
        for (String name : List.of("draft1.tmp", "silence2.draft", "silence-500.wav", "drafty.wav", "other.tmp")) {
            Files.setLastModifiedTime(Files.createFile(folder.resolve(name)), FileTime.from(longAgo));
        }
        Files.createFile(folder.resolve("draft3.tmp"));
        Files.createFile(folder.resolve("silence4.draft"));

        PromptMedia media = new PromptMedia(null, folder);
        assertThat(media.media(List.of(new Pause(Duration.ofSeconds(1)))))
                .containsExactly("sound:" + folder.resolve("silence-1000"));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "silence-500.wav",
                            "silence-1000.wav",
                            "drafty.wav",
                            "other.tmp",
                            "draft3.tmp",
                            "silence4.draft");
        }
    }

    private List<String> media(String media) throws SpeechException {
        return new PromptMedia(null, folder).media(List.of(new Play(URI.create(media))));
    }
}
