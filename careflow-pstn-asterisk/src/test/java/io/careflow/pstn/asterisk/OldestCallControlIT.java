package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Call control over the oldest Asterisk")
class OldestCallControlIT extends CallControlIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
