package io.careflow.pstn.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A folder that programs may be run from: nobody but its owner, who is this user, can get at what is in it. */
final class OwnFolder {
    private static final int WRITABLE_BY_OTHERS = 0002;
    private static final int STICKY = 01000;

    private OwnFolder() {}

    /**
     * The folder of this name, made if it is not there.
     *
     * @throws LabException if it is a link or somebody else's, or could be exchanged by others
     */
    static Path in(Path parent, String name) {
        Path folder = parent.resolve(name);
        try {
            Files.createDirectories(parent);
            int mode = (int) Files.getAttribute(parent, "unix:mode");
            if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
                throw new LabException("everybody may write to " + parent + "; CAREFLOW_CACHE names another folder");
            }
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner()));
            }
            Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !self.equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                throw new LabException(folder + " is not a folder of this user's; CAREFLOW_CACHE names another place");
            }
            Files.setPosixFilePermissions(folder, owner());
            return folder;
        } catch (IOException e) {
            throw new LabException("cannot use " + folder + "; CAREFLOW_CACHE names another place: " + e, e);
        }
    }

    private static Set<PosixFilePermission> owner() {
        return PosixFilePermissions.fromString("rwx------");
    }
}
