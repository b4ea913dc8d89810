package io.careflow.pstn.asterisk;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Calls of our own users to the world, on the oldest Asterisk")
class OldestOutboundDialIT extends OutboundDialIT {
    @Override
    AsteriskInstall install() {
        return oldest();
    }
}
