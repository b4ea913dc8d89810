package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFolderTest {
    @TempDir
    Path parent;

    @Test
    void isClosedToOthersAlsoIfItWasOpen() throws IOException {
        Path folder = OwnFolder.in(parent.resolve("cache"), "programs");
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(OwnFolder.in(parent.resolve("cache"), "programs")).isEqualTo(folder);
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void isNotALinkAndNotAFile() throws IOException {
        Files.createSymbolicLink(parent.resolve("link"), Files.createDirectory(parent.resolve("target")));
        Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> OwnFolder.in(parent, "link")).isInstanceOf(LabException.class);
        assertThatThrownBy(() -> OwnFolder.in(parent, "file")).isInstanceOf(LabException.class);
    }

    @Test
    void cannotBeExchangedByOthers() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> OwnFolder.in(parent, "programs")).hasMessageContaining("everybody");
    }
}
