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
import io.careflow.pstn.twilio.TwilioOptions;
import io.careflow.pstn.twilio.TwilioProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
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

/** What the guide shows of calls, texts and recordings at Twilio, run against a fake one. */
class TwilioCallsTest {
    private static final PhoneNumber CLINIC = new PhoneNumber("+18195550100");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String BASE = "/2010-04-01/Accounts/" + ACCOUNT;
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String RECORDING = "RE00000000000000000000000000000001";

    private final FakeCarrier fake = new FakeCarrier();
    private final PstnProvider twilio = TwilioProvider.at(ACCOUNT, Secret.of("a-token-for-tests"))
            .baseUrl(fake.uri())
            .publicUrl(URI.create("https://phone.example.org/twilio"))
            .build();

    @AfterEach
    void close() {
        twilio.close();
        fake.close();
    }

    @Test
    void callsThePatient() {
        fake.on("POST", BASE + "/Calls.json", FakeReply.json(201, "{\"sid\":\"" + CALL + "\",\"status\":\"queued\"}"));

        assertThat(call(twilio).rawStatus()).isEqualTo("queued");
        assertThat(fake.requests())
                .singleElement()
                .extracting(SentRequest::body)
                .asString()
                .contains("Record=true", "CallReason=Your+appointment");
    }

    @Test
    void textsThePatient() {
        fake.on(
                "POST",
                BASE + "/Messages.json",
                FakeReply.json(201, "{\"sid\":\"SM00000000000000000000000000000001\",\"status\":\"queued\"}"));

        assertThat(text(twilio).status()).isEqualTo(Message.Status.QUEUED);
    }

    @Test
    void keepsTheRecordingsAndDeletesThemAtTwilio(@TempDir Path folder) throws IOException {
        fake.on(
                "GET",
                BASE + "/Calls/" + CALL + "/Recordings.json",
                FakeReply.json(200, "{\"recordings\":[{\"sid\":\"" + RECORDING + "\",\"status\":\"completed\"}]}"));
        fake.on(
                "GET",
                BASE + "/Recordings/" + RECORDING + ".mp3",
                FakeReply.of(200, "audio/mpeg", "sound".getBytes(StandardCharsets.US_ASCII)));
        fake.on("DELETE", BASE + "/Recordings/" + RECORDING + ".json", FakeReply.empty(204));

        keep(twilio, new CallRef(new ProviderId("twilio"), CALL), folder);

        assertThat(folder.resolve(RECORDING + ".mp3")).hasContent("sound");
        assertThat(fake.requests()).last().extracting(SentRequest::method).isEqualTo("DELETE");
    }

    @Test
    void pullsWhatTwilioBilled() {
        fake.on("GET", BASE + "/Calls.json", FakeReply.json(200, "{\"calls\":[]}"));

        assertThat(pull(twilio, record -> {})).isZero();
    }

    static Call call(PstnProvider twilio) {
        // snippet: twilio-call
        CallFlow flow = CallFlow.start()
                .say("Good morning. Your appointment is tomorrow at nine.", Locale.CANADA)
                .hangUp();
        CallRequest request = CallRequest.of(new CommandId("reminder-4711"), CLINIC, Destination.number(PATIENT), flow)
                .ringingFor(Duration.ofSeconds(25))
                .lastingAtMost(Duration.ofMinutes(5))
                .recorded()
                .detectingMachines()
                .with(TwilioOptions.CALL_REASON, "Your appointment");
        Call call = twilio.require(CallControl.class).place(request);
        // end
        return call;
    }

    static Message text(PstnProvider twilio) {
        // snippet: twilio-text
        Message text = twilio.require(Messaging.class)
                .send(MessageRequest.of(
                        new CommandId("reminder-4711-text"), CLINIC, PATIENT, "Your appointment is tomorrow at nine."));
        // end
        return text;
    }

    static void keep(PstnProvider twilio, CallRef call, Path folder) throws IOException {
        // snippet: twilio-recording
        Recordings recordings = twilio.require(Recordings.class);
        for (Recording recording : recordings.list(call)) {
            if (recording.status() == Recording.Status.READY) {
                Path file = folder.resolve(recording.ref().id() + ".mp3");
                try (OutputStream sink = Files.newOutputStream(file)) {
                    recordings.download(
                            recording.ref(), RecordingFormat.MP3, sink); // as it arrives, however long it is
                }
                recordings.delete(recording.ref());
            }
        }
        // end
    }

    static long pull(PstnProvider twilio, Consumer<ProviderCdr> ledger) {
        // snippet: twilio-cdrs
        Instant midnight = Instant.parse("2026-03-01T00:00:00Z");
        long legs = twilio.require(ProviderCdrs.class).pull(midnight, midnight.plus(Duration.ofDays(1)), ledger);
        // end
        return legs;
    }
}
