package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A call survives the application, on the oldest Asterisk")
class OldestRecoveryIT extends RecoveryIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
