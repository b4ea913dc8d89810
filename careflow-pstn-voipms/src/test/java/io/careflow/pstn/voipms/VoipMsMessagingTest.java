package io.careflow.pstn.voipms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoipMsMessagingTest extends WireMockVoipMs {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550142");
    private static final PhoneNumber THEIRS = new PhoneNumber("+14165550199");
    private static final String LONG =
            "Please bring your health card. ".repeat(8).strip();

    @Test
    @DisplayName("encoding of +, &, !, newline and emoji: a text arrives as it was written")
    void encoding() {
        on("sendSMS", success("\"sms\":23434"));
        String text = "1+1 & 'more'!\nZoë 100% 😀";

        Message sent = messages().send(request("a", text));

        assertThat(sent("sendSMS"))
                .containsOnly(
                        Map.entry("did", "4165550142"), Map.entry("dst", "4165550199"), Map.entry("message", text));
        assertThat(sent.ref()).isEqualTo(ref("23434"));
        assertThat(sent.status()).isEqualTo(Message.Status.QUEUED);
        assertThat(sent.from()).isEqualTo(OURS.e164());
        assertThat(sent.to()).isEqualTo(THEIRS.e164());
    }

    @Test
    @DisplayName("160 characters are one message")
    void longest() {
        on("sendSMS", success("\"sms\":\"1\""));

        Message unused = messages().send(request("a", "x".repeat(160)));

        assertThat(sent("sendSMS").get("message")).hasSize(160);
    }

    @Test
    @DisplayName("a longer text is refused before anything is sent, unless told otherwise")
    void refusedWhereLong() {
        PstnException refused = failureOf(request("a", LONG));

        assertThat(refused).isInstanceOf(InvalidRequest.class).hasMessageContaining("voipms.long-text");
        assertThat(refused).hasMessageNotContaining("health card");
        assertThat(refused.effect()).isEqualTo(Effect.NONE);
        assertThat(sent()).isEmpty();
    }

    @Test
    @DisplayName("a longer text goes in parts between words where that is asked for")
    void split() {
        answersInTurn("sendSMS", "\"sms\":11", "\"sms\":12");

        Message sent = messages().send(request("a", LONG).with(VoipMsOptions.LONG_TEXT, LongText.SPLIT));

        List<String> texts = requests().stream()
                .map(WireMockVoipMs::form)
                .map(form -> form.getOrDefault("message", ""))
                .toList();
        assertThat(texts).hasSize(2).allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(160));
        assertThat(String.join(" ", texts)).isEqualTo(LONG);
        assertThat(sent.ref()).isEqualTo(ref("11,12"));
    }

    @Test
    @DisplayName("if a later part is refused, the whole is in doubt, and nothing is sent again")
    void splitHalfway() {
        answersInTurn("sendSMS", "\"sms\":11", null);
        MessageRequest request = request("a", LONG).with(VoipMsOptions.LONG_TEXT, LongText.SPLIT);

        PstnException lost = failureOf(request);
        PstnException again = failureOf(request);

        assertThat(lost.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(lost).hasMessageContaining("1 of 2 parts were sent");
        assertThat(lost.code()).contains("limit_reached");
        assertThat(again.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(sent()).containsExactly("sendSMS", "sendSMS");
    }

    @Test
    @DisplayName("a longer text goes as one MMS where the account's settings say so")
    void mms() {
        on("sendMMS", success("\"mms\":\"777\""));
        try (VoipMsProvider other = settings().longTexts(LongText.MMS).build()) {
            Message sent = other.require(Messaging.class).send(request("a", LONG));

            assertThat(sent.ref()).isEqualTo(ref("mms:777"));
        }
        assertThat(sent("sendMMS")).containsEntry("message", LONG);
    }

    @Test
    @DisplayName("an option of another vendor is refused, and so is a number that is not of +1")
    void unsupported() {
        Option<String> foreign = new Option<>("acme.colour", String.class);
        MessageRequest abroad = MessageRequest.of(new CommandId("b"), OURS, new PhoneNumber("+442071234567"), "Hi");

        assertThat(failureOf(request("a", "Hi").with(foreign, "red")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("acme.colour")
                .hasMessageContaining("voipms.long-text");
        assertThat(failureOf(abroad)).isInstanceOf(UnsupportedFeature.class).hasMessageContaining("+1");
        assertThat(sent()).isEmpty();
    }

    @Test
    @DisplayName(
            "non-idempotent timeout not retried: a text whose answer is lost and that is not listed stays in doubt")
    void lost() {
        on("sendSMS", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        on("getSMS", status("no_sms"));

        PstnException lost = failureOf(request("a", "Good morning"));
        PstnException again = failureOf(request("a", "Good morning"));

        assertThat(lost.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(lost).hasMessageContaining("not sent again").hasMessageNotContaining("Good morning");
        assertThat(again.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(sent()).containsExactly("sendSMS", "getSMS", "getSMS");
    }

    @Test
    @DisplayName("a lost text that is listed, and that nothing else can be, is the one")
    void found() {
        on("sendSMS", page(522));
        on("getSMS", success("\"sms\":" + row("4711", "2026-03-01 07:00:02", "Good morning")));

        Message found = messages().send(request("a", "Good morning"));

        assertThat(found.ref()).isEqualTo(ref("4711"));
        assertThat(found.status()).isEqualTo(Message.Status.SENT);
        assertThat(sent("getSMS"))
                .containsEntry("contact", "4165550199")
                .containsEntry("type", "0")
                .containsEntry("timezone", "-5")
                .containsEntry("from", "2026-02-28")
                .containsEntry("to", "2026-03-02");
        assertThat(sent()).containsExactly("sendSMS", "getSMS");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01 06:59:40, Good morning",
        "2026-03-01 07:03:00, Good morning",
        "2026-03-01 07:00:02, Good evening"
    })
    @DisplayName("an older, a later or another text is not taken for the lost one")
    void notIt(String date, String text) {
        on("sendSMS", page(503));
        on("getSMS", success("\"sms\":[" + row("4711", date, text) + "]"));

        assertThat(failureOf(request("a", "Good morning")).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(sent()).containsExactly("sendSMS", "getSMS");
    }

    @Test
    @DisplayName("of two such texts nobody knows which is ours")
    void twoSuch() {
        on("sendSMS", page(503));
        on(
                "getSMS",
                success("\"sms\":[" + row("1", "2026-03-01 07:00:02", "Hi") + ","
                        + row("2", "2026-03-01 07:00:03", "Hi") + "]"));

        assertThat(failureOf(request("a", "Hi"))).hasMessageContaining("2 such messages");
    }

    @Test
    @DisplayName("the same command given again sends nothing; with another text it is a conflict")
    void twice() {
        on("sendSMS", success("\"sms\":1"));
        Message sent = messages().send(request("a", "Hi"));

        assertThat(messages().send(request("a", "Hi"))).isEqualTo(sent);
        assertThat(failureOf(request("a", "Other"))).isInstanceOf(Conflict.class);
        assertThat(sent()).hasSize(1);
    }

    @Test
    @DisplayName("the daily limit is a limit of the account, and may be tried again another day")
    void dailyLimit() {
        on("sendSMS", status("limit_reached", "You have reached the daily limit"));
        PstnException refused = failureOf(request("a", "Hi"));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        NotPermitted.class, e -> assertThat(e.why()).isEqualTo(NotPermitted.Why.LIMIT));
        assertThat(refused.effect()).isEqualTo(Effect.NONE);

        on("sendSMS", success("\"sms\":1"));
        assertThat(messages().send(request("a", "Hi")).ref()).isEqualTo(ref("1"));
    }

    @Test
    @DisplayName("a number whose SMS settle still is a conflict that says when to try again")
    void settling() {
        on("sendSMS", status("sms_wait_message"));

        PstnException refused = failureOf(request("a", "Hi"));

        assertThat(refused).isInstanceOf(Conflict.class);
        assertThat(refused.retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(sent()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"invalid_dst", "sms_toolong", "message_empty", "invalid_did"})
    @DisplayName("what VoIP.ms refuses was not sent")
    void refused(String code) {
        on("sendSMS", status(code));

        PstnException refused = failureOf(request("a", "Hi"));

        assertThat(refused.effect()).isEqualTo(Effect.NONE);
        assertThat(refused.code()).contains(code);
        assertThat(sent()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "delivered, DELIVERED",
        "DELIVRD, DELIVERED",
        "'', SENT",
        "rejected, FAILED",
        "undelivered, UNDELIVERED",
        "quantum, OTHER"
    })
    @DisplayName("what the receiving network says becomes a status, and is kept")
    void statuses(String raw, Message.Status status) {
        on(
                "getSMS",
                success("\"sms\":{\"id\":\"5\",\"date\":\"2026-03-01 06:00:00\",\"type\":0,\"did\":\"4165550142\","
                        + "\"contact\":\"4165550199\",\"message\":\"Hi\",\"carrier_status\":\"" + raw + "\"}"));

        assertThat(messages().fetch(ref("5"))).hasValueSatisfying(message -> {
            assertThat(message.status()).isEqualTo(status);
            assertThat(message.rawStatus()).isEqualTo(raw);
        });
    }

    @Test
    @DisplayName("a divided text is as far as the part that is furthest behind")
    void dividedStatus() {
        on(
                asking("getSMS", "sms=2"),
                success("\"sms\":[" + row("2", "2026-03-01 06:00:01", "b").replace("sent", "failed") + "]"));
        on(asking("getSMS", "sms=1"), success("\"sms\":[" + row("1", "2026-03-01 06:00:00", "a") + "]"));

        assertThat(messages().fetch(ref("1,2"))).hasValueSatisfying(message -> {
            assertThat(message.status()).isEqualTo(Message.Status.FAILED);
            assertThat(message.ref()).isEqualTo(ref("1,2"));
        });
    }

    @Test
    @DisplayName("a message of somebody else is not asked for")
    void foreign() {
        assertThat(messages().fetch(new MessageRef(new ProviderId("telnyx"), "5")))
                .isEmpty();
        assertThat(messages().fetch(ref("5&method=x"))).isEmpty();
        assertThat(sent()).isEmpty();
    }

    private void answersInTurn(String method, String first, @Nullable String second) {
        wire.stubFor(asking(method)
                .inScenario("parts")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("second")
                .willReturn(success(first)));
        wire.stubFor(asking(method)
                .inScenario("parts")
                .whenScenarioStateIs("second")
                .willReturn(second == null ? status("limit_reached") : success(second)));
    }

    private static String row(String id, String date, String text) {
        return "{\"id\":\"" + id + "\",\"date\":\"" + date + "\",\"type\":\"0\",\"did\":\"4165550142\","
                + "\"contact\":\"4165550199\",\"message\":\"" + text + "\",\"carrier_status\":\"sent\"}";
    }

    private static MessageRequest request(String command, String text) {
        return MessageRequest.of(new CommandId(command), OURS, THEIRS, text);
    }

    private MessageRef ref(String id) {
        return new MessageRef(voipms.id(), id);
    }

    private Messaging messages() {
        return voipms.require(Messaging.class);
    }

    private PstnException failureOf(MessageRequest request) {
        return catchThrowableOfType(PstnException.class, () -> messages().send(request));
    }
}
