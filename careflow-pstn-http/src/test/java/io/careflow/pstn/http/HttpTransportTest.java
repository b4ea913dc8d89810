package io.careflow.pstn.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTransportTest {
    private static final HttpCall READ = HttpCall.of("thing.get", "GET", "things", "7");
    private static final HttpCall WRITE =
            HttpCall.of("thing.make", "POST", "things").body("application/json", "{\"pin\":\"4711\"}".getBytes(UTF_8));

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    @Test
    @DisplayName("a success hands over status, headers and JSON")
    void success() {
        RawServer server = serve(RawServer.reply("200 OK", "X-Request-Id: r1\r\n", "{\"a\":1.10,\"new\":true}"));

        HttpReply reply = transport(server.uri()).send(READ.query("q", "a b+c&ü"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-request-id")).contains("r1");
        assertThat(reply.json().path("a").decimalValue()).isEqualTo("1.10");
        assertThat(server.requests().get(0))
                .startsWith("GET /base/things/7?q=a%20b%2Bc%26%C3%BC HTTP/1.1\n")
                .contains("Authorization: Basic ");
        assertThat(observed).containsExactly("start thing.get", "end null");
    }

    @Test
    @DisplayName("refused connections did nothing, and a write is not repeated")
    void refused() throws IOException {
        URI nowhere;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        PstnException failure = failure(transport(nowhere), WRITE);

        assertThat(failure).isInstanceOf(ProviderUnavailable.class).hasMessageContaining("connection refused");
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(pauses).isEmpty();
    }

    @Test
    @DisplayName("an unknown host did nothing, and is named")
    void unknownHost() {
        PstnException failure = failure(transport(URI.create("http://no-such-host.invalid")), WRITE);

        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessageContaining("host name 'no-such-host.invalid' not found");
    }

    @Test
    @DisplayName("a failed TLS handshake did nothing")
    void noTls() {
        RawServer server = serve("this is not TLS at all");
        URI https = URI.create(server.uri().toString().replace("http:", "https:"));

        assertThat(failure(transport(https), WRITE).effect()).isEqualTo(Effect.NONE);
    }

    @Test
    @DisplayName("a server that never answers leaves a write in doubt, sent once")
    void stallBeforeHeaders() {
        RawServer[] self = new RawServer[1];
        self[0] = serve((number, out) -> self[0].stall());

        PstnException failure = failure(transport(self[0].uri()), WRITE);

        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure).hasMessageContaining("no answer in time");
        assertThat(self[0].requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'HTTP/1.1 200 OK\r\nContent-Le'", "'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":'"})
    @DisplayName("a stall in the middle leaves a write in doubt")
    void stallInTheMiddle(String start) {
        RawServer[] self = new RawServer[1];
        self[0] = serve((number, out) -> {
            out.write(start.getBytes(UTF_8));
            out.flush();
            self[0].stall();
        });

        assertThat(failure(transport(self[0].uri()), WRITE).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(self[0].requests()).hasSize(1);
    }

    @Test
    @DisplayName("a truncated success leaves a write in doubt")
    void truncated() {
        RawServer server = serve("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":");

        PstnException failure = failure(transport(server.uri()), WRITE);

        assertThat(failure).isInstanceOf(ProtocolError.class);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    @DisplayName("a truncated refusal is still a refusal")
    void truncatedRefusal() {
        RawServer server = serve("HTTP/1.1 422 No\r\nContent-Length: 50\r\n\r\n{\"a\":");

        assertThat(failure(transport(server.uri()), WRITE)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    @DisplayName("an answer beyond the limit is not read")
    void tooLarge() {
        RawServer server = serve(RawServer.reply("200 OK", "", "x".repeat(5000)));

        PstnException failure = failure(transport(server.uri()), WRITE);

        assertThat(failure).hasMessageContaining("larger than 1000 bytes");
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    @DisplayName("HTML instead of JSON is a protocol error that does not quote it")
    void html() {
        RawServer server = serve(RawServer.reply("200 OK", "", "<html>secret page</html>"));
        HttpReply reply = transport(server.uri()).send(WRITE);

        ProtocolError failure = catchThrowableOfType(ProtocolError.class, reply::json);

        assertThat(printed(failure)).doesNotContain("secret page");
    }

    @Test
    @DisplayName("redirects are not followed")
    void redirect() {
        RawServer server = serve(RawServer.reply("302 Found", "Location: http://127.0.0.1:1/\r\n", ""));

        assertThat(failure(transport(server.uri()), WRITE).httpStatus()).hasValue(302);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400,NONE", "401,NONE", "404,NONE", "408,UNKNOWN", "409,NONE", "429,NONE", "500,UNKNOWN", "503,UNKNOWN"
    })
    @DisplayName("each error status has its effect, and a write is sent once")
    void statuses(int status, Effect effect) {
        RawServer server = serve(RawServer.reply(status + " X", "X-Request-Id: r9\r\n", ""));

        PstnException failure = failure(transport(server.uri()), WRITE);

        assertThat(failure.effect()).isEqualTo(effect);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.requestId()).contains("r9");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("error statuses have their types")
    void types() {
        assertThat(failureOf(401)).isInstanceOf(AuthenticationFailed.class);
        assertThat(failureOf(404)).isInstanceOf(NotFound.class);
        assertThat(failureOf(409)).isInstanceOf(Conflict.class);
        assertThat(failureOf(429)).isInstanceOf(Throttled.class);
    }

    @Test
    @DisplayName("a status declared an answer is no failure")
    void declared() {
        RawServer server = serve(RawServer.reply("404 Not Found", "", "{}"));

        assertThat(transport(server.uri()).send(WRITE.answeredBy(404)).isSuccess())
                .isFalse();
        assertThat(observed).containsExactly("start thing.make", "end null");
    }

    @Test
    @DisplayName("a read is repeated with growing pauses; the observer sees one operation")
    void readsRepeat() {
        RawServer server = serve(
                RawServer.reply("500 Oops", "", ""),
                RawServer.reply("503 Busy", "Retry-After: 1\r\n", ""),
                RawServer.reply("200 OK", "", "{}"));

        assertThat(transport(server.uri()).send(READ).status()).isEqualTo(200);

        assertThat(server.requests()).hasSize(3);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(1100), Duration.ofMillis(1200));
        assertThat(observed).containsExactly("start thing.get", "end null");
    }

    @Test
    @DisplayName("a read that is refused is not repeated")
    void refusedReadsDoNotRepeat() {
        RawServer server = serve(RawServer.reply("404 No", "", ""));

        assertThat(failure(transport(server.uri()), READ)).isInstanceOf(NotFound.class);
        assertThat(server.requests()).hasSize(1);
        assertThat(observed).containsExactly("start thing.get", "end NotFound");
    }

    @Test
    @DisplayName("an observer that throws spoils no operation")
    void badObserver() {
        RawServer server = serve(RawServer.reply("200 OK", "", "{}"));
        for (PstnObserver observer : List.<PstnObserver>of(
                (provider, operation) -> {
                    throw new IllegalStateException("at the start");
                },
                (provider, operation) -> failure -> {
                    throw new IllegalStateException("at the end");
                })) {
            HttpTransport transport = HttpTransport.builder(new ProviderId("test"), server.uri())
                    .observer(observer)
                    .build();
            open.add(transport);
            assertThat(transport.send(WRITE).status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("a defect on the way is an end too, and comes out as it is")
    void defect() {
        RawServer server = serve(RawServer.reply("500 Oops", "", ""));
        HttpTransport transport = HttpTransport.builder(new ProviderId("test"), server.uri())
                .pauses(
                        pause -> {
                            throw new IllegalStateException("broken sleeper");
                        },
                        new Random(1))
                .observer((provider, operation) -> {
                    observed.add("start");
                    return failed -> observed.add("end " + failed);
                })
                .build();
        open.add(transport);

        assertThatThrownBy(() -> transport.send(READ)).isInstanceOf(IllegalStateException.class);

        assertThat(observed).hasSize(2);
        assertThat(observed.get(1)).contains("IllegalStateException").doesNotContain("broken sleeper");
    }

    @Test
    @DisplayName("neither credentials nor bodies stand in any failure")
    void noSecrets() {
        for (String answer : List.of(
                "garbage s3cret 4711\r\n\r\n",
                RawServer.reply("500 X", "", "s3cret 4711"),
                RawServer.reply("400 X", "", "{\"pin\":\"4711\"}"),
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n4711")) {
            RawServer server = serve(answer);
            assertThat(printed(failure(transport(server.uri()), WRITE)))
                    .doesNotContain("s3cret")
                    .doesNotContain("4711");
        }
    }

    @Test
    @DisplayName("closing twice is fine, and no thread of ours stays")
    void close() {
        HttpTransport transport =
                transport(serve(RawServer.reply("200 OK", "", "{}")).uri());
        transport.send(READ);

        transport.close();
        transport.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.isAlive() && t.getName().startsWith("pstn-http-test"));
    }

    private HttpTransport transport(URI uri) {
        HttpTransport transport = HttpTransport.builder(new ProviderId("test"), uri)
                .basicAuth("user", Secret.of("s3cret"))
                .deadlines(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofSeconds(2))
                .maxBody(1000)
                .pauses(pauses::add, new Random(1))
                .observer((provider, operation) -> {
                    observed.add("start " + operation);
                    return failed -> observed.add(
                            "end " + (failed == null ? null : failed.getClass().getSimpleName()));
                })
                .build();
        open.add(transport);
        return transport;
    }

    private RawServer serve(String... replies) {
        RawServer server = RawServer.answering(replies);
        open.add(server);
        return server;
    }

    private RawServer serve(RawServer.Behaviour behaviour) {
        RawServer server = new RawServer(behaviour);
        open.add(server);
        return server;
    }

    private PstnException failureOf(int status) {
        return failure(transport(serve(RawServer.reply(status + " X", "", "")).uri()), WRITE);
    }

    private static PstnException failure(HttpTransport transport, HttpCall call) {
        return catchThrowableOfType(PstnException.class, () -> transport.send(call));
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
