package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Real calls on nothing but rendered files, on the oldest Asterisk")
class OldestRenderedCallsIT extends RenderedCallsIT {
    @Override
    AsteriskInstall install() {
        return AsteriskInstall.oldest().orElseThrow();
    }
}
