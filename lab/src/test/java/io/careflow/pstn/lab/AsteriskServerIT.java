package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsteriskServerIT {

    @Test
    void bootsWithoutErrorsAndTellsAboutItself() {
        try (AsteriskServer server = AsteriskServer.startDefault()) {
            assertHealthy(server);
            assertThat(server.install().majorVersion()).isGreaterThanOrEqualTo(18);
        }
    }

    @Test
    void bootsTheOldestSupportedVersion() {
        AsteriskInstall oldest = AsteriskInstall.oldest()
                .orElseThrow(() -> new IllegalStateException(
                        "the oldest Asterisk is missing; fetch it with scripts/setup.sh --with-oldest-asterisk"));
        try (AsteriskServer server = AsteriskServer.builder().install(oldest).start()) {
            assertHealthy(server);
            assertThat(server.install().majorVersion()).isEqualTo(16);
        }
    }

    @Test
    void startsAgainOnTheSamePortsAfterACrash() {
        try (AsteriskServer server = AsteriskServer.startDefault()) {
            long first = server.pid();
            server.kill();
            assertThat(ProcessHandle.of(first)).isEmpty();

            server.start();

            assertThat(server.pid()).isNotEqualTo(first);
            assertHealthy(server);
        }
    }

    @Test
    void leavesNothingBehind() {
        AsteriskServer server = AsteriskServer.startDefault();
        long pid = server.pid();

        server.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(server.runDirectory()).doesNotExist();
    }

    private static void assertHealthy(AsteriskServer server) {
        assertThat(server.errors()).isEmpty();
        assertThat(server.warnings()).isEmpty();
        assertThat(server.channels()).isZero();
        assertThat(server.bridges()).isZero();
        assertThat(server.rssBytes()).isGreaterThan(10_000_000);
        assertThat(server.openFiles()).isPositive();
        assertThat(server.cpuTime()).isPositive();
        assertThat(server.cli("pjsip show endpoints")).contains("carrier", "1001", "1010");
    }
}
