package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.careflow.pstn.twilio.Resource.CALL;
import static io.careflow.pstn.twilio.Resource.RECORDING;
import static io.careflow.pstn.twilio.Resource.page;
import static io.careflow.pstn.twilio.Resource.recording;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioRecordingsTest extends WireMockTwilio {
    private static final ProviderId TWILIO = new ProviderId("twilio");
    private static final CallRef CALL_REF = new CallRef(TWILIO, CALL);
    private static final RecordingRef REF = new RecordingRef(TWILIO, RECORDING);
    private static final String OF_CALL = V2010 + "/Calls/" + CALL + "/Recordings.json";
    private static final String ONE = V2010 + "/Recordings/" + RECORDING;
    private static final String CURRENT = V2010 + "/Calls/" + CALL + "/Recordings/" + RECORDING + ".json";

    @Test
    void listsTheRecordingsOfACallOverItsPages() {
        String second = OF_CALL + "?Page=1&PageToken=PT1";
        onGet(OF_CALL, page("recordings", second, recording()));
        on(
                com.github.tomakehurst.wiremock.client.WireMock.get(urlEqualTo(second)),
                page("recordings", recording(), recording().with("sid", "RE000000000000000000000000000000c2")));

        List<Recording> found = recordings().list(CALL_REF);

        assertThat(found)
                .extracting(one -> one.ref().id())
                .containsExactly(RECORDING, "RE000000000000000000000000000000c2");
        assertThat(found.get(0))
                .isEqualTo(new Recording(
                        REF,
                        CALL_REF,
                        Recording.Status.READY,
                        "completed",
                        Instant.parse("2026-03-01T12:00:05Z"),
                        Duration.ofSeconds(61),
                        2));
        wire.verify(getRequestedFor(urlEqualTo(second)).withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
    }

    @Test
    void aCallThatIsNotKnownHasNoRecordings() {
        onGet(OF_CALL, error(404, 20404));

        assertThat(recordings().list(CALL_REF)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "in-progress, RUNNING",
        "paused, RUNNING",
        "stopped, PROCESSING",
        "processing, PROCESSING",
        "completed, READY",
        "absent, ABSENT",
        "deleted, ABSENT",
        "on-tape, OTHER"
    })
    void fetchesOneWhateverItsState(String raw, Recording.Status status) {
        onGet(ONE + ".json", recording().with("status", raw).answer(200));

        assertThat(recordings().fetch(REF)).hasValueSatisfying(one -> {
            assertThat(one.status()).isEqualTo(status);
            assertThat(one.rawStatus()).isEqualTo(raw);
        });
    }

    @Test
    void whatIsNotKnownYetIsNull() {
        onGet(
                ONE + ".json",
                recording()
                        .with("status", "in-progress")
                        .with("duration", "-1")
                        .with("call_sid", null)
                        .with("start_time", null)
                        .with("channels", null)
                        .answer(200));

        assertThat(recordings().fetch(REF))
                .contains(new Recording(REF, null, Recording.Status.RUNNING, "in-progress", null, null, 0));
    }

    @Test
    void aRecordingThatIsNotKnownIsEmpty() {
        onGet(ONE + ".json", error(404, 20404));

        assertThat(recordings().fetch(REF)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"WAV, .wav, audio/x-wav", "MP3, .mp3, audio/mpeg"})
    void downloadsAsWavOrMp3(RecordingFormat format, String ending, String type) throws IOException {
        onGet(ONE + ending, aResponse().withHeader("Content-Type", type).withBody("sound"));
        ByteArrayOutputStream sink = new ByteArrayOutputStream();

        assertThat(recordings().download(REF, format, sink)).isEqualTo(5);

        assertThat(sink.toString(StandardCharsets.US_ASCII)).isEqualTo("sound");
        wire.verify(
                1,
                getRequestedFor(urlEqualTo(ONE + ending)).withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
    }

    @Test
    void aRecordingThatIsNotReadyIsNotFound() {
        onGet(ONE + ".wav", error(404, 20404));

        assertThatThrownBy(() -> recordings().download(REF, RecordingFormat.WAV, OutputStream.nullOutputStream()))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aSinkThatFailsFailsWithItsOwnWords() {
        onGet(ONE + ".wav", aResponse().withBody("sound"));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };

        assertThatThrownBy(() -> recordings().download(REF, RecordingFormat.WAV, full))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void aLongRecordingIsNeverInMemoryAsAWhole() throws Exception {
        long size = 64L * 1024 * 1024;
        try (Endless carrier = new Endless(size, size);
                TwilioProvider far = settings().baseUrl(carrier.uri()).build()) {
            Counting sink = new Counting();

            long written = far.require(Recordings.class).download(REF, RecordingFormat.WAV, sink);

            assertThat(written).isEqualTo(size);
            assertThat(sink.bytes).isEqualTo(size);
            assertThat(sink.largest).isLessThan(1024 * 1024);
        }
    }

    @Test
    void aRecordingThatBreaksOffIsAFailure() throws Exception {
        try (Endless carrier = new Endless(1024 * 1024, 100_000);
                TwilioProvider far = settings().baseUrl(carrier.uri()).build()) {
            Counting sink = new Counting();

            assertThatThrownBy(() -> far.require(Recordings.class).download(REF, RecordingFormat.WAV, sink))
                    .isInstanceOf(ProtocolError.class);
            assertThat(sink.bytes).isPositive().isLessThan(1024 * 1024);
        }
    }

    @Test
    void deletesOnceAndWhatIsGoneIsNoError() {
        on(delete(urlPathEqualTo(ONE + ".json")), aResponse().withStatus(204));
        recordings().delete(REF);
        on(delete(urlPathEqualTo(ONE + ".json")), error(404, 20404));
        recordings().delete(REF);

        wire.verify(
                2,
                deleteRequestedFor(urlEqualTo(ONE + ".json"))
                        .withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
    }

    @Test
    void aRecordingThatStillGoesOnIsNotDeleted() {
        on(delete(urlPathEqualTo(ONE + ".json")), error(409, 20009));

        assertThatThrownBy(() -> recordings().delete(REF))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("20009");
    }

    @Test
    void pausesTheOneThatRuns() {
        onGet(
                OF_CALL,
                page(
                        "recordings",
                        recording()
                                .with("sid", "RE000000000000000000000000000000c2")
                                .with("status", "completed"),
                        recording().with("status", "in-progress")));
        on(post(urlPathEqualTo(CURRENT)), recording().with("status", "paused").answer(200));

        recordings().pause(CALL_REF);

        assertThat(sent()).containsExactly("GET " + OF_CALL, "POST " + CURRENT);
        assertThat(form(requests().get(1))).containsExactlyInAnyOrder("Status=paused", "PauseBehavior=silence");
    }

    @Test
    void resumesTheOneThatRests() {
        onGet(OF_CALL, page("recordings", recording().with("status", "paused")));
        on(
                post(urlPathEqualTo(CURRENT)),
                recording().with("status", "in-progress").answer(200));

        recordings().resume(CALL_REF);

        assertThat(form(requests().get(1))).containsExactly("Status=in-progress");
    }

    @Test
    void whereNoneRunsOrRestsThatIsNotFound() {
        onGet(OF_CALL, page("recordings", recording().with("status", "completed")));

        assertThatThrownBy(() -> recordings().pause(CALL_REF))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("in-progress");
        assertThatThrownBy(() -> recordings().resume(CALL_REF))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("paused");
        assertThat(sent()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void whatIsNoRecordingOfTwilioIsRefusedBeforeAnythingIsSent() {
        RecordingRef foreign = new RecordingRef(TWILIO, "RE1/../../Calls");

        assertThatThrownBy(() -> recordings().fetch(foreign)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> recordings().delete(foreign)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> recordings().download(foreign, RecordingFormat.MP3, OutputStream.nullOutputStream()))
                .isInstanceOf(InvalidRequest.class);
        assertThat(sent()).isEmpty();
    }

    private Recordings recordings() {
        return twilio.require(Recordings.class);
    }

    /** Keeps nothing. */
    private static final class Counting extends OutputStream {
        long bytes;
        int largest;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes += length;
            largest = Math.max(largest, length);
        }
    }

    /** Announces so many bytes and sends some of them, in pieces: WireMock would keep all in memory. */
    private static final class Endless implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

        Endless(long announced, long sent) throws IOException {
            Thread thread = new Thread(() -> serve(announced, sent), "endless-recording");
            thread.setDaemon(true);
            thread.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        private void serve(long announced, long sent) {
            try (Socket connection = socket.accept()) {
                byte[] head = new byte[8 * 1024];
                int read = connection.getInputStream().read(head);
                String answer =
                        "HTTP/1.1 200 OK\r\nContent-Type: audio/x-wav\r\nContent-Length: " + announced + "\r\n\r\n";
                OutputStream out = connection.getOutputStream();
                out.write((read > 0 ? answer : "").getBytes(StandardCharsets.US_ASCII));
                byte[] piece = new byte[64 * 1024];
                for (long left = sent; left > 0; left -= piece.length) {
                    out.write(piece, 0, (int) Math.min(left, piece.length));
                }
                out.flush();
            } catch (IOException e) {
                // The test sees what is missing.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
