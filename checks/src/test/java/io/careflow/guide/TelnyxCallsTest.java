package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingFormat;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.telnyx.TelnyxProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows of calls, texts, recordings and records at Telnyx, run against a fake one. */
class TelnyxCallsTest {
    private static final PhoneNumber CLINIC = new PhoneNumber("+18195550100");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final String CALL = "v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg";
    private static final String RECORDING = "d8f2a8c4-1a0e-4d3c-9f4b-111122223333";

    private final FakeCarrier fake = new FakeCarrier();
    private final PstnProvider telnyx = TelnyxProvider.with(Secret.of("KEY-for-tests"))
            .baseUrl(fake.uri())
            .connection("1293384261075731499")
            .publicKey("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=")
            .build();

    @AfterEach
    void close() {
        telnyx.close();
        fake.close();
    }

    @Test
    void callsThePatientOnce() {
        fake.on(
                "POST",
                "/calls",
                data("{\"call_control_id\":\"" + CALL + "\",\"call_leg_id\":\"428c31b6-7af4-4bcb-b7f5-5013ef9657c1\","
                        + "\"call_session_id\":\"428c31b6-abf3-3bc1-b7f4-5013ef9657c1\",\"is_alive\":false}"));

        Call placed = call(telnyx);

        assertThat(placed.ref().id()).isEqualTo(CALL);
        assertThat(call(telnyx).ref()).isEqualTo(placed.ref());
        assertThat(fake.requests())
                .singleElement()
                .extracting(SentRequest::body)
                .asString()
                .contains("\"timeout_secs\":25", "\"time_limit_secs\":300", "\"command_id\"", "\"premium\"");
    }

    @Test
    void textsThePatient() {
        fake.on(
                "POST",
                "/messages",
                data("{\"id\":\"40385f64-5717-4562-b3fc-2c963f66afa6\",\"from\":{\"phone_number\":\"+18195550100\"},"
                        + "\"to\":[{\"phone_number\":\"+14165550100\",\"status\":\"queued\"}],\"parts\":1}"));

        assertThat(text(telnyx).status()).isEqualTo(Message.Status.QUEUED);
    }

    @Test
    void keepsTheRecordingsAndDeletesThemAtTelnyx(@TempDir Path folder) throws IOException {
        String recording = "{\"id\":\"" + RECORDING + "\",\"call_control_id\":\"" + CALL
                + "\",\"status\":\"completed\",\"channels\":\"dual\",\"download_urls\":{\"wav\":\"" + fake.uri()
                + "/media/x.wav\"}}";
        fake.on(
                        "GET",
                        "/recordings",
                        FakeReply.json(200, "{\"data\":[" + recording + "],\"meta\":{\"total_pages\":1}}"))
                .on("GET", "/recordings/" + RECORDING, data(recording))
                .on("GET", "/media/x.wav", FakeReply.of(200, "audio/wav", "sound".getBytes(StandardCharsets.US_ASCII)))
                .on("DELETE", "/recordings/" + RECORDING, data(recording));

        keep(telnyx, new CallRef(new ProviderId("telnyx"), CALL), folder);

        assertThat(folder.resolve(RECORDING + ".wav")).hasContent("sound");
        assertThat(fake.requests())
                .filteredOn(request -> request.target().startsWith("/media"))
                .allSatisfy(request -> assertThat(request.headers())
                        .noneMatch(header -> header.getKey().equalsIgnoreCase("Authorization")));
        assertThat(fake.requests()).last().extracting(SentRequest::method).isEqualTo("DELETE");
    }

    @Test
    void pullsWhatTelnyxBilled() {
        fake.on("GET", "/detail_records", FakeReply.json(200, "{\"data\":[],\"meta\":{\"total_pages\":1}}"));

        assertThat(pull(telnyx, record -> {})).isZero();
    }

    static Call call(PstnProvider telnyx) {
        // snippet: telnyx-call
        CallFlow flow = CallFlow.start()
                .say("Good morning. Your appointment is tomorrow at nine.", Locale.CANADA)
                .hangUp();
        CallRequest request = CallRequest.of(new CommandId("reminder-4711"), CLINIC, Destination.number(PATIENT), flow)
                .ringingFor(Duration.ofSeconds(25))
                .lastingAtMost(Duration.ofMinutes(5))
                .recorded()
                .detectingMachines();
        Call call = telnyx.require(CallControl.class).place(request);
        // end
        return call;
    }

    static Message text(PstnProvider telnyx) {
        // snippet: telnyx-text
        Message text = telnyx.require(Messaging.class)
                .send(MessageRequest.of(
                        new CommandId("reminder-4711-text"), CLINIC, PATIENT, "Your appointment is tomorrow at nine."));
        // end
        return text;
    }

    static void keep(PstnProvider telnyx, CallRef call, Path folder) throws IOException {
        // snippet: telnyx-recording
        Recordings recordings = telnyx.require(Recordings.class);
        for (Recording recording : recordings.list(call)) {
            Path file = folder.resolve(recording.ref().id() + ".wav");
            try (OutputStream sink = Files.newOutputStream(file)) {
                recordings.download(recording.ref(), RecordingFormat.WAV, sink); // as it arrives, over a fresh link
            }
            recordings.delete(recording.ref());
        }
        // end
    }

    static long pull(PstnProvider telnyx, Consumer<ProviderCdr> ledger) {
        // snippet: telnyx-cdrs
        Instant midnight = Instant.parse("2026-03-01T00:00:00Z");
        long legs = telnyx.require(ProviderCdrs.class).pull(midnight, midnight.plus(Duration.ofDays(1)), ledger);
        // end
        return legs;
    }

    private static FakeReply data(String object) {
        return FakeReply.json(200, "{\"data\":" + object + "}");
    }
}
