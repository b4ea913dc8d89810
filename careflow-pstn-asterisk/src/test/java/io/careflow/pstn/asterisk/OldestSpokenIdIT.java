package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A caller says a CareFlow ID, on the oldest Asterisk")
class OldestSpokenIdIT extends SpokenIdIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
