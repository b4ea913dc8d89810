package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.tck.FakeCarrier;
import io.careflow.pstn.tck.FakeReply;
import io.careflow.pstn.tck.SentRequest;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.voipms.EmergencyState;
import io.careflow.pstn.voipms.StoredMessage;
import io.careflow.pstn.voipms.VoipMsBuilder;
import io.careflow.pstn.voipms.VoipMsProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows of messages, recordings, records, rates and E911 at VoIP.ms, run against a fake one. */
class VoipMsGuideTest {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550142");
    private static final PhoneNumber THEIRS = new PhoneNumber("+14165550199");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final FakeCarrier fake = new FakeCarrier();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final PstnProvider voipms = VoipMsProvider.with("telephony@example.org", Secret.of("a-password-for-tests"))
            .baseUrl(URI.create(fake.uri() + "/rest.php"))
            .webhookToken(VoipMsBuilder.newWebhookToken())
            .webhookUrl(URI.create("https://phone.example.org/voipms"))
            .limits(Limits.none())
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();

    @BeforeEach
    void answer() {
        fake.on("POST", "/rest.php", request -> FakeReply.json(200, answers.getOrDefault(method(request), "{}")));
    }

    @AfterEach
    void close() {
        voipms.close();
        fake.close();
    }

    @Test
    void theProviderOfTheGuideCanBeMade() {
        Secret token = VoipMsBuilder.newWebhookToken();
        try (VoipMsProvider made = VoipMsGuide.provider(Secret.of("x-password"), token, event -> {})) {
            assertThat(made.id()).hasToString("voipms");
        }
    }

    @Test
    void sendsALongTextInParts() {
        answers.put("sendSMS", success("\"sms\":23434"));

        assertThat(VoipMsGuide.text(voipms, OURS, THEIRS, "word ".repeat(50))
                        .ref()
                        .id())
                .isEqualTo("23434,23434");
        assertThat(methods()).containsExactly("sendSMS", "sendSMS");
    }

    @Test
    void switchesTheCallbackOnAndReadsWhatWasMissed() {
        answers.put("getDIDsInfo", success("\"dids\":[{\"did\":\"4165550142\"}]"));
        answers.put("setSMS", success("\"done\":1"));
        answers.put("getMMS", "{\"status\":\"no_sms\"}");
        answers.put(
                "getSMS",
                success("\"sms\":[{\"id\":\"1\",\"date\":\"2026-03-01 06:30:00\",\"type\":\"1\",\"did\":\"4165550142\","
                        + "\"contact\":\"4165550199\",\"message\":\"Hello\"}]"));

        List<StoredMessage> missed = VoipMsGuide.inbox(voipms, OURS, NOW.minusSeconds(3600), NOW);

        assertThat(missed)
                .singleElement()
                .satisfies(message -> assertThat(message.text()).isEqualTo("Hello"));
        assertThat(methods()).contains("setSMS");
    }

    @Test
    void readsRecordsOfBothWays() {
        answers.put(
                "getCDR",
                success("\"cdr\":[{\"date\":\"2026-03-01 06:30:00\",\"callerid\":\"4165550199\","
                        + "\"destination\":\"4165550142\",\"disposition\":\"ANSWERED\",\"seconds\":\"27\","
                        + "\"total\":\"0.0027\",\"uniqueid\":\"7\",\"destination_type\":\"IN:CAN\"}]"));
        List<ProviderCdr> ledger = new ArrayList<>();

        assertThat(VoipMsGuide.calls(voipms, ledger::add)).isEqualTo(1);
        assertThat(ledger)
                .singleElement()
                .satisfies(cdr -> assertThat(cdr.billedSeconds()).isEqualTo(27L));
    }

    @Test
    void makesADeckOfThePrices() {
        answers.put(
                "getTerminationRates",
                success("\"rates\":[{\"destination\":\"x\",\"prefix\":\"1\",\"increment\":\"6\",\"rate\":\"0.01\"}]"));

        assertThat(VoipMsGuide.rates(voipms).size()).isEqualTo(1);
        assertThat(methods()).hasSize(3);
    }

    @Test
    void namesTheNumbersThatNobodyFinds() {
        answers.put("getDIDsInfo", success("\"dids\":[{\"did\":\"4165550142\",\"e911\":\"0\"}]"));

        assertThat(VoipMsGuide.emergency(voipms))
                .extracting(EmergencyState::number)
                .containsExactly(OURS);
    }

    @Test
    void copiesAndDeletesRecordings(@TempDir Path folder) throws IOException {
        answers.put(
                "getCallRecordings",
                success("\"recordings\":[{\"callrecording\":\"a=\",\"datetime\":\"2026-03-01 06:30:00\","
                        + "\"duration\":\"00:27\"}]"));
        answers.put("getCallRecording", success("\"base64file\":\"SUQz\""));
        answers.put("delCallRecording", success("\"done\":1"));

        VoipMsGuide.recordings(voipms, trunk(), NOW.minusSeconds(3600), NOW, folder);

        assertThat(Files.readString(folder.resolve("1.mp3"))).isEqualTo("ID3");
        assertThat(methods()).containsExactly("getCallRecordings", "getCallRecording", "delCallRecording");
    }

    private SipTrunk trunk() {
        return new SipTrunk(
                new TrunkRef(voipms.id(), "100001_clinic42"),
                TrunkKind.TRUNK,
                "clinic42",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                true,
                List.of(OURS),
                null,
                Map.of());
    }

    private List<String> methods() {
        return fake.requests().stream().map(VoipMsGuideTest::method).toList();
    }

    private static String method(SentRequest request) {
        for (String pair : request.body().split("&", -1)) {
            if (pair.startsWith("method=")) {
                return URLDecoder.decode(pair.substring("method=".length()), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static String success(String fields) {
        return "{\"status\":\"success\"," + fields + "}";
    }
}
