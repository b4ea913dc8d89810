package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The inbound journey on the oldest Asterisk")
class OldestInboundJourneyIT extends AsteriskInboundJourneyIT {
    @Override
    AsteriskInstall install() {
        return RealCalls.oldest();
    }

    @Override
    Duration tolerance() {
        return Duration.ofMillis(900);
    }
}
