package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A call that is recorded by the oldest Asterisk")
class OldestRecordingIT extends RecordingIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
