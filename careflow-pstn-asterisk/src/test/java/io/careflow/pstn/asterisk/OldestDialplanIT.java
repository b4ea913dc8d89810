package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The dialplan on the oldest Asterisk")
class OldestDialplanIT extends DialplanIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
