package io.careflow.pstn.asterisk.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A configuration, ready to be written. The same trunks, users and numbers give the same files, byte for byte. A value.
 *
 * @param files names differ
 */
public record RenderedConfig(List<RenderedFile> files) {
    /** Checks that no name is there twice. */
    public RenderedConfig {
        files = List.copyOf(files);
        TreeSet<String> names = new TreeSet<>();
        for (RenderedFile file : files) {
            if (!names.add(file.name())) {
                throw new IllegalArgumentException("file " + file.name() + " is there twice; names must differ");
            }
        }
    }

    /** The file of this name. */
    public Optional<RenderedFile> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /**
     * Writes the files into a folder, which is made if it is not there; files of other names stay. Each file appears whole or
     * not at all: 600 where it holds secrets, else 644. A server that reads the folder under another user must be made its
     * owner.
     *
     * @throws IOException if a file cannot be written; those before it are there already
     */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (RenderedFile file : files) {
            Path fresh = Files.createTempFile(folder, "." + file.name(), ".new");
            try {
                Files.writeString(fresh, file.text());
                Files.setPosixFilePermissions(
                        fresh, PosixFilePermissions.fromString(file.secret() ? "rw-------" : "rw-r--r--"));
                Files.move(
                        fresh,
                        folder.resolve(file.name()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        }
    }
}
