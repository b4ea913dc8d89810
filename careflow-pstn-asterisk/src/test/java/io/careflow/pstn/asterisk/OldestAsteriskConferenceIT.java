package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Stories of conferences on the oldest Asterisk")
class OldestAsteriskConferenceIT extends AsteriskConferenceIT {
    @Override
    AsteriskInstall install() {
        return RealCalls.oldest();
    }

    @Override
    Duration tolerance() {
        return Duration.ofMillis(900);
    }
}
