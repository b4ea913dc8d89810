package io.careflow.pstn.cli;

import io.careflow.pstn.Secret;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipTrunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where passwords go that are known only once. It is made before they are, so that a full disk or a wrong folder is found in time;
 * if nothing was written it is taken away again.
 */
final class CredentialsFile implements AutoCloseable {
    private final Path path;
    private boolean written;

    private CredentialsFile(Path path) {
        this.path = path;
    }

    /**
     * Makes an empty file that only its owner may read.
     *
     * @throws BadUsage if it exists or cannot be made
     */
    static CredentialsFile create(Path path) {
        try {
            Files.createFile(path, OwnerOnly.attributes(path));
            return new CredentialsFile(path);
        } catch (FileAlreadyExistsException e) {
            throw new BadUsage("credentials file " + path + " exists already; give the name of a new one", e);
        } catch (IOException e) {
            throw new BadUsage(
                    "credentials file " + path + " cannot be made; expected a folder that can be written to", e);
        }
    }

    /**
     * Keeps the passwords of a trunk that was made just now.
     *
     * @throws Answer if that fails: the trunk is there, its passwords are lost
     */
    void write(SipTrunk trunk) {
        StringBuilder text = new StringBuilder("trunk=" + trunk.ref().id() + "\n");
        int at = 1;
        for (SipCredential credential : trunk.credentials()) {
            Secret password = credential.password();
            text.append("user.")
                    .append(at)
                    .append('=')
                    .append(credential.username())
                    .append('\n');
            if (password != null) {
                text.append("password.")
                        .append(at)
                        .append('=')
                        .append(escaped(password))
                        .append('\n');
            }
            at++;
        }
        try {
            Files.writeString(path, text, StandardCharsets.UTF_8);
            written = true;
        } catch (IOException e) {
            throw Answer.lost("trunk " + trunk.ref().id() + " was made, but its passwords could not be written to "
                    + path + ": delete it and make it again");
        }
    }

    @Override
    public void close() {
        if (!written) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException ignored) {
                // An empty file stays; it holds nothing.
            }
        }
    }

    /** As a properties file wants it. */
    private static String escaped(Secret password) {
        return password.reveal().replace("\\", "\\\\");
    }
}
