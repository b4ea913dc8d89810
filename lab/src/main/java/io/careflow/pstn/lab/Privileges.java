package io.careflow.pstn.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs programs as {@code nobody} when we are root, and as ourselves otherwise. */
final class Privileges {

    private static final Logger LOG = LoggerFactory.getLogger(Privileges.class);

    private final boolean drop;

    private Privileges(boolean drop) {
        this.drop = drop;
    }

    static Privileges forProgramIn(Path home, String program) {
        boolean root = "root".equals(System.getProperty("user.name")) && wholeUserNamespace();
        if (root && !readableByOthers(home)) {
            LOG.warn("{} runs as root: no other user may read {}", program, home);
            return new Privileges(false);
        }
        return new Privileges(root);
    }

    private static boolean readableByOthers(Path home) {
        for (Path folder = home.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return true;
    }

    /** False in a user namespace such as {@code unshare -r}, where only root exists. */
    private static boolean wholeUserNamespace() {
        try {
            return Files.readString(Path.of("/proc/self/uid_map")).strip().matches("0\\s+0\\s+4294967295");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> prefix() {
        return drop ? List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups") : List.of();
    }

    void give(Path tree) {
        if (!drop) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            UserPrincipal nobody =
                    tree.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                Files.setOwner(file, nobody);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
