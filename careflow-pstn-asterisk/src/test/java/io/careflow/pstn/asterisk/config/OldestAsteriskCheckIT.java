package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A check lets the oldest Asterisk read a configuration")
class OldestAsteriskCheckIT extends AsteriskCheckIT {
    @Override
    AsteriskInstall install() {
        return AsteriskInstall.oldest().orElseThrow();
    }
}
