package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A caller's number is signed by a phone company, on the oldest Asterisk")
class OldestSignedCallIT extends SignedCallIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
