package io.careflow.pstn.cli;

import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.SipTrunkReader;
import java.nio.file.Path;

/** Reads the profile of a SIP trunk. */
final class TrunkFile {
    private TrunkFile() {}

    /**
     * Reads a profile.
     *
     * @throws BadUsage if the file cannot be read
     * @throws io.careflow.pstn.siptrunk.InvalidProfile listing everything that is wrong
     */
    static SipTrunkProfile read(Path path) {
        return new SipTrunkReader().read(KeysFile.read("trunk profile", path));
    }
}
