package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Secret;
import io.careflow.pstn.flow.CallFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsteriskBuilderTest {
    private static final Secret PASSWORD = Secret.of("test");

    @TempDir
    private Path folder;

    private final AsteriskBuilder builder =
            of("http://127.0.0.1:1/ari").handler(event -> CallFlow.start().hangUp());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h/ari",
                "http:/ari",
                "/ari",
                "http://h",
                "http://h/",
                "http://h/ari?a=s3",
                "http://h/ari#s3",
                "http://u:s3@h/ari",
                "mailto:s3"
            })
    @DisplayName("an address that is not ARI's is refused without being quoted")
    void addresses(String uri) {
        assertThatThrownBy(() -> of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ari has ")
                .hasMessageEndingWith("expected like http://127.0.0.1:8088/ari")
                .hasMessageNotContaining("s3");
    }

    @Test
    @DisplayName("http and https are fine, with a prefix too")
    void goodAddresses() {
        assertThatCode(() -> of("https://pbx.example.org/ari")).doesNotThrowAnyException();
        assertThatCode(() -> of("http://10.0.0.5:8088/asterisk/ari")).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("each setting that is out of range is refused by name")
    void ranges() {
        refused(() -> AsteriskBuilder.of(URI.create("http://h/ari"), " ", PASSWORD), "user is");
        refused(() -> AsteriskBuilder.of(URI.create("http://h/ari"), "a:b", PASSWORD), "user is 'a:b'");
        refused(() -> builder.threads(0), "threads is 0; expected 1 to 1000");
        refused(() -> builder.threads(1001), "threads is 1001; expected 1 to 1000");
        refused(() -> builder.longestCall(Duration.ofMillis(999)), "longestCall is PT0.999S; expected 1 second to 24");
        refused(() -> builder.longestCall(Duration.ofHours(24).plusNanos(1)), "longestCall is PT24H0.000000001S");
        for (String trunk : new String[] {"", "a/b", "a b", "a,b", "a\n", "x".repeat(41)}) {
            refused(() -> builder.trunk(trunk), "trunk is '" + trunk + "'; expected");
        }
        for (String host : new String[] {"", "sip:h", "a@h", "-h", "h-", "a..b", "h:", "h:123456", "[::1]", "h/x"}) {
            refused(() -> builder.homeHosts(Set.of("good", host)), "homeHosts has '" + host + "'; expected");
        }
    }

    @Test
    @DisplayName("the ends of each range are allowed")
    void ends() {
        assertThatCode(() -> builder.threads(1)
                        .threads(1000)
                        .longestCall(Duration.ofSeconds(1))
                        .longestCall(Duration.ofHours(24))
                        .trunk("x".repeat(40))
                        .trunk("A.b_c-1")
                        .homeHosts(Set.of("pbx", "pbx.example.org", "10.0.0.5", "10.0.0.5:5060", "pbx:5061")))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("nothing may be null")
    @SuppressWarnings("NullAway")
    void nulls() {
        missing(() -> AsteriskBuilder.of(null, "u", PASSWORD));
        missing(() -> AsteriskBuilder.of(URI.create("http://h/ari"), null, PASSWORD));
        missing(() -> AsteriskBuilder.of(URI.create("http://h/ari"), "u", null));
        missing(() -> builder.handler(null));
        missing(() -> builder.events(null));
        missing(() -> builder.health(null));
        missing(() -> builder.apology(null));
        missing(() -> builder.speech(null));
        missing(() -> builder.promptFolder(null));
        missing(() -> builder.homeHosts(null));
        missing(() -> builder.trunk(null));
        missing(() -> builder.longestCall(null));
        missing(() -> builder.recorded(null));
        missing(() -> builder.observer(null));
        missing(() -> builder.clock(null));
    }

    @Test
    @DisplayName("a prompt folder that is made is readable for all; one that exists keeps its permissions")
    void permissions() throws IOException {
        Path made = folder.resolve("a/made");
        builder.promptFolder(made).start().close();
        assertThat(permissions(made)).isEqualTo("rwxr-xr-x");

        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-x---"));
        builder.start().close();
        assertThat(permissions(made)).isEqualTo("rwxr-x---");
    }

    @Test
    @DisplayName("a prompt folder that is a file is refused by name")
    void noFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        builder.promptFolder(file);
        assertThatThrownBy(builder::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    @DisplayName("a synthesizer that is not installed does not keep the provider from starting")
    void noSpeech() {
        EspeakNg absent = new EspeakNg("no-such-espeak", 150, Duration.ofSeconds(1));
        assertThatCode(() -> builder.promptFolder(folder).speech(absent).start().close())
                .doesNotThrowAnyException();
    }

    private static AsteriskBuilder of(String uri) {
        return AsteriskBuilder.of(URI.create(uri), "careflow", PASSWORD);
    }

    private static void refused(ThrowingCallable setting, String message) {
        assertThatThrownBy(setting).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }

    private static void missing(ThrowingCallable setting) {
        assertThatThrownBy(setting).isInstanceOf(NullPointerException.class);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
