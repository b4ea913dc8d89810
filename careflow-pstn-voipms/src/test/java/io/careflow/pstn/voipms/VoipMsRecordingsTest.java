package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsRecordingsTest extends WireMockVoipMs {
    private static final String ACCOUNT = "100001_clinic";
    private static final Instant FROM = Instant.parse("2026-03-01T05:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T05:00:00Z");

    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @Test
    @DisplayName("the recordings of an account in a span, each once, the earliest first")
    void list() {
        on(
                "getCallRecordings",
                success("\"recordings\":[" + row("cc==", "2026-03-01 09:00:00") + ","
                        + row("a/b+==", "2026-03-01 07:00:00") + "," + row("cc==", "2026-03-01 09:00:00") + ","
                        + row("dd==", "2026-02-28 23:59:59") + "]"));

        assertThat(voipms.require(AccountRecordings.class).list(ACCOUNT, FROM, TO))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.ref()).isEqualTo(ref("a/b+=="));
                            assertThat(first.startedAt()).isEqualTo("2026-03-01T12:00:00Z");
                            assertThat(first.length()).isEqualTo(Duration.ofSeconds(125));
                            assertThat(first.status()).isEqualTo(Recording.Status.READY);
                            assertThat(first.call()).isNull();
                        },
                        second -> assertThat(second.ref()).isEqualTo(ref("cc==")));
        assertThat(sent("getCallRecordings"))
                .containsEntry("account", ACCOUNT)
                .containsEntry("date_from", "2026-02-28")
                .containsEntry("date_to", "2026-03-03")
                .containsEntry("call_type", "all")
                .containsEntry("start", "0");
    }

    @Test
    @DisplayName("pages are read until one is short")
    void pages() {
        String full = IntStream.range(0, 200)
                .mapToObj(at -> row("r" + at, "2026-03-01 07:00:00"))
                .collect(Collectors.joining(","));
        on(asking("getCallRecordings", "start=0"), success("\"recordings\":[" + full + "]"));
        on(asking("getCallRecordings", "start=200"), success("\"recordings\":" + row("last", "2026-03-01 08:00:00")));

        assertThat(voipms.require(AccountRecordings.class).list(ACCOUNT, FROM, TO))
                .hasSize(201);
        assertThat(sent()).hasSize(2);
    }

    @Test
    @DisplayName("an account without recordings, an account that is none, an empty span")
    void nothing() {
        AccountRecordings recordings = voipms.require(AccountRecordings.class);
        on("getCallRecordings", status("no_recording"));

        assertThat(recordings.list(ACCOUNT, FROM, TO)).isEmpty();
        assertThatThrownBy(() -> recordings.list("all&x=1", FROM, TO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> recordings.list(ACCOUNT, TO, FROM)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sent()).hasSize(1);
    }

    @Test
    @DisplayName("the recordings of a call are those of its account that begin with it and have its destination")
    void ofCall() {
        on(asking("getCDR", "calltype=incoming"), status("no_cdr"));
        on(
                asking("getCDR", "calltype=outgoing"),
                success("\"cdr\":[{\"date\":\"2026-03-01 07:00:00\",\"callerid\":\"4165550142\","
                        + "\"destination\":\"8195550100\",\"account\":\"" + ACCOUNT
                        + "\",\"disposition\":\"ANSWERED\",\"seconds\":\"125\",\"uniqueid\":\"77\"}]"));
        on(
                "getCallRecordings",
                success("\"recordings\":[" + row("mine", "2026-03-01 07:00:03") + ","
                        + row("later", "2026-03-01 07:00:30") + ","
                        + row("other", "2026-03-01 07:00:01").replace("8195550100", "6135550177") + "]"));
        CallRef call = new CallRef(voipms.id(), "77");

        assertThat(recordings().list(call)).singleElement().satisfies(found -> {
            assertThat(found.ref()).isEqualTo(ref("mine"));
            assertThat(found.call()).isEqualTo(call);
        });
        assertThat(recordings().list(new CallRef(voipms.id(), "78"))).isEmpty();
        assertThat(recordings().list(new CallRef(new ProviderId("telnyx"), "77")))
                .isEmpty();
    }

    @Test
    @DisplayName("a recording is decoded while it comes, whatever its size and with slashes as PHP writes them")
    void download() throws IOException {
        byte[] mp3 = new byte[700_001];
        new Random(7).nextBytes(mp3);
        on("getCallRecording", file(Base64.getEncoder().encodeToString(mp3).replace("/", "\\/")));

        long written = recordings().download(ref("a/b+=="), RecordingFormat.MP3, sink);

        assertThat(written).isEqualTo(mp3.length);
        assertThat(Arrays.equals(sink.toByteArray(), mp3)).isTrue();
        assertThat(sent("getCallRecording")).containsEntry("account", ACCOUNT).containsEntry("callrecording", "a/b+==");
    }

    @Test
    @DisplayName("Base64 with line breaks and without padding is Base64 too")
    void loose() throws IOException {
        on("getCallRecording", file("SUQz\\r\\nBAAA\\r\\nAQ"));

        assertThat(recordings().download(ref("x"), RecordingFormat.MP3, sink)).isEqualTo(7);
        assertThat(sink.toByteArray()).containsExactly('I', 'D', '3', 4, 0, 0, 1);
    }

    @Test
    @DisplayName("another format is refused before anything is sent; so is halting a recording")
    void unsupported() {
        CallRef call = new CallRef(voipms.id(), "77");

        assertThatThrownBy(() -> recordings().download(ref("x"), RecordingFormat.WAV, sink))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("MP3");
        assertThatThrownBy(() -> recordings().pause(call)).isInstanceOf(UnsupportedFeature.class);
        assertThatThrownBy(() -> recordings().resume(call)).isInstanceOf(UnsupportedFeature.class);
        assertThat(sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_recording", "no_recording"})
    @DisplayName("a recording that is not there")
    void absent(String code) throws IOException {
        on("getCallRecording", status(code));
        on("delCallRecording", status(code));

        assertThatThrownBy(() -> recordings().download(ref("x"), RecordingFormat.MP3, sink))
                .isInstanceOf(NotFound.class);
        assertThat(recordings().fetch(ref("x"))).isEmpty();
        recordings().delete(ref("x"));
        assertThat(sink.size()).isZero();
    }

    @Test
    @DisplayName("a success without a file is no recording yet")
    void noFile() {
        on("getCallRecording", success("\"callrecording\":\"x\",\"base64file\":\"\""));

        assertThatThrownBy(() -> recordings().download(ref("x"), RecordingFormat.MP3, sink))
                .isInstanceOf(NotFound.class);
    }

    @Test
    @DisplayName("what refuses, breaks off or is no JSON is not a recording")
    void failures() {
        on("getCallRecording", status("invalid_credentials"));
        assertThatThrownBy(() -> recordings().download(ref("x"), RecordingFormat.MP3, sink))
                .isInstanceOf(AuthenticationFailed.class);
        assertThat(sent()).hasSize(1);

        on("getCallRecording", page(200));
        assertThatThrownBy(() -> recordings().download(ref("x"), RecordingFormat.MP3, sink))
                .isInstanceOf(ProviderUnavailable.class);
        assertThat(sink.size()).isZero();

        on("getCallRecording", json("{\"status\":\"success\",\"base64file\":\"" + "QUJD".repeat(5000)));
        assertThatThrownBy(() -> recordings().download(ref("x"), RecordingFormat.MP3, sink))
                .isInstanceOf(ProtocolError.class)
                .hasMessageNotContaining("QUJD");

        on("getCallRecording", json("{\"base64file\":\"" + "QUJD".repeat(5000) + "\"}"));
        assertThatThrownBy(() -> recordings().download(ref("x"), RecordingFormat.MP3, sink))
                .isInstanceOf(ProtocolError.class);
    }

    @Test
    @DisplayName("api_limit_exceeded waits for the next minute for a recording too")
    void nextMinute() throws IOException {
        wire.stubFor(asking("getCallRecording")
                .inScenario("busy")
                .whenScenarioStateIs("Started")
                .willSetStateTo("free")
                .willReturn(status("api_limit_exceeded")));
        wire.stubFor(asking("getCallRecording")
                .inScenario("busy")
                .whenScenarioStateIs("free")
                .willReturn(file("SUQz")));

        assertThat(recordings().download(ref("x"), RecordingFormat.MP3, sink)).isEqualTo(3);
        assertThat(pauses).contains(Duration.ofSeconds(61));
    }

    @Test
    @DisplayName("a sink that fails is the sink's failure")
    void sinkFails() {
        on("getCallRecording", file("QUJD".repeat(5000)));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };

        assertThatThrownBy(() -> recordings().download(ref("x"), RecordingFormat.MP3, full))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    @DisplayName("a recording is fetched by account and id, and deleted so")
    void fetchAndDelete() {
        on("getCallRecording", file("SUQz"));
        on("delCallRecording", success(""));

        assertThat(recordings().fetch(ref("x"))).hasValueSatisfying(found -> {
            assertThat(found.ref()).isEqualTo(ref("x"));
            assertThat(found.length()).isEqualTo(Duration.ofSeconds(125));
            assertThat(found.startedAt()).isEqualTo("2026-03-01T12:00:00Z");
        });
        recordings().delete(ref("x"));
        assertThat(sent("delCallRecording")).containsEntry("account", ACCOUNT).containsEntry("callrecording", "x");
    }

    @Test
    @DisplayName("ids that are none of ours are not asked for")
    void foreign() {
        RecordingRef foreign = new RecordingRef(new ProviderId("telnyx"), ACCOUNT + ":x");
        RecordingRef odd = new RecordingRef(voipms.id(), "no account");

        for (RecordingRef ref : new RecordingRef[] {foreign, odd}) {
            assertThat(recordings().fetch(ref)).isEmpty();
            recordings().delete(ref);
            assertThatThrownBy(() -> recordings().download(ref, RecordingFormat.MP3, sink))
                    .isInstanceOf(NotFound.class);
        }
        assertThat(sent()).isEmpty();
    }

    private static ResponseDefinitionBuilder file(String base64) {
        return success("\"callrecording\":\"x\",\"datetime\":\"2026-03-01 07:00:00\",\"destination\":\"8195550100\","
                + "\"type\":\"outgoing\",\"call_logs\":[{\"a\":1}],\"subaccount\":null,\"duration\":\"02:05\","
                + "\"base64file\":\"" + base64 + "\"");
    }

    private static String row(String id, String time) {
        return "{\"callrecording\":\"" + id.replace("/", "\\/") + "\",\"datetime\":\"" + time
                + "\",\"destination\":\"8195550100\",\"type\":\"outgoing\",\"subaccount\":\"" + ACCOUNT
                + "\",\"duration\":\"02:05\"}";
    }

    private RecordingRef ref(String id) {
        return new RecordingRef(voipms.id(), ACCOUNT + ":" + id);
    }

    private Recordings recordings() {
        return voipms.require(Recordings.class);
    }
}
