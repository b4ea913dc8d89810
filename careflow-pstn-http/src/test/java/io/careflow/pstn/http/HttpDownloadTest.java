package io.careflow.pstn.http;

import static io.careflow.pstn.http.RawServer.reply;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HttpDownloadTest {
    private static final HttpCall READ = HttpCall.of("recording.get", "GET", "recordings", "7");

    private final Loopback loop = new Loopback();
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @AfterEach
    void close() throws Exception {
        loop.close();
    }

    @Test
    @DisplayName("a body far larger than the limit for answers comes through, with its headers")
    void large() throws IOException {
        int size = 3_000_000;
        RawServer server = loop.serve((number, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: audio/x-wav\r\nContent-Length: " + size + "\r\n\r\n")
                    .getBytes(US_ASCII));
            out.write(new byte[size]);
        });

        try (HttpDownload download = loop.transport(server).open(READ)) {
            assertThat(loop.observed).containsExactly("start recording.get");
            assertThat(download.header("content-type")).contains("audio/x-wav");
            assertThat(download.header("x-none")).isEmpty();
            assertThat(download.copyTo(sink)).isEqualTo(size);
        }

        assertThat(sink.size()).isEqualTo(size);
        assertThat(loop.observed).containsExactly("start recording.get", "end null");
    }

    @Test
    @DisplayName("a short answer that refuses inside is a refusal; one that does not comes through whole")
    void shortRefusal() throws IOException {
        RawServer refusing = loop.serve(reply("200 OK", "", "{\"status\":\"gone\"}"));
        RawServer good = loop.serve(reply("200 OK", "", "{\"status\":\"success\"}"));

        assertThatThrownBy(() -> loop.transport(refusing, b -> b.refusalsInside(HttpDownloadTest::gone))
                        .open(READ))
                .isInstanceOf(NotFound.class);
        try (HttpDownload download = loop.transport(good, b -> b.refusalsInside(HttpDownloadTest::gone))
                .open(READ)) {
            assertThat(download.copyTo(sink)).isEqualTo(20L);
        }
        assertThat(sink.toString(US_ASCII)).isEqualTo("{\"status\":\"success\"}");
    }

    @Test
    @DisplayName("what is longer than a refusal is not looked into")
    void longAnswersAreLeftAlone() throws IOException {
        RawServer server = loop.serve(reply("200 OK", "", "x".repeat(4097)));
        HttpTransport transport = loop.transport(
                server, b -> b.refusalsInside(r -> new Refusal(Refusal.Kind.NOT_FOUND, "whatever", null)));

        try (HttpDownload download = transport.open(READ)) {
            assertThat(download.copyTo(sink)).isEqualTo(4097);
        }
    }

    private static @Nullable Refusal gone(HttpReply reply) {
        return reply.text().contains("gone") ? new Refusal(Refusal.Kind.NOT_FOUND, "gone", null) : null;
    }

    @Test
    @DisplayName("a body may take longer than the deadline of a whole call, as long as it goes on")
    void slow() throws IOException {
        RawServer server = loop.serve((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n".getBytes(US_ASCII));
            for (int i = 0; i < 8; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(100);
            }
        });
        HttpTransport transport = loop.transport(
                server, b -> b.deadlines(Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofMillis(500)));

        try (HttpDownload download = transport.open(READ)) {
            assertThat(download.copyTo(sink)).isEqualTo(8);
        }
    }

    @Test
    @DisplayName("a head that comes drop by drop is not waited for longer than a whole call")
    void drippingHead() {
        RawServer server = loop.serve((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(US_ASCII));
            for (int i = 0; i < 30; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(100);
            }
            out.write("\r\nContent-Length: 1\r\n\r\nx".getBytes(US_ASCII));
        });
        HttpTransport transport = loop.transport(
                server, b -> b.deadlines(Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofMillis(500)));

        assertThatThrownBy(() -> transport.open(READ))
                .isInstanceOf(ProviderUnavailable.class)
                .hasMessageContaining("no answer in time");
    }

    @Test
    @DisplayName("a body that falls silent is a protocol error, and the one end that the observer is told")
    void silence() {
        RawServer server = loop.serve((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nabc".getBytes(US_ASCII));
            out.flush();
            new CountDownLatch(1).await();
        });

        try (HttpDownload download = loop.transport(server).open(READ)) {
            assertThatThrownBy(() -> download.copyTo(sink)).isInstanceOf(ProtocolError.class);
        }

        assertThat(sink.toString(US_ASCII)).isEqualTo("abc");
        assertThat(loop.observed).containsExactly("start recording.get", "end ProtocolError");
    }

    @Test
    @DisplayName("a body that breaks off is a protocol error, also for who reads the stream")
    void brokenOff() throws IOException {
        RawServer server = loop.serve("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nabc");

        try (HttpDownload download = loop.transport(server).open(READ);
                InputStream body = download.body()) {
            assertThat(body.read()).isEqualTo('a');
            assertThat(body.read(new byte[2])).isEqualTo(2);
            ProtocolError failure = catchThrowableOfType(ProtocolError.class, body::read);
            assertThat(failure.httpStatus()).hasValue(200);
        }
    }

    @Test
    @DisplayName("a sink's own failure stays the sink's, and is no failure of the provider")
    void badSink() {
        RawServer server = loop.serve(reply("200 OK", "", "sound"));
        IOException full = new IOException("disk full");
        OutputStream bad = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw full;
            }
        };

        try (HttpDownload download = loop.transport(server).open(READ)) {
            assertThat(catchThrowable(() -> download.copyTo(bad))).isSameAs(full);
        }

        assertThat(loop.observed).containsExactly("start recording.get", "end null");
    }

    @Test
    @DisplayName("a refusal is a refusal, observed once; nothing is left open")
    void refused() {
        RawServer server = loop.serve(reply("404 No", "X-Request-Id: r7\r\n", "{}"));

        PstnException failure = catchThrowableOfType(
                PstnException.class, () -> loop.transport(server).open(READ.answeredBy(404)));

        assertThat(failure).isInstanceOf(NotFound.class);
        assertThat(failure.requestId()).contains("r7");
        assertThat(loop.observed).containsExactly("start recording.get", "end NotFound");
    }

    @Test
    @DisplayName("opening is repeated like any read; a stall before the head is not waited for longer than other calls")
    void opening() {
        RawServer server = loop.serve(reply("500 Oops", "", ""), reply("200 OK", "", "sound"));
        try (HttpDownload download = loop.transport(server).open(READ)) {
            assertThat(download.status()).isEqualTo(200);
        }
        assertThat(server.requests()).hasSize(2);
        assertThat(loop.observed).containsExactly("start recording.get", "end null");

        RawServer silent = loop.serve((number, out) -> new CountDownLatch(1).await());
        assertThatThrownBy(() -> loop.transport(silent).open(READ)).isInstanceOf(ProviderUnavailable.class);
    }
}
