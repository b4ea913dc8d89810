package io.careflow.pstn.http;

import static io.careflow.pstn.http.Loopback.failure;
import static io.careflow.pstn.http.RawServer.reply;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentOnceTest {
    private static final HttpCall READ = HttpCall.of("thing.get", "GET", "things");
    private static final HttpCall WRITE =
            HttpCall.of("thing.make", "POST", "things").form("a", "b");

    private final Loopback loop = new Loopback();

    @AfterEach
    void close() throws Exception {
        loop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    @DisplayName("a write is sent once whatever the answer, also where OkHttp by itself would repeat it")
    void writes(String method) {
        for (String answer : List.of(
                reply("503 Busy", "Retry-After: 0\r\n", ""),
                reply("503 Busy", "Retry-After: 1\r\n", ""),
                reply("500 Oops", "", ""),
                reply("408 Slow", "", ""),
                reply("421 Wrong", "", ""),
                reply("429 Many", "Retry-After: 0\r\n", ""),
                reply("401 No", "WWW-Authenticate: Basic realm=x\r\n", ""),
                reply("407 No", "Proxy-Authenticate: Basic realm=x\r\n", ""),
                "")) {
            RawServer server = loop.serve(answer, reply("200 OK", "", "{}"));

            assertThat(failure(loop.transport(server), HttpCall.of("thing.change", method, "things")))
                    .as(answer)
                    .isNotNull();
            assertThat(server.requests()).as(answer).hasSize(1);
        }
        assertThat(loop.pauses).isEmpty();
    }

    @Test
    @DisplayName("a write with an idempotency key is repeated like a read")
    void idempotent() {
        RawServer server = loop.serve(reply("500 Oops", "", ""), "", reply("200 OK", "", "{}"));

        loop.transport(server).send(WRITE.header("Idempotency-Key", "k1").idempotent());

        assertThat(server.requests()).hasSize(3).allMatch(r -> r.contains("Idempotency-Key: k1") && r.endsWith("a=b"));
        assertThat(loop.observed).containsExactly("start thing.make", "end null");
    }

    @Test
    @DisplayName("a POST that is declared to read is repeated like a GET")
    void reading() {
        RawServer server = loop.serve(reply("503 Busy", "", ""), "", reply("200 OK", "", "{}"));

        loop.transport(server).send(WRITE.reading());

        assertThat(server.requests()).hasSize(3).allMatch(r -> r.startsWith("POST ") && r.endsWith("a=b"));
    }

    @Test
    @DisplayName("a request with a deadline of its own waits that long, and no other one does")
    void ownDeadline() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            HttpTransport transport = loop.transport(
                    at(listening),
                    b -> b.deadlines(Duration.ofSeconds(3), Duration.ofMinutes(5), Duration.ofMinutes(5)));
            Instant begun = Instant.now();

            assertThat(failure(transport, WRITE.within(Duration.ofMillis(200))))
                    .isInstanceOf(ProviderUnavailable.class)
                    .hasMessageContaining("no answer in time");
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(1));
        }
        assertThatThrownBy(() -> WRITE.within(Duration.ZERO)).hasMessageContaining("not positive");
    }

    @Test
    @DisplayName("a write with an idempotency key that is refused is not repeated")
    void idempotentRefused() {
        RawServer server = loop.serve(reply("404 No", "", ""), reply("200 OK", "", "{}"));

        assertThat(failure(loop.transport(server), WRITE.idempotent())).isInstanceOf(NotFound.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("a write lost on a kept connection is in doubt, and not sent again on a new one")
    void lostOnKeptConnection() throws IOException {
        List<String> arrived = new CopyOnWriteArrayList<>();
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> serveOnceThenHangUp(listening, arrived), "keeps-once");
            server.setDaemon(true);
            server.start();
            HttpTransport transport = loop.transport(at(listening), b -> b);
            transport.send(READ);

            PstnException failure = failure(transport, HttpCall.of("thing.drop", "DELETE", "things"));

            assertThat(failure).isInstanceOf(ProviderUnavailable.class);
            assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
            assertThat(arrived).containsExactly("GET", "DELETE");
            transport.send(READ);
            assertThat(arrived).containsExactly("GET", "DELETE", "GET");
        }
    }

    @Test
    @DisplayName("a server that takes connections and never serves them leaves a write in doubt, within the deadline")
    void neverAccepted() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            HttpTransport transport = loop.transport(at(deaf), b -> b);
            long start = System.nanoTime();

            PstnException failure = failure(transport, WRITE);

            assertThat(failure).isInstanceOf(ProviderUnavailable.class).hasMessageContaining("no answer in time");
            assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3500));
        }
    }

    @Test
    @DisplayName("a server whose queue of connections is full did nothing, and is given up at the deadline")
    void fullBacklog() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, queue);
            HttpTransport transport = loop.transport(
                    at(full), b -> b.deadlines(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(5)));

            PstnException failure = failure(transport, WRITE);

            assertThat(failure).hasMessageContaining("no connection in time");
            assertThat(failure.effect()).isEqualTo(Effect.NONE);
        } finally {
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"})
    @DisplayName("a server that drips a byte now and then is ended by the deadline of the whole call")
    void drip(String start) {
        RawServer server = loop.serve((number, out) -> {
            out.write(start.getBytes(US_ASCII));
            for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(50);
            }
        });
        HttpTransport transport = loop.transport(
                server, b -> b.deadlines(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(600)));
        long begin = System.nanoTime();

        assertThat(failure(transport, WRITE).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("Retry-After as a date is a wait by the clock that was given")
    void retryAfterDate() {
        RawServer server = loop.serve(
                reply("429 Many", "Retry-After: Sun, 01 Mar 2026 12:00:02 GMT\r\n", ""), reply("200 OK", "", "{}"));

        loop.transport(server).send(READ);

        assertThat(loop.pauses).hasSize(1);
        assertThat(loop.pauses.get(0)).isBetween(Duration.ofMillis(2050), Duration.ofMillis(2100));
    }

    @Test
    @DisplayName("a carrier's own header says when to come again: in seconds, or as seconds since 1970")
    void retryAfterOwnHeader() {
        String now = Long.toString(Instant.parse("2026-03-01T12:00:01Z").getEpochSecond());
        RawServer server = loop.serve(
                reply("429 Many", "X-RateLimit-Reset: 1\r\nRetry-After: 60\r\n", ""),
                reply("429 Many", "X-RateLimit-Reset: " + now + "\r\n", ""),
                reply("200 OK", "", "{}"));

        loop.transport(server, builder -> builder.retryAfter("x-ratelimit-reset"))
                .send(READ);

        assertThat(loop.pauses).hasSize(2);
        assertThat(loop.pauses.get(0)).isBetween(Duration.ofMillis(1050), Duration.ofMillis(1100));
        assertThat(loop.pauses.get(1)).isLessThan(Duration.ofMillis(1300));
    }

    @Test
    @DisplayName("a read whose provider asks for a longer wait than a call may take fails at once and says how long")
    void longWait() {
        RawServer server = loop.serve(reply("429 Many", "Retry-After: 60\r\n", ""), reply("200 OK", "", "{}"));

        PstnException failure = failure(loop.transport(server), READ);

        assertThat(failure).isInstanceOf(Throttled.class);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(60));
        assertThat(server.requests()).hasSize(1);
        assertThat(loop.pauses).isEmpty();
    }

    @Test
    @DisplayName("an interrupted wait ends a read with the failure it had, and keeps the interrupt")
    void interrupted() {
        RawServer server = loop.serve(reply("500 Oops", "", ""));
        HttpTransport transport = loop.transport(
                server,
                b -> b.pauses(
                        pause -> {
                            throw new InterruptedException();
                        },
                        new Random(1)));

        PstnException failure = failure(transport, READ);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.httpStatus()).hasValue(500);
        assertThat(server.requests()).hasSize(1);
    }

    // The first connection serves one request and hangs up on the second; every later connection serves one.
    private static void serveOnceThenHangUp(ServerSocket listening, List<String> arrived) {
        try {
            for (boolean first = true; ; first = false) {
                try (Socket socket = listening.accept()) {
                    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                    arrived.add(method(in));
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII));
                    if (first) {
                        arrived.add(method(in));
                    }
                }
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static String method(BufferedReader in) throws IOException {
        String method = in.readLine().split(" ", 2)[0];
        while (!in.readLine().isEmpty()) {
            // the headers
        }
        return method;
    }

    private static URI at(ServerSocket socket) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    // The kernel takes a few more than the backlog says; the first that is not taken shows that it is full.
    private static void fill(ServerSocket server, List<Socket> queue) throws IOException {
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
            } catch (IOException e) {
                return;
            }
        }
        throw new AssertionError("the queue is never full");
    }
}
