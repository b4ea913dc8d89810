package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Who answers a placed call, on the oldest Asterisk")
class OldestMachineDetectionIT extends MachineDetectionIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
