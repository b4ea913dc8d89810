package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.Secret;
import io.careflow.pstn.flow.CallFlow;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsteriskHealthTest {
    private final List<AsteriskHealth> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path prompts;

    @Test
    @DisplayName(
            "each reason for there being no connection is told once, all since the first failure, until there is one")
    void reasons() throws Exception {
        int port;
        try (FakeAri gone = new FakeAri()) {
            port = gone.port();
        }
        URI ari = URI.create("http://127.0.0.1:" + port + "/ari");
        Instant before = Instant.now();
        try (AsteriskProvider provider = start(ari)) {
            assertThat(provider.health().connected()).isFalse();
            assertThat(provider.health().since()).isBetween(before, Instant.now());
            becomes(provider, "no connection to Asterisk at " + ari + ": connection refused");
            Instant since = provider.health().since();

            try (FakeAri asterisk = new FakeAri(port)) {
                asterisk.refusal.set(404);
                becomes(
                        provider,
                        "no connection to Asterisk at " + ari
                                + ": HTTP 404: no ARI there: the path must be /ari, and res_ari loaded");
                asterisk.refusal.set(401);
                becomes(
                        provider,
                        "no connection to Asterisk at " + ari
                                + ": HTTP 401: user 'careflow' or its password is refused (ari.conf)");
                assertThat(provider.health().since()).isEqualTo(since);
                assertThat(told).hasSize(3).noneMatch(h -> h.toString().contains("s3cret"));

                asterisk.refusal.set(0);
                assertThat(provider.awaitConnected(Duration.ofSeconds(20))).isTrue();
                assertThat(provider.health().connected()).isTrue();
                assertThat(provider.health().since()).isAfter(since);
            }
            // Nobody closed the socket: the silence has to be noticed, which takes up to ten seconds.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !provider.health().connected());
        }
    }

    @Test
    @DisplayName("a host without address is named")
    void unknownHost() {
        URI ari = URI.create("http://no-such-host.invalid:8088/ari");
        try (AsteriskProvider provider = start(ari)) {
            becomes(provider, "no connection to Asterisk at " + ari + ": unknown host no-such-host.invalid");
        }
    }

    @Test
    @DisplayName(
            "before the first attempt ends it says where it is connecting to; a listener that throws changes nothing")
    void beginning() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Health health = new Health(
                URI.create("http://pbx:8088/ari"),
                change -> {
                    throw new IllegalStateException("a test");
                },
                java.time.Clock.fixed(now, java.time.ZoneOffset.UTC));
        assertThat(health.now()).isEqualTo(new AsteriskHealth(false, "connecting to http://pbx:8088/ari", now));

        health.connected();

        assertThat(health.now()).isEqualTo(new AsteriskHealth(true, "connected", now));
    }

    private void becomes(AsteriskProvider provider, String reason) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(provider.health().reason()).isEqualTo(reason));
    }

    private AsteriskProvider start(URI ari) {
        return AsteriskBuilder.of(ari, "careflow", Secret.of("s3cret"))
                .promptFolder(prompts)
                .health(told::add)
                .handler(event -> CallFlow.start().hangUp())
                .start();
    }
}
