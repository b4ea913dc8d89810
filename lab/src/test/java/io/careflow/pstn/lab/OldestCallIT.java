package io.careflow.pstn.lab;

/** The same calls on the oldest Asterisk that is supported. */
class OldestCallIT extends CallIT {

    @Override
    AsteriskInstall install() {
        AsteriskInstall oldest = AsteriskInstall.oldest()
                .orElseThrow(() -> new IllegalStateException(
                        "the oldest Asterisk is missing; fetch it with scripts/setup.sh --with-oldest-asterisk"));
        return oldest;
    }
}
