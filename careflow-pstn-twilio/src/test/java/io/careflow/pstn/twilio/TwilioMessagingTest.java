package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.careflow.pstn.twilio.Resource.MESSAGE;
import static io.careflow.pstn.twilio.Resource.message;
import static io.careflow.pstn.twilio.Resource.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.money.Money;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioMessagingTest extends WireMockTwilio {
    private static final String MESSAGES = V2010 + "/Messages.json";
    private static final String ONE = V2010 + "/Messages/" + MESSAGE + ".json";
    private static final String SERVICE = "MG00000000000000000000000000000001";
    private static final MessageRef REF = new MessageRef(new ProviderId("twilio"), MESSAGE);
    private static final String TEXT = "Your appointment is tomorrow at nine.";

    @Override
    TwilioBuilder settings() {
        return super.settings().publicUrl(URI.create("https://phone.example.org/twilio"));
    }

    @Test
    void sendsFromANumberWithAStatusCallback() {
        on(post(urlPathEqualTo(MESSAGES)), message().answer(201));

        Message sent = messages().send(request("one", TEXT));

        assertThat(sent)
                .isEqualTo(new Message(
                        REF, "+14165550142", "+14165550199", Message.Status.QUEUED, "queued", 1, null, null, null));
        wire.verify(
                1, postRequestedFor(urlEqualTo(MESSAGES)).withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
        assertThat(form(requests().get(0)))
                .containsExactlyInAnyOrder(
                        "To=+14165550199",
                        "From=+14165550142",
                        "Body=" + TEXT,
                        "StatusCallback=https://phone.example.org/twilio/message-status#rc=3&rp=ct,rt,5xx");
    }

    @Test
    void withoutAPublicUrlThereIsNoCallback() {
        on(post(urlPathEqualTo(MESSAGES)), message().answer(201));
        try (TwilioProvider alone = super.settings().build()) {
            alone.require(Messaging.class).send(request("one", TEXT));
        }
        assertThat(form(requests().get(0))).noneMatch(field -> field.startsWith("StatusCallback"));
    }

    @Test
    void aMessagingServiceChoosesTheSenderAndThePartsAreCountedHere() {
        on(
                post(urlPathEqualTo(MESSAGES)),
                message()
                        .with("status", "accepted")
                        .with("from", null)
                        .with("messaging_service_sid", SERVICE)
                        .with("num_segments", "0")
                        .with("body", "Grüße 🙂 " + "x".repeat(70))
                        .answer(201));

        Message sent = messages()
                .send(request("one", "Grüße 🙂 " + "x".repeat(70)).with(TwilioOptions.MESSAGING_SERVICE_SID, SERVICE));

        assertThat(form(requests().get(0)))
                .contains("MessagingServiceSid=" + SERVICE)
                .noneMatch(field -> field.startsWith("From="));
        assertThat(sent.status()).isEqualTo(Message.Status.QUEUED);
        assertThat(sent.from()).isEqualTo(SERVICE);
        assertThat(sent.segments()).isEqualTo(2);
    }

    @Test
    void whatTwilioCannotHonourIsRefusedBeforeAnythingIsSent() {
        Option<String> foreign = new Option<>("other.thing", String.class);

        assertThatThrownBy(() -> messages().send(request("one", TEXT).with(foreign, "x")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("twilio.messaging-service-sid");
        assertThatThrownBy(() -> messages().send(request("one", TEXT).with(TwilioOptions.MESSAGING_SERVICE_SID, "MG1")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("hexadecimal");
        assertThat(sent()).isEmpty();
    }

    @Test
    void theSameCommandSendsOneMessage() {
        on(post(urlPathEqualTo(MESSAGES)), message().answer(201));

        messages().send(request("one", TEXT));
        messages().send(request("one", TEXT));

        assertThat(sent()).containsExactly("POST " + MESSAGES);
        assertThatThrownBy(() -> messages().send(request("one", "Something else.")))
                .isInstanceOf(Conflict.class);
    }

    @ParameterizedTest
    @CsvSource({"21610, OPTED_OUT", "21606, NOT_CAPABLE", "21408, GEO_PERMISSION", "21614, UNREACHABLE", "21608, TRIAL"
    })
    void whatIsNotPermittedSaysWhy(int code, NotPermitted.Why why) {
        on(post(urlPathEqualTo(MESSAGES)), error(400, code));

        NotPermitted refused =
                catchThrowableOfType(NotPermitted.class, () -> messages().send(request("one", TEXT)));

        assertThat(refused.why()).isEqualTo(why);
        assertThat(refused.effect()).isEqualTo(Effect.NONE);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aFullQueueIsThrottling() {
        on(post(urlPathEqualTo(MESSAGES)), error(429, 21611));

        assertThatThrownBy(() -> messages().send(request("one", TEXT))).isInstanceOf(Throttled.class);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aMessageWhoseAnswerWasLostIsLookedUpAndNeverSentAgain() {
        on(post(urlPathEqualTo(MESSAGES)), error(500, 20500));
        onGet(
                MESSAGES,
                page(
                        "messages",
                        message(),
                        message()
                                .with("sid", "SM000000000000000000000000000000b2")
                                .with("body", "Another text."),
                        message()
                                .with("sid", "SM000000000000000000000000000000b3")
                                .with("date_created", "Sun, 01 Mar 2026 11:00:00 +0000"),
                        message()
                                .with("sid", "SM000000000000000000000000000000b4")
                                .with("direction", "inbound")));

        assertThat(messages().send(request("one", TEXT)).ref()).isEqualTo(REF);

        assertThat(sent()).containsExactly("POST " + MESSAGES, "GET " + MESSAGES);
        wire.verify(getRequestedFor(urlPathEqualTo(MESSAGES))
                .withQueryParam("To", equalTo("+14165550199"))
                .withQueryParam("From", equalTo("+14165550142")));
    }

    @Test
    void aLostMessageOfAServiceIsLookedUpByTheService() {
        on(post(urlPathEqualTo(MESSAGES)), error(500, 20500));
        onGet(
                MESSAGES,
                page(
                        "messages",
                        message().with("sid", "SM000000000000000000000000000000b2"),
                        message().with("messaging_service_sid", SERVICE)));

        assertThat(messages()
                        .send(request("one", TEXT).with(TwilioOptions.MESSAGING_SERVICE_SID, SERVICE))
                        .ref())
                .isEqualTo(REF);
        wire.verify(getRequestedFor(urlPathEqualTo(MESSAGES)).withQueryParam("From", absent()));
    }

    @Test
    void aMessageThatIsNotFoundStaysInDoubt() {
        on(post(urlPathEqualTo(MESSAGES)), error(500, 20500));
        onGet(MESSAGES, page("messages"));

        PstnException doubt =
                catchThrowableOfType(PstnException.class, () -> messages().send(request("one", TEXT)));

        assertThat(doubt.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(doubt).hasMessageContaining("lists no such message");
        assertThat(doubt.getMessage()).doesNotContain("appointment");
    }

    @Test
    void readsWhatBecameOfAMessage() {
        onGet(
                ONE,
                message()
                        .with("status", "delivered")
                        .with("num_segments", "2")
                        .with("price", "-0.01580")
                        .with("date_sent", "Sun, 01 Mar 2026 12:00:03 +0000")
                        .answer(200));

        assertThat(messages().fetch(REF))
                .contains(new Message(
                        REF,
                        "+14165550142",
                        "+14165550199",
                        Message.Status.DELIVERED,
                        "delivered",
                        2,
                        Money.of("0.01580", "USD"),
                        null,
                        Instant.parse("2026-03-01T12:00:03Z")));
    }

    @Test
    void aFailureKeepsItsCode() {
        onGet(
                ONE,
                message()
                        .with("status", "undelivered")
                        .with("error_code", "30007")
                        .answer(200));

        assertThat(messages().fetch(REF)).hasValueSatisfying(message -> {
            assertThat(message.status()).isEqualTo(Message.Status.UNDELIVERED);
            assertThat(message.errorCode()).isEqualTo("30007");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, QUEUED",
        "scheduled, QUEUED",
        "sending, QUEUED",
        "sent, SENT",
        "read, DELIVERED",
        "failed, FAILED",
        "canceled, FAILED",
        "received, RECEIVED",
        "partially_delivered, OTHER"
    })
    void statesAreReadAndTheirWordsKept(String raw, Message.Status status) {
        onGet(ONE, message().with("status", raw).answer(200));

        assertThat(messages().fetch(REF)).hasValueSatisfying(message -> {
            assertThat(message.status()).isEqualTo(status);
            assertThat(message.rawStatus()).isEqualTo(raw);
        });
    }

    @Test
    void aMessageThatIsNotKnownIsEmpty() {
        onGet(ONE, error(404, 20404));

        assertThat(messages().fetch(REF)).isEmpty();
        assertThatThrownBy(() -> messages().fetch(new MessageRef(REF.provider(), "../Calls")))
                .isInstanceOf(InvalidRequest.class);
    }

    private Messaging messages() {
        return twilio.require(Messaging.class);
    }

    private static MessageRequest request(String command, String text) {
        return MessageRequest.of(
                new CommandId(command), new PhoneNumber("+14165550142"), new PhoneNumber("+14165550199"), text);
    }
}
