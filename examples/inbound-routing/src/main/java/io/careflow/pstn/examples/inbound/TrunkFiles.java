package io.careflow.pstn.examples.inbound;

import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.SipTrunkReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Profiles of SIP trunks, the same files that {@code pstn config render} makes the servers' configuration from. */
final class TrunkFiles {
    private TrunkFiles() {}

    /** The profiles of these files, named with commas between them; none of no file. */
    static List<SipTrunkProfile> read(String files) {
        List<SipTrunkProfile> trunks = new ArrayList<>();
        for (String file : files.isEmpty() ? new String[0] : files.split(",", -1)) {
            Properties properties = new Properties();
            try (Reader in = Files.newBufferedReader(Path.of(file))) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("trunk file " + file + " cannot be read", e);
            }
            trunks.add(new SipTrunkReader().read(properties));
        }
        return trunks;
    }
}
