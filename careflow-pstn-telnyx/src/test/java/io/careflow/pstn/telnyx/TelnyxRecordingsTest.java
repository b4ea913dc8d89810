package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.RecordingRef;
import io.careflow.pstn.recording.Recordings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelnyxRecordingsTest extends WireMockTelnyx {
    private static final ProviderId TELNYX = new ProviderId("telnyx");
    private static final String ID = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
    private static final RecordingRef REF = new RecordingRef(TELNYX, ID);
    private static final CallRef CALL = new CallRef(TELNYX, "v3:e-31OnvjEM7Y4wv_x==");

    @Test
    void theRecordingsOfACallAreListedByItsId() {
        onGet("/recordings", page(recording(ID, CALL.id(), "completed"), recording("other", "v3:other", "completed")));

        List<Recording> found = recordings().list(CALL);

        assertThat(found).extracting(recording -> recording.ref().id()).containsExactly(ID);
        LoggedRequest sent = requests().get(0);
        assertThat(query(sent)).contains("filter[call_control_id]=" + CALL.id(), "page[number]=1", "page[size]=250");
        assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer " + KEY.reveal());
    }

    @Test
    void aRecordingIsReadWithItsTimesAndChannels() {
        onGet("/recordings/" + ID, data(recording(ID, CALL.id(), "completed")));

        assertThat(recordings().fetch(REF))
                .contains(new Recording(
                        REF,
                        CALL,
                        Recording.Status.READY,
                        "completed",
                        Instant.parse("2026-03-01T11:00:00.500Z"),
                        Duration.ofMillis(60_250),
                        2));
        assertThat(sent()).containsExactly("GET /recordings/" + ID);
    }

    @Test
    void aStatusThatNobodyKnowsIsKeptAndAConferenceIsNoCall() {
        onGet(
                "/recordings/" + ID,
                data("{\"id\":\"" + ID + "\",\"status\":\"archived\",\"source\":\"conference\","
                        + "\"call_control_id\":\"v3:seed\",\"channels\":\"quad\",\"novelty\":{}}"));

        Recording recording = recordings().fetch(REF).orElseThrow();

        assertThat(recording.status()).isEqualTo(Recording.Status.OTHER);
        assertThat(recording.rawStatus()).isEqualTo("archived");
        assertThat(recording.call()).isNull();
        assertThat(recording.channels()).isZero();
        assertThat(recording.length()).isNull();
    }

    @Test
    void whatTelnyxDoesNotKnowIsEmptyAndDeletingItIsNoError() {
        onGet("/recordings/" + ID, error(404, 10005));
        onGet("/recordings", error(404, 10005));
        onDelete("/recordings/" + ID, error(404, 10005));

        assertThat(recordings().fetch(REF)).isEmpty();
        assertThat(recordings().list(CALL)).isEmpty();
        recordings().delete(REF);
        assertThatThrownBy(() -> download(RecordingFormat.WAV)).isInstanceOf(NotFound.class);
    }

    @Test
    void whatIsAnothersIsNotAskedFor() {
        RecordingRef foreign = new RecordingRef(new ProviderId("twilio"), ID);

        assertThat(recordings().fetch(foreign)).isEmpty();
        assertThat(recordings().list(new CallRef(new ProviderId("twilio"), "CA1")))
                .isEmpty();
        recordings().delete(foreign);
        assertThat(recordings().fetch(new RecordingRef(TELNYX, "../balance"))).isEmpty();
        assertThatThrownBy(() -> recordings().pause(new CallRef(new ProviderId("twilio"), "CA1")))
                .isInstanceOf(NotFound.class);
        assertThat(requests()).isEmpty();
    }

    /** Links live for ten minutes, and are signed themselves: our key is not theirs to see. */
    @Test
    void aDownloadAsksForAFreshLinkAndDoesNotSendTheKeyThere() throws IOException {
        theFileIs("RIFF....WAVE");

        assertThat(download(RecordingFormat.WAV)).isEqualTo("RIFF....WAVE");
        assertThat(download(RecordingFormat.WAV)).isEqualTo("RIFF....WAVE");

        assertThat(requests())
                .extracting(request -> request.getUrl().replaceFirst("\\?.*", ""))
                .containsExactly(V2 + "/recordings/" + ID, "/files/a.wav", V2 + "/recordings/" + ID, "/files/a.wav");
        LoggedRequest file = requests().get(1);
        assertThat(file.containsHeader("Authorization")).isFalse();
        assertThat(file.getUrl()).isEqualTo("/files/a.wav?X-Signature=a%2Fb%3D&Expires=600");
        assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY.reveal());
    }

    @Test
    void aLinkThatHasRunOutIsNotFoundAndNotAWrongKey() {
        theFileIs("");
        on(
                get(urlPathEqualTo("/files/a.wav")),
                aResponse().withStatus(403).withBody("<Error>Request has expired</Error>"));

        assertThatThrownBy(() -> download(RecordingFormat.WAV))
                .isInstanceOf(NotFound.class)
                .isNotInstanceOf(AuthenticationFailed.class)
                .hasMessageNotContaining("X-Signature");
    }

    @Test
    void aLinkWithoutTlsToElsewhereIsNotFollowed() {
        int another = wire.port() == 65535 ? 65534 : wire.port() + 1;
        onGet(
                "/recordings/" + ID,
                data("{\"id\":\"" + ID + "\",\"status\":\"completed\",\"download_urls\":{\"wav\":\"http://127.0.0.1:"
                        + another + "/a.wav\",\"mp3\":\"file:///etc/passwd\"}}"));

        for (RecordingFormat format : RecordingFormat.values()) {
            PstnException failure = catchThrowableOfType(PstnException.class, () -> download(format));
            assertThat(failure).isInstanceOf(ProtocolError.class).hasMessageContaining("https");
            assertThat(failure.effect()).isEqualTo(Effect.NONE);
        }
        assertThat(sent()).containsOnly("GET /recordings/" + ID);
    }

    @Test
    void aFormatThatIsNotThereIsRefusedAndTheOtherNamed() {
        theFileIs("RIFF");

        assertThatThrownBy(() -> download(RecordingFormat.MP3))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("wav");
        onGet("/recordings/" + ID, data("{\"id\":\"" + ID + "\",\"status\":\"completed\",\"download_urls\":{}}"));
        assertThatThrownBy(() -> download(RecordingFormat.MP3)).isInstanceOf(NotFound.class);
    }

    @Test
    void aSinkThatFailsIsTheSinksFailure() {
        theFileIs("RIFF....WAVE");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };

        assertThatThrownBy(() -> recordings().download(REF, RecordingFormat.WAV, full))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void aRecordingIsDeletedOnceAndInDoubtIfTheAnswerIsLost() {
        onDelete("/recordings/" + ID, data(recording(ID, CALL.id(), "completed")));
        recordings().delete(REF);
        assertThat(sent()).containsExactly("DELETE /recordings/" + ID);

        onDelete("/recordings/" + ID, error(503, 10037));
        PstnException failure =
                catchThrowableOfType(PstnException.class, () -> recordings().delete(REF));
        assertThat(failure).isInstanceOf(ProviderUnavailable.class);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(requests()).hasSize(2);
    }

    @Test
    void aRunningRecordingRestsAndGoesOn() {
        onPost(encoded("record_pause"), data("{\"result\":\"ok\"}"));
        onPost(encoded("record_resume"), data("{\"result\":\"ok\"}"));

        recordings().pause(CALL);
        recordings().resume(CALL);

        assertThat(sent()).containsExactly("POST " + action("record_pause"), "POST " + action("record_resume"));
        assertThat(body(requests().get(0)).path("command_id").asText())
                .matches("[0-9a-f-]{36}")
                .isNotEqualTo(body(requests().get(1)).path("command_id").asText());
    }

    /** Telnyx drops a command whose id it has seen, so a lost one comes again under the same id. */
    @Test
    void aPauseWhoseAnswerIsLostIsSentAgainUnderTheSameCommandId() {
        onPost(encoded("record_pause"), error(500, 10007));

        PstnException failure =
                catchThrowableOfType(PstnException.class, () -> recordings().pause(CALL));

        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(requests()).hasSizeGreaterThan(1);
        assertThat(requests())
                .extracting(request -> body(request).path("command_id").asText())
                .containsOnly(body(requests().get(0)).path("command_id").asText());
    }

    /** 90018 comes with 422: a race that is normal, as callers hang up. */
    @ParameterizedTest
    @ValueSource(ints = {90015, 90018, 90020, 90034})
    void withoutARunningRecordingThereIsNothingToPause(int code) {
        onPost(encoded("record_pause"), error(422, code));

        PstnException failure =
                catchThrowableOfType(PstnException.class, () -> recordings().pause(CALL));

        assertThat(failure).isInstanceOf(NotFound.class);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }

    private Recordings recordings() {
        return telnyx.require(Recordings.class);
    }

    private String download(RecordingFormat format) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        long bytes = recordings().download(REF, format, sink);
        assertThat(bytes).isEqualTo(sink.size());
        return sink.toString(StandardCharsets.UTF_8);
    }

    private void theFileIs(String text) {
        String link = "http://127.0.0.1:" + wire.port() + "/files/a.wav?X-Signature=a%2Fb%3D&Expires=600";
        onGet(
                "/recordings/" + ID,
                data("{\"id\":\"" + ID + "\",\"status\":\"completed\",\"download_urls\":{\"wav\":\"" + link + "\"}}"));
        on(get(urlPathEqualTo("/files/a.wav")), aResponse().withStatus(200).withBody(text));
    }

    private static String action(String name) {
        return "/calls/" + CALL.id() + "/actions/" + name;
    }

    /** One segment, whatever stands in the id. */
    private static String encoded(String name) {
        return action(name).replace(":", "%3A").replace("=", "%3D");
    }

    private static String recording(String id, String call, String status) {
        return "{\"id\":\"" + id + "\",\"call_control_id\":\"" + call + "\",\"status\":\"" + status
                + "\",\"source\":\"call\",\"channels\":\"dual\",\"duration_millis\":60250,"
                + "\"recording_started_at\":\"2026-03-01T11:00:00.500000Z\"}";
    }
}
