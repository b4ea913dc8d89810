package io.careflow.pstn.http;

import static io.careflow.pstn.http.Loopback.failure;
import static io.careflow.pstn.http.RawServer.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderHealth.Availability;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.error.UnsupportedFeature;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final HttpCall READ = HttpCall.of("thing.get", "GET", "things");
    private static final HttpCall WRITE = HttpCall.of("thing.make", "POST", "things");
    private static final Limits BREAKER =
            Limits.none().breaker(new Limits.Breaker(50, 4, 4, Duration.ofSeconds(30), 2));

    private final Loopback loop = new Loopback();

    @AfterEach
    void close() throws Exception {
        loop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Oops", "502 X", "503 X", "599 X"})
    @DisplayName("5xx open the breaker: then nothing is sent, for certain, and one end is observed")
    void opens(String status) {
        RawServer server = loop.serve(reply(status, "", ""));
        HttpTransport transport = loop.transport(server, b -> b.limits(BREAKER));
        fail(transport, 4);
        loop.observed.clear();

        PstnException refused = failure(transport, WRITE);

        assertThat(refused).isInstanceOf(ProviderUnavailable.class).hasMessageContaining("not asked");
        assertThat(refused.effect()).isEqualTo(Effect.NONE);
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(server.requests()).hasSize(4);
        assertThat(loop.observed).containsExactly("start thing.make", "end ProviderUnavailable");
        assertThat(transport.health().availability()).isEqualTo(Availability.UNAVAILABLE);
        assertThat(transport.health().reason()).contains("server error");
    }

    @Test
    @DisplayName("an open breaker refuses reads at once too, and downloads; views share it, other accounts do not")
    void shared() {
        RawServer server = loop.serve(reply("500 Oops", "", ""));
        HttpTransport transport = loop.transport(server, b -> b.limits(BREAKER));
        HttpTransport other = loop.transport(server, b -> b.limits(BREAKER));
        fail(transport, 4);
        loop.observed.clear();

        assertThat(failure(transport.at(server.uri()), READ)).isInstanceOf(ProviderUnavailable.class);
        assertThatThrownBy(() -> transport.open(READ)).isInstanceOf(ProviderUnavailable.class);

        assertThat(loop.pauses).isEmpty();
        assertThat(server.requests()).hasSize(4);
        assertThat(loop.observed).hasSize(4);
        assertThat(other.health().availability()).isEqualTo(Availability.AVAILABLE);
        assertThat(failure(other, WRITE).httpStatus()).hasValue(500);
    }

    @Test
    @DisplayName("time-outs, broken answers and refused connections open the breaker")
    void otherFailures() throws Exception {
        RawServer broken = loop.serve("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{");
        RawServer silent = loop.serve((number, out) -> new CountDownLatch(1).await());
        RawServer gone = loop.serve("");
        gone.close();
        for (RawServer server : List.of(broken, silent, gone)) {
            HttpTransport transport = loop.transport(server, b -> b.limits(BREAKER));
            fail(transport, 4);
            assertThat(transport.health().availability()).isEqualTo(Availability.UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 402, 403, 404, 407, 408, 409, 410, 418, 422, 429, 451, 499})
    @DisplayName("a 4xx never opens a breaker, however many there are")
    void refusals(int status) {
        RawServer server = loop.serve(reply(status + " X", "", ""));
        HttpTransport transport = loop.transport(
                server, b -> b.limits(BREAKER).refusals(r -> new Refusal(Refusal.Kind.UNAVAILABLE, null, null)));

        fail(transport, 20);

        assertThat(server.requests()).hasSize(20);
        assertThat(transport.health().availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    @DisplayName("what a provider cannot do says nothing of its health; nor does what we refuse ourselves")
    void unsupported() {
        ProviderId id = new ProviderId("test");
        assertThat(HealthWatch.concerns(new UnsupportedCapability(id, ProviderHealth.class)))
                .isFalse();
        assertThat(HealthWatch.concerns(new UnsupportedFeature(id, "call.place", "gather", List.of("play"))))
                .isFalse();
        RawServer server = loop.serve(reply("200 OK", "", "{}"));
        HttpTransport transport = loop.transport(
                server,
                b -> b.limits(BREAKER).refusalsInside(reply -> {
                    throw new UnsupportedFeature(id, "call.place", "gather", List.of("play"));
                }));
        fail(transport, 20);
        assertThat(server.requests()).hasSize(20);
        assertThat(transport.health().availability()).isEqualTo(Availability.AVAILABLE);

        HttpTransport elsewhere = loop.transport(server, b -> b.limits(BREAKER));
        for (int i = 0; i < 20; i++) {
            failure(elsewhere, HttpCall.page("thing.list", URI.create("http://example.invalid/")));
        }
        assertThat(elsewhere.health().availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    @DisplayName(
            "a carrier that says in a 200 that it is unavailable opens the breaker; one that refuses there does not")
    void insideSuccess() {
        RawServer server = loop.serve(reply("200 OK", "", "{\"status\":\"x\"}"));
        HttpTransport down = loop.transport(
                server,
                b -> b.limits(BREAKER).refusalsInside(r -> new Refusal(Refusal.Kind.UNAVAILABLE, "maintenance", null)));
        HttpTransport strict = loop.transport(
                server,
                b -> b.limits(BREAKER)
                        .refusalsInside(r -> new Refusal(Refusal.Kind.INVALID_REQUEST, "invalid_did", null)));

        assertThat(failure(down, WRITE).effect()).isEqualTo(Effect.UNKNOWN);
        fail(down, 3);
        assertThat(failure(strict, WRITE).effect()).isEqualTo(Effect.NONE);
        fail(strict, 10);

        assertThat(down.health().availability()).isEqualTo(Availability.UNAVAILABLE);
        assertThat(strict.health().availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    @DisplayName("after its time the breaker lets a few through, and closes when they succeed")
    void recovers() {
        String bad = reply("500 Oops", "", "");
        RawServer server = loop.serve(bad, bad, bad, bad, reply("200 OK", "", "{}"));
        HttpTransport transport = loop.transport(server, b -> b.limits(BREAKER));
        fail(transport, 4);

        loop.clock.pass(Duration.ofSeconds(29));
        assertThat(failure(transport, WRITE).effect()).isEqualTo(Effect.NONE);
        assertThat(server.requests()).hasSize(4);
        loop.clock.pass(Duration.ofSeconds(2));
        assertThat(transport.health().availability()).isEqualTo(Availability.PROBING);

        transport.send(WRITE);
        assertThat(transport.health().availability()).isEqualTo(Availability.PROBING);
        transport.send(WRITE);
        assertThat(transport.health().availability()).isEqualTo(Availability.AVAILABLE);
        assertThat(transport.health().since()).isEqualTo(loop.clock.instant());
    }

    @Test
    @DisplayName("a breaker whose probes fail opens again")
    void relapses() {
        RawServer server = loop.serve(reply("500 Oops", "", ""));
        HttpTransport transport = loop.transport(server, b -> b.limits(BREAKER));
        fail(transport, 4);
        loop.clock.pass(Duration.ofSeconds(31));

        fail(transport, 2);

        assertThat(transport.health().availability()).isEqualTo(Availability.UNAVAILABLE);
        fail(transport, 5);
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    @DisplayName("without a breaker nothing is ever refused")
    void noBreaker() {
        RawServer server = loop.serve(reply("500 Oops", "", ""));
        HttpTransport transport = loop.transport(server, b -> b.limits(Limits.none()));

        fail(transport, 30);

        assertThat(server.requests()).hasSize(30);
        assertThat(transport.health().availability()).isEqualTo(Availability.AVAILABLE);
        assertThat(transport.health().freeRequests()).isNull();
    }

    @Test
    @DisplayName("more requests at once than there are places: refused, nothing sent; a place given back is free again")
    void places() {
        CountDownLatch go = new CountDownLatch(1);
        RawServer server = loop.serve((number, out) -> {
            go.await();
            out.write(reply("200 OK", "", "{}").getBytes(UTF_8));
        });
        HttpTransport transport = loop.transport(
                server,
                b -> b.deadlines(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5))
                        .limits(Limits.none().concurrency(new Limits.Concurrency(2, Duration.ofMillis(20)))));
        CompletableFuture<HttpReply> first = CompletableFuture.supplyAsync(() -> transport.send(WRITE));
        CompletableFuture<HttpReply> second = CompletableFuture.supplyAsync(() -> transport.send(WRITE));
        await().until(() -> server.requests().size() == 2);
        assertThat(transport.health().freeRequests()).isZero();

        PstnException third = failure(transport, READ);

        assertThat(third).isInstanceOf(Throttled.class);
        assertThat(third.effect()).isEqualTo(Effect.NONE);
        assertThat(server.requests()).hasSize(2);
        assertThat(loop.pauses).isEmpty();
        go.countDown();
        first.join();
        second.join();
        assertThat(transport.send(READ).status()).isEqualTo(200);
        assertThat(transport.health().freeRequests()).isEqualTo(2);
    }

    @Test
    @DisplayName("a failure gives its place back, and so does a refusal by the breaker")
    void placesAfterFailures() {
        RawServer server = loop.serve(reply("500 Oops", "", ""));
        HttpTransport transport =
                loop.transport(server, b -> b.limits(BREAKER.concurrency(new Limits.Concurrency(1, Duration.ZERO))));

        fail(transport, 10);

        assertThat(transport.health().freeRequests()).isEqualTo(1);
    }

    @Test
    @DisplayName("an open download holds its place until it is closed")
    void downloadHoldsPlace() {
        RawServer server = loop.serve(reply("200 OK", "", "sound"));
        HttpTransport transport = loop.transport(
                server, b -> b.limits(Limits.none().concurrency(new Limits.Concurrency(1, Duration.ZERO))));

        HttpDownload download = transport.open(READ);
        assertThat(failure(transport, READ)).isInstanceOf(Throttled.class);
        download.close();
        download.close();

        assertThat(transport.send(READ).status()).isEqualTo(200);
        assertThat(transport.health().freeRequests()).isEqualTo(1);
    }

    @Test
    @DisplayName("a rate makes callers wait for their turn, and refuses who would wait too long: nothing sent")
    void rate() {
        RawServer server = loop.serve(reply("200 OK", "", "{}"));
        Limits limits = Limits.none().rate(new Limits.Rate(2, Duration.ofSeconds(10), Duration.ofSeconds(10)));
        HttpTransport waiting = loop.transport(server, b -> b.limits(limits));
        for (int i = 0; i < 3; i++) {
            waiting.send(WRITE);
        }
        assertThat(loop.pauses).hasSize(1);
        assertThat(loop.pauses.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));

        Limits strict = Limits.none().rate(new Limits.Rate(2, Duration.ofSeconds(10), Duration.ZERO));
        HttpTransport refusing = loop.transport(server, b -> b.limits(strict));
        refusing.send(WRITE);
        refusing.send(WRITE);
        PstnException third = failure(refusing, READ);

        assertThat(third).isInstanceOf(Throttled.class);
        assertThat(third.effect()).isEqualTo(Effect.NONE);
        assertThat(server.requests()).hasSize(5);
        assertThat(refusing.health().freeRequests()).isZero();
        loop.clock.pass(Duration.ofSeconds(10));
        assertThat(refusing.send(WRITE).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("who is refused by the rate gives back its place and its turn as a probe")
    void refusedGivesAllBack() {
        String bad = reply("500 Oops", "", "");
        RawServer server = loop.serve(bad, reply("200 OK", "", "{}"));
        Limits limits = new Limits(
                new Limits.Breaker(50, 1, 1, Duration.ofSeconds(1), 1),
                new Limits.Concurrency(1, Duration.ZERO),
                new Limits.Rate(1, Duration.ofSeconds(60), Duration.ZERO));
        HttpTransport transport = loop.transport(server, b -> b.limits(limits));
        fail(transport, 1);
        loop.clock.pass(Duration.ofSeconds(2));

        assertThat(failure(transport, WRITE)).isInstanceOf(Throttled.class).hasMessageContaining("rate");
        assertThat(failure(transport, WRITE)).isInstanceOf(Throttled.class).hasMessageContaining("rate");

        loop.clock.pass(Duration.ofSeconds(60));
        assertThat(transport.send(WRITE).status()).isEqualTo(200);
        assertThat(transport.health().availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    @DisplayName("who finds no place gives back its turn as a probe")
    void noPlaceGivesBack() {
        String bad = reply("500 Oops", "", "");
        RawServer server = loop.serve(bad, bad, reply("200 OK", "", "sound"));
        Limits limits = Limits.none()
                .breaker(new Limits.Breaker(50, 2, 2, Duration.ofSeconds(1), 2))
                .concurrency(new Limits.Concurrency(1, Duration.ZERO));
        HttpTransport transport = loop.transport(server, b -> b.limits(limits));
        fail(transport, 2);
        loop.clock.pass(Duration.ofSeconds(2));

        try (HttpDownload first = transport.open(READ)) {
            assertThat(first.status()).isEqualTo(200);
            assertThat(failure(transport, WRITE)).isInstanceOf(Throttled.class);
        }

        assertThat(transport.send(WRITE).status()).isEqualTo(200);
        assertThat(transport.health().availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    @DisplayName("closing the transport or interrupting a caller says nothing about the provider")
    void ourDoing() {
        RawServer server = loop.serve((number, out) -> new CountDownLatch(1).await());
        Limits limits = Limits.none().breaker(new Limits.Breaker(1, 1, 1, Duration.ofSeconds(30), 1));
        HttpTransport transport = loop.transport(
                server,
                b -> b.deadlines(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5))
                        .limits(limits));
        CompletableFuture<Void> hanging = CompletableFuture.runAsync(
                () -> assertThat(failure(transport, WRITE)).isNotNull());
        await().until(() -> server.requests().size() == 1);

        transport.close();
        hanging.join();

        assertThat(transport.health().availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    @DisplayName("impossible limits are refused, naming the field and what is allowed")
    void impossible() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Limits.Breaker(0, 1, 1, second, 1)).hasMessageContaining("failurePercent is 0");
        assertThatThrownBy(() -> new Limits.Breaker(101, 1, 1, second, 1)).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> new Limits.Breaker(50, 0, 1, second, 1)).hasMessageContaining("window");
        assertThatThrownBy(() -> new Limits.Breaker(50, 4, 5, second, 1)).hasMessageContaining("atLeast");
        assertThatThrownBy(() -> new Limits.Breaker(50, 4, 4, Duration.ZERO, 1)).hasMessageContaining("open");
        assertThatThrownBy(() -> new Limits.Breaker(50, 4, 4, second, 0)).hasMessageContaining("probes");
        assertThatThrownBy(() -> new Limits.Concurrency(0, second)).hasMessageContaining("most");
        assertThatThrownBy(() -> new Limits.Concurrency(1, second.negated())).hasMessageContaining("patience");
        assertThatThrownBy(() -> new Limits.Rate(0, second, second)).hasMessageContaining("requests");
        assertThatThrownBy(() -> new Limits.Rate(1, Duration.ZERO, second)).hasMessageContaining("per");
        assertThatThrownBy(() -> new Limits.Rate(1, second, second.negated())).hasMessageContaining("patience");
    }

    private static void fail(HttpTransport transport, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(failure(transport, WRITE)).isNotNull();
        }
    }
}
