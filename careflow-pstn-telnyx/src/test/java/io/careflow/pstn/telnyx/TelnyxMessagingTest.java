package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.careflow.pstn.money.Money;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelnyxMessagingTest extends WireMockTelnyx {
    private static final String ID = "40385f64-5717-4562-b3fc-2c963f66afa6";
    private static final MessageRef REF = new MessageRef(new ProviderId("telnyx"), ID);
    private static final String PROFILE = "4001767e-ce0f-4cae-9d5f-0d5e636e7809";
    private static final MessageRequest REQUEST = MessageRequest.of(
            new CommandId("m-1"),
            new PhoneNumber("+14165550142"),
            new PhoneNumber("+14165550199"),
            "Tomorrow at nine, Zoë.");

    @Test
    void aTextIsSentOnce() {
        onPost("/messages", data(message("queued", "null")));

        Message sent = messages().send(REQUEST);

        assertThat(sent()).containsExactly("POST /messages");
        assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY.reveal());
        assertThat(requests().get(0).getHeader("Content-Type")).startsWith("application/json");
        assertThat(body(requests().get(0)))
                .isEqualTo(tree("{\"from\":\"+14165550142\",\"to\":\"+14165550199\","
                        + "\"text\":\"Tomorrow at nine, Zoë.\",\"type\":\"SMS\"}"));
        assertThat(sent.ref()).isEqualTo(REF);
        assertThat(sent.from()).isEqualTo("+14165550142");
        assertThat(sent.to()).isEqualTo("+14165550199");
        assertThat(sent.status()).isEqualTo(Message.Status.QUEUED);
        assertThat(sent.segments()).isEqualTo(1);
        assertThat(sent.price()).as("not known yet is not zero").isNull();
    }

    @Test
    void ourOwnWebhookIsNamedWhereItIsKnown() {
        onPost("/messages", data(message("queued", "null")));
        try (TelnyxProvider open = settings()
                .publicUrl(URI.create("https://app.example.org/telnyx"))
                .build()) {
            Message unused = open.require(Messaging.class).send(REQUEST);
        }

        assertThat(body(requests().get(0)).path("webhook_url").asText()).isEqualTo("https://app.example.org/telnyx");
    }

    /** Telnyx has no client reference for messages, and none of its idempotency keys counts here. */
    @Test
    void aTextWhoseAnswerIsLostIsInDoubtAndNeverSentAgain() {
        onPost("/messages", error(500, 10007));

        PstnException lost = failureOf(REQUEST);
        PstnException again = failureOf(REQUEST);

        assertThat(lost.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(lost).hasMessageContaining("not sent again").hasMessageNotContaining("Zoë");
        assertThat(again.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void theSameCommandGivenAgainSendsNothing() {
        onPost("/messages", data(message("queued", "null")));
        Message sent = messages().send(REQUEST);

        assertThat(messages().send(REQUEST)).isEqualTo(sent);
        assertThat(failureOf(MessageRequest.of(REQUEST.commandId(), REQUEST.from(), REQUEST.to(), "Other")))
                .isInstanceOf(Conflict.class);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aTextThatWasRefusedMayBeGivenAgain() {
        onPost("/messages", error(422, 10015));
        assertThat(failureOf(REQUEST).effect()).isEqualTo(Effect.NONE);

        onPost("/messages", data(message("queued", "null")));
        assertThat(messages().send(REQUEST).ref()).isEqualTo(REF);
    }

    @ParameterizedTest
    @CsvSource({
        "40300, OPTED_OUT",
        "40010, REGULATORY",
        "40329, REGULATORY",
        "40309, GEO_PERMISSION",
        "40305, CALLER_ID"
    })
    void whatIsNotPermittedSaysWhy(int code, NotPermitted.Why why) {
        onPost("/messages", error(400, code));

        PstnException failure = failureOf(REQUEST);

        assertThat(failure)
                .isInstanceOfSatisfying(
                        NotPermitted.class, refused -> assertThat(refused.why()).isEqualTo(why));
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void elevenPartsAreMoreThanTelnyxSends() {
        String tenParts = "a".repeat(10 * 153);
        onPost("/messages", data(message("queued", "null")));

        assertThat(messages().send(text("m-2", tenParts)).ref()).isEqualTo(REF);
        assertThat(failureOf(text("m-3", tenParts + "a"))).isInstanceOf(InvalidRequest.class);
        assertThat(failureOf(text("m-4", "ж".repeat(671)))).hasMessageContaining("11 parts");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aNameIsShownInsteadOfTheNumberWhereThereIsAProfile() {
        onPost("/messages", data(message("queued", "null")));
        try (TelnyxProvider named = settings().messagingProfile(PROFILE).build()) {
            Message unused = named.require(Messaging.class).send(REQUEST.with(TelnyxOptions.SENDER_NAME, "My Clinic"));
        }

        assertThat(body(requests().get(0)).path("from").asText()).isEqualTo("My Clinic");
        assertThat(body(requests().get(0)).path("messaging_profile_id").asText())
                .isEqualTo(PROFILE);
    }

    @Test
    void aNameWithoutAProfileIsRefusedBeforeAnythingIsSent() {
        assertThat(failureOf(REQUEST.with(TelnyxOptions.SENDER_NAME, "My Clinic")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("messagingProfile");
        assertThat(requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "Twelve chars", "Clinic!"})
    void namesThatNoNetworkTakesAreRefused(String name) {
        try (TelnyxProvider named = settings().messagingProfile(PROFILE).build()) {
            assertThatThrownBy(() -> named.require(Messaging.class).send(REQUEST.with(TelnyxOptions.SENDER_NAME, name)))
                    .isInstanceOf(UnsupportedFeature.class);
        }
        assertThat(requests()).isEmpty();
    }

    @Test
    void anotherVendorsOptionIsRefused() {
        assertThat(failureOf(REQUEST.with(new Option<>("twilio.thing", String.class), "x")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("telnyx.sender-name");
        assertThat(requests()).isEmpty();
    }

    @Test
    void aMessageIsReadWithItsPriceAndTime() {
        onGet("/messages/" + ID, data(message("delivered", "{\"amount\":\"0.0051\",\"currency\":\"USD\"}")));

        Message message = messages().fetch(REF).orElseThrow();

        assertThat(sent()).containsExactly("GET /messages/" + ID);
        assertThat(message.status()).isEqualTo(Message.Status.DELIVERED);
        assertThat(message.price()).isEqualTo(Money.of("0.0051", "USD"));
        assertThat(message.sentAt()).isEqualTo(Instant.parse("2026-03-01T11:59:59.123456Z"));
    }

    /** There is no status of the message itself; it stands at the recipient. */
    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED",
        "sending, QUEUED",
        "sent, SENT",
        "delivered, DELIVERED",
        "delivery_unconfirmed, SENT",
        "delivery_failed, UNDELIVERED",
        "sending_failed, FAILED",
        "expired, FAILED",
        "webhook_delivered, RECEIVED",
        "teleported, OTHER"
    })
    void theStatusIsThatOfTheRecipient(String raw, Message.Status status) {
        onGet("/messages/" + ID, data(message(raw, "null")));

        Message message = messages().fetch(REF).orElseThrow();

        assertThat(message.status()).isEqualTo(status);
        assertThat(message.rawStatus()).isEqualTo(raw);
    }

    @Test
    void theCodeOfAFailureIsKept() {
        onGet(
                "/messages/" + ID,
                data("{\"id\":\"" + ID + "\",\"from\":{\"phone_number\":\"+14165550142\"},"
                        + "\"to\":[{\"phone_number\":\"+14165550199\",\"status\":\"delivery_failed\"}],"
                        + "\"errors\":[{\"code\":\"40008\",\"title\":\"Undeliverable\"}]}"));

        assertThat(messages().fetch(REF).orElseThrow().errorCode()).isEqualTo("40008");
    }

    @Test
    void whatTelnyxDoesNotKnowIsEmpty() {
        onGet("/messages/" + ID, error(404, 10005));

        assertThat(messages().fetch(REF)).isEmpty();
        assertThat(messages().fetch(new MessageRef(new ProviderId("twilio"), ID)))
                .isEmpty();
        assertThat(messages().fetch(new MessageRef(new ProviderId("telnyx"), "a/b")))
                .isEmpty();
        assertThat(requests()).hasSize(1);
    }

    private Messaging messages() {
        return telnyx.require(Messaging.class);
    }

    private PstnException failureOf(MessageRequest request) {
        return catchThrowableOfType(PstnException.class, () -> messages().send(request));
    }

    private static MessageRequest text(String command, String text) {
        return MessageRequest.of(new CommandId(command), REQUEST.from(), REQUEST.to(), text);
    }

    private static String message(String status, String cost) {
        return "{\"id\":\"" + ID + "\",\"record_type\":\"message\",\"direction\":\"outbound\","
                + "\"from\":{\"phone_number\":\"+14165550142\",\"carrier\":\"Telnyx\"},"
                + "\"to\":[{\"phone_number\":\"+14165550199\",\"status\":\"" + status + "\"}],\"parts\":1,\"cost\":"
                + cost + ",\"errors\":[],\"sent_at\":\"2026-03-01T11:59:59.123456+00:00\",\"novelty\":{\"x\":1}}";
    }
}
