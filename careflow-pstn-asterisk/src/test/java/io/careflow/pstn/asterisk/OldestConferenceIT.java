package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A conference room on the oldest Asterisk")
class OldestConferenceIT extends ConferenceIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
