package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.lab.AsteriskInstall;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A rendered configuration is loaded without a complaint by the oldest Asterisk")
class OldestLoadedConfigIT extends LoadedConfigIT {
    @Override
    AsteriskInstall install() {
        return AsteriskInstall.oldest()
                .orElseThrow(() -> new IllegalStateException(
                        "the oldest Asterisk is missing; fetch it with scripts/setup.sh --with-oldest-asterisk"));
    }
}
