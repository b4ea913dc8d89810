package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Whoever hangs up, on the oldest Asterisk")
class OldestHangUpIT extends HangUpIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
