package io.careflow.pstn.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Json;
import io.careflow.pstn.http.MalformedJson;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AriEventsTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger recoveryFailures = new AtomicInteger();
    private final CountDownLatch unblock = new CountDownLatch(1);
    private final FakeAri asterisk = new FakeAri();
    private final Json json = new Json();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final HttpTransport http = HttpTransport.builder(new ProviderId("asterisk"), asterisk.uri())
            .basicAuth("cf", Secret.of("s3cret"))
            .reads(1, MILLI)
            .deadlines(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(600))
            .build();
    private AriEvents events = events(Duration.ofSeconds(30));

    @AfterEach
    void close() throws IOException {
        events.close();
        http.close();
        asterisk.close();
        scheduler.shutdownNow();
    }

    @Test
    @DisplayName("the filter is set before the listener hears that it is connected; then events come in order")
    void order() throws Exception {
        events.start();
        Socket socket = asterisk.nextEvents();
        for (int i = 0; i < 1000; i++) {
            FakeAri.send(socket, event("E" + i));
        }
        await().until(() -> heard.size() == 1001);

        assertThat(heard.get(0)).isEqualTo("connected true");
        assertThat(heard.get(1)).isEqualTo("E0 c1 2026-11-22T10:00:00.123Z");
        assertThat(heard.get(1000)).startsWith("E999 ");
        assertThat(asterisk.requests.get(0)).startsWith("GET /ari/events?app=cf&subscribeAll=false");
        assertThat(asterisk.requests.get(1))
                .startsWith("PUT /ari/applications/cf/eventFilter")
                .contains("ApplicationReplaced")
                .contains("Dial");
    }

    @Test
    @DisplayName("a lost connection is reported once and comes back with its filter")
    void reconnects() throws Exception {
        events.start();
        asterisk.nextEvents().close();
        Socket second = asterisk.nextEvents();
        FakeAri.send(second, event("Again"));
        await().until(() -> heard.size() == 4);

        assertThat(heard.get(0)).isEqualTo("connected true");
        assertThat(heard.get(1)).startsWith("disconnected ");
        assertThat(heard.get(2)).isEqualTo("connected false");
        assertThat(heard.get(3)).startsWith("Again");
        assertThat(asterisk.requests).filteredOn(r -> r.startsWith("PUT")).hasSize(2);
    }

    @Test
    @DisplayName("a server that answers no ping is dead")
    void dead() {
        events = events(Duration.ofMillis(200));
        events.start();

        await().until(() -> heard.stream().anyMatch(h -> h.startsWith("disconnected ")));
    }

    @Test
    @DisplayName("a server that accepts and then says nothing does not hold the connection up")
    void silentHandshake() throws Exception {
        asterisk.silent.set(1);
        events.start();
        Socket socket = asterisk.nextEvents();
        await().until(() -> heard.contains("connected true"));

        // Longer than every deadline: they are for the handshake only.
        await().pollDelay(Duration.ofMillis(900)).until(() -> true);
        FakeAri.send(socket, event("Late"));

        await().until(() -> heard.size() == 3);
        assertThat(heard.get(0))
                .startsWith("disconnected no connection to Asterisk at ")
                .endsWith(": no answer in time");
        assertThat(heard.get(2)).startsWith("Late");
    }

    @Test
    @DisplayName("a filter that fails is no connection")
    void filterFails() throws Exception {
        asterisk.answer("PUT", 500, "");
        events.start();
        asterisk.nextEvents();
        asterisk.nextEvents();

        assertThat(heard)
                .singleElement()
                .asString()
                .startsWith("disconnected no events from Asterisk at " + asterisk.uri() + ": event filter: ");
    }

    @Test
    @DisplayName("a recovery that fails is told as the reason, once, and the connection is tried again")
    void recoveryFails() throws Exception {
        recoveryFailures.set(2);
        events.start();
        for (int i = 0; i < 3; i++) {
            asterisk.nextEvents();
        }
        await().until(() -> heard.contains("connected true"));

        assertThat(heard)
                .containsExactly(
                        "disconnected no events from Asterisk at " + asterisk.uri() + ": recovery: a test",
                        "connected true");
    }

    @Test
    @DisplayName("another client with our name is a disconnection")
    void replaced() throws Exception {
        events.start();
        FakeAri.send(asterisk.nextEvents(), event("ApplicationReplaced"));

        await().until(() -> heard.contains("disconnected the application was taken over by another client"));
    }

    @Test
    @DisplayName("being replaced while the backlog is full does not get stuck, and nothing comes after disconnected")
    void replacedUnderLoad() throws Exception {
        events.start();
        Socket socket = asterisk.nextEvents();
        FakeAri.send(socket, event("Block"));
        FakeAri.send(socket, event("ApplicationReplaced"));
        for (int i = 0; i < 300; i++) {
            FakeAri.send(socket, event("E" + i));
        }
        await().until(() -> events.backlog() == 100);
        unblock.countDown();
        FakeAri.send(asterisk.nextEvents(), event("Next"));

        await().until(() -> heard.stream().anyMatch(h -> h.startsWith("Next")));
        assertThat(heard).noneMatch(h -> h.startsWith("E"));
    }

    @Test
    @DisplayName("a listener that throws, and an event that is no JSON, do not end the stream")
    void survives() throws Exception {
        events.start();
        Socket socket = asterisk.nextEvents();
        FakeAri.send(socket, event("Throw"));
        FakeAri.send(socket, "{nonsense");
        FakeAri.send(socket, event("After"));

        await().until(() -> heard.stream().anyMatch(h -> h.startsWith("After")));
    }

    @Test
    @DisplayName("after closing the listener hears nothing, and closing twice is fine")
    void closed() throws Exception {
        events.start();
        Socket socket = asterisk.nextEvents();
        await().until(() -> heard.size() == 1);

        events.close();
        events.close();
        socket.close();

        assertThat(heard).containsExactly("connected true");
    }

    @Test
    @DisplayName("each event finds its channel")
    void channels() throws MalformedJson {
        assertThat(channel("{\"channel\":{\"id\":\"a\"},\"bridge\":{\"id\":\"b\"}}"))
                .isEqualTo("a");
        assertThat(channel("{\"caller\":{\"id\":\"a\"},\"peer\":{\"id\":\"b\"}}"))
                .isEqualTo("a");
        assertThat(channel("{\"peer\":{\"id\":\"b\"}}")).isEqualTo("b");
        assertThat(channel("{\"playback\":{\"target_uri\":\"channel:c\"}}")).isEqualTo("c");
        assertThat(channel("{\"recording\":{\"target_uri\":\"channel:c\"}}")).isEqualTo("c");
        assertThat(channel("{\"recording\":{\"target_uri\":\"bridge:c\"}}")).isNull();
    }

    @Test
    @DisplayName("times are read in any zone")
    void times() {
        assertThat(AriTime.parse("2026-11-22T10:00:00.123-0530")).isEqualTo("2026-11-22T15:30:00.123Z");
        assertThat(AriTime.parse("nonsense")).isEqualTo(Instant.EPOCH);
    }

    private @Nullable String channel(String text) throws MalformedJson {
        return AriEvent.of(json.read(text)).channelId();
    }

    private AriEvents events(Duration deadAfter) {
        AriSettings settings = new AriSettings(
                asterisk.uri(), "cf", "cf", Set.of("Dial"), deadAfter, MILLI, Duration.ofMillis(20), 100, MILLI);
        AriRest rest = new AriRest(http, json);
        return new AriEvents(http, rest, json, settings, new Ear(), scheduler, new Random(1), Clock.systemUTC());
    }

    private static String event(String type) {
        return "{\"type\":\"" + type + "\",\"timestamp\":\"2026-11-22T10:00:00.123+0000\",\"channel\":{\"id\":\"c1\"}}"
                + " ".repeat(200);
    }

    private final class Ear implements AriListener {
        @Override
        public void connected(boolean first) {
            if (recoveryFailures.getAndDecrement() > 0) {
                throw new IllegalStateException("a test");
            }
            heard.add("connected " + first);
        }

        @Override
        public void disconnected(Instant at, String why) {
            heard.add("disconnected " + why);
        }

        @Override
        public void event(AriEvent event) {
            if (event.type().equals("Throw")) {
                throw new IllegalStateException("a test");
            }
            if (event.type().equals("Block")) {
                try {
                    unblock.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            heard.add(event.type() + " " + event.channelId() + " " + event.timestamp());
        }
    }
}
