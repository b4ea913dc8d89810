package io.careflow.pstn.lab;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The same calls on the oldest Asterisk that is supported. */
class OldestCallIT extends CallIT {

    @Override
    AsteriskInstall install() {
        Optional<AsteriskInstall> oldest = AsteriskInstall.oldest();
        Assumptions.assumeTrue(oldest.isPresent(), "fetch it with scripts/setup.sh --with-oldest-asterisk");
        return oldest.orElseThrow();
    }
}
