package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.tck.LogbackCapture;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsWebhooksTest extends WireMockVoipMs {
    private static final String TOKEN = "pL7sWq-Callback-Token_49xT";
    private static final String BASE = "https://app.example.org/voipms";
    private static final String MESSAGE =
            "&to=4165550142&from=4165550199&id=23434&ts=2026-03-01%2007%3A00%3A00&message=Hello%2C%20Zo%C3%AB%21";

    private final List<PstnEvent> told = new ArrayList<>();
    private boolean failing;

    @Override
    VoipMsBuilder settings() {
        return super.settings()
                .webhookToken(Secret.of(TOKEN))
                .webhookUrl(URI.create(BASE))
                .telling(event -> {
                    if (failing) {
                        throw new IllegalStateException("the database is down");
                    }
                    told.add(event);
                });
    }

    @Test
    @DisplayName("webhook: GET form, with the ok body in lower case and as plain text")
    void get() {
        assertThat(hooks().answer(callback(MESSAGE))).isEqualTo(new WebhookReply(200, "text/plain", "ok"));

        assertThat(told).singleElement().isInstanceOfSatisfying(MessageReceived.class, message -> {
            assertThat(message.from()).isEqualTo("+14165550199");
            assertThat(message.to()).isEqualTo("+14165550142");
            assertThat(message.text()).isEqualTo("Hello, Zoë!");
            assertThat(message.message().id()).isEqualTo("23434");
            assertThat(message.occurredAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
            assertThat(message.media()).isEmpty();
        });
        assertThat(sent()).isEmpty();
    }

    @Test
    @DisplayName("webhook: POST JSON form, as it is made for PBXs")
    void post() {
        assertThat(hooks().answer(posted(hookJson("message.received"))).body()).isEqualTo("ok");

        assertThat(told).singleElement().isInstanceOfSatisfying(MessageReceived.class, message -> {
            assertThat(message.from()).isEqualTo("+14165550199");
            assertThat(message.to()).isEqualTo("+14165550142");
            assertThat(message.text()).isEqualTo("Hello");
            assertThat(message.message().id()).isEqualTo("mms:9001");
            assertThat(message.media()).containsExactly(URI.create("https://voip.ms/m/a.jpg"));
            assertThat(message.occurredAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
        });
    }

    @Test
    @DisplayName("what a POST tells that is no message is kept with its body")
    void unrecognized() {
        String body = hookJson("message.finalized");

        assertThat(trusted(hooks().receive(posted(body))).events())
                .singleElement()
                .isInstanceOfSatisfying(Unrecognized.class, event -> {
                    assertThat(event.type()).isEqualTo("message.finalized");
                    assertThat(event.rawBody()).isEqualTo(body);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BASE + "?token=pL7sWq-Callback-Token_49xU" + MESSAGE,
                BASE + "?token=PL7SWQ-CALLBACK-TOKEN_49XT" + MESSAGE,
                BASE + "?token=" + TOKEN + "x" + MESSAGE,
                BASE + "/pL7sWq-Callback-Token_49xU?" + MESSAGE,
                BASE + "/" + TOKEN + "?token=another-token-123456789abc" + MESSAGE
            })
    @DisplayName("webhook: wrong token, and nothing of it is read, told or logged")
    void wrongToken(String url) {
        WebhookRequest forged = new WebhookRequest("GET", url, List.of(), new byte[0]);
        try (LogbackCapture log = new LogbackCapture()) {
            Delivery delivery = hooks().receive(forged);

            assertThat(delivery).isInstanceOfSatisfying(Delivery.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Delivery.Reason.FORGED);
                assertThat(refused.explanation())
                        .doesNotContain("Callback-Token")
                        .doesNotContain("Zo");
            });
            assertThat(hooks().answer(forged)).isEqualTo(WebhookReply.forbidden());
            assertThat(told).isEmpty();
            assertThat(log.lines())
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("Callback-Token") || line.contains("Zo"));
        }
    }

    @Test
    @DisplayName("webhook: no token at all, or an empty one")
    void noToken() {
        for (String url : List.of(BASE + "?x=1" + MESSAGE, BASE + "?token=" + MESSAGE, BASE + "/?" + MESSAGE)) {
            assertThat(hooks().receive(new WebhookRequest("GET", url, List.of(), new byte[0])))
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Delivery.Reason.UNSIGNED));
        }
    }

    @Test
    @DisplayName("the token may be the end of the path, as the portal's examples have it")
    void tokenInPath() {
        WebhookRequest request =
                new WebhookRequest("GET", BASE + "/" + TOKEN + "?" + MESSAGE.substring(1), List.of(), new byte[0]);

        assertThat(trusted(hooks().receive(request)).events()).hasSize(1);
    }

    @Test
    @DisplayName("without a token in the settings there are no callbacks: nothing is trusted by mistake")
    void failsClosed() {
        try (VoipMsProvider closed = super.settings().build()) {
            assertThat(closed.find(Webhooks.class)).isEmpty();
            assertThat(closed.find(MessageCallbacks.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"secret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "pL7sWq Callback Token 49xT", "abcdefghijklmnopqrst"
            })
    @DisplayName("a token that can be guessed is refused, and not quoted")
    void weakToken(String token) {
        assertThatThrownBy(() -> super.settings().webhookToken(Secret.of(token)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("128 random bits")
                .hasMessageNotContaining(token);
    }

    @Test
    @DisplayName("a new token is long enough, and another each time")
    void newToken() {
        Secret one = VoipMsBuilder.newWebhookToken();

        assertThat(CallbackToken.isStrong(one.reveal())).isTrue();
        assertThat(VoipMsBuilder.newWebhookToken()).isNotEqualTo(one);
    }

    @Test
    @DisplayName("a URL for callbacks without a token is refused")
    void urlWithoutToken() {
        assertThatThrownBy(() -> super.settings().webhookUrl(URI.create(BASE)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("webhook token");
    }

    @Test
    @DisplayName("webhook: replay of the same ID is answered ok and told once")
    void replay() {
        WebhookReply first = hooks().answer(callback(MESSAGE));
        WebhookReply second = hooks().answer(callback(MESSAGE));

        assertThat(second).isEqualTo(first);
        assertThat(told).hasSize(1);
    }

    @Test
    @DisplayName("a long text in several callbacks is told in all its parts, even under one ID")
    void parts() {
        assertThat(hooks().answer(callback(MESSAGE)).status()).isEqualTo(200);
        assertThat(hooks().answer(callback(MESSAGE.replace("Hello", "and%20more")))
                        .status())
                .isEqualTo(200);

        assertThat(told).hasSize(2).extracting(PstnEvent::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&id=23434|", "&id=23434|&id=", "&id=23434|&id=%7BID%7D"})
    @DisplayName("webhook: missing id, and a repeat is known by who, to whom, when and what")
    void missingId(String change) {
        String[] parts = change.split("\\|", -1);
        String without = MESSAGE.replace(parts[0], parts[1]);

        assertThat(hooks().answer(callback(without)).body()).isEqualTo("ok");
        assertThat(hooks().answer(callback(without)).body()).isEqualTo("ok");
        assertThat(hooks().answer(callback(without.replace("07%3A00%3A00", "07%3A00%3A09")))
                        .body())
                .isEqualTo("ok");

        assertThat(told).hasSize(2);
    }

    @Test
    @DisplayName("a listener that fails hears of the message again: VoIP.ms is not told ok")
    void failingListener() {
        failing = true;
        assertThat(hooks().answer(callback(MESSAGE)).status()).isEqualTo(503);

        failing = false;
        assertThat(hooks().answer(callback(MESSAGE)).body()).isEqualTo("ok");
        assertThat(told).hasSize(1);
    }

    @Test
    @DisplayName("a repeat that comes while the listener is at work is not ok, as the listener may fail yet")
    void repeatMeanwhile() {
        List<WebhookReply> meanwhile = new ArrayList<>();
        AtomicReference<@Nullable Webhooks> hooks = new AtomicReference<>();
        try (VoipMsProvider slow = super.settings()
                .webhookToken(Secret.of(TOKEN))
                .telling(event -> {
                    meanwhile.add(Objects.requireNonNull(hooks.get()).answer(callback(MESSAGE)));
                    throw new IllegalStateException("the database is down");
                })
                .build()) {
            hooks.set(slow.require(Webhooks.class));

            assertThat(slow.require(Webhooks.class).answer(callback(MESSAGE)).status())
                    .isEqualTo(503);

            assertThat(meanwhile).extracting(WebhookReply::status).containsExactly(503);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+14165550199, +14165550199",
        "%2B14165550199, +14165550199",
        "' 14165550199', +14165550199",
        "14165550199, +14165550199",
        "416-555-0199, +14165550199",
        "12345, 12345"
    })
    @DisplayName("senders in either dial mode, also where a plus sign became a blank")
    void senders(String written, String meant) {
        String query = MESSAGE.replace("from=4165550199", "from=" + written.replace(' ', '+'));

        assertThat(trusted(hooks().receive(callback(query))).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        MessageReceived.class,
                        message -> assertThat(message.from()).isEqualTo(meant));
    }

    @ParameterizedTest
    @CsvSource({
        "100%25+sure, 100% sure",
        "100%+sure, 100% sure",
        "5%, 5%",
        "%F0%9F%98%80, 😀",
        "a%0Ab, 'a\nb'",
        "1%2B1%26x%3D2, 1+1&x=2"
    })
    @DisplayName("texts are decoded; a lonely percent sign loses none")
    void texts(String written, String meant) {
        String query = MESSAGE.replaceFirst("message=.*", "message=") + written;

        assertThat(trusted(hooks().receive(callback(query))).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        MessageReceived.class,
                        message -> assertThat(message.text()).isEqualTo(meant));
    }

    @Test
    @DisplayName("media links of a GET are taken, and a variable that VoIP.ms did not know is not")
    void mediaOfGet() {
        String with = MESSAGE + "&media=https%3A%2F%2Fvoip.ms%2Fm%2Fa.jpg";

        assertThat(((MessageReceived) trusted(hooks().receive(callback(with)))
                                .events()
                                .get(0))
                        .media())
                .containsExactly(URI.create("https://voip.ms/m/a.jpg"));
        assertThat(((MessageReceived) trusted(hooks().receive(callback(MESSAGE + "&media={MEDIA}")))
                                .events()
                                .get(0))
                        .media())
                .isEmpty();
    }

    @Test
    @DisplayName("what carries the token and is no message is refused, and so is what is too large")
    void unreadable() {
        List<WebhookRequest> requests = List.of(
                callback("&to=4165550142&message=x"),
                callback("&from=4165550142&message=x"),
                callback("&to=4165550142&from=4165550199"),
                posted("[]"),
                posted("{\"data\":"),
                posted("{\"data\":{\"payload\":{\"to\":[]}}}"),
                posted("x".repeat((1 << 18) + 1)),
                callback(MESSAGE + "x".repeat(1 << 14)),
                new WebhookRequest("DELETE", BASE + "?token=" + TOKEN + MESSAGE, List.of(), new byte[0]));

        for (WebhookRequest request : requests) {
            assertThat(hooks().receive(request))
                    .as(request.toString())
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Delivery.Reason.UNREADABLE));
        }
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("the callback of a number is set with all that the number has already, and answered by the same token")
    void enable() {
        on(
                "getDIDsInfo",
                success("\"dids\":{\"did\":\"4165550142\",\"sms_available\":1,\"sms_enabled\":\"0\","
                        + "\"sms_email\":\"desk@example.org\",\"sms_email_enabled\":\"1\",\"sms_forward\":\"\"}"));
        on("setSMS", success(""));

        voipms.require(MessageCallbacks.class).enable(new PhoneNumber("+14165550142"));

        Map<String, String> form = sent("setSMS");
        assertThat(form)
                .containsEntry("did", "4165550142")
                .containsEntry("enable", "1")
                .containsEntry("email_enabled", "1")
                .containsEntry("email_address", "desk@example.org")
                .containsEntry("url_callback_enable", "1")
                .containsEntry("url_callback_retry", "1")
                .doesNotContainKey("sms_forward");
        String url = form.getOrDefault("url_callback", "")
                .replace("{TO}", "4165550142")
                .replace("{FROM}", "%2B14165550199")
                .replace("{ID}", "5")
                .replace("{TIMESTAMP}", "")
                .replace("{MEDIA}", "")
                .replace("{MESSAGE}", "Hi");
        assertThat(trusted(hooks().receive(new WebhookRequest("GET", url, List.of(), new byte[0])))
                        .events())
                .hasSize(1);
        assertThat(voipms.require(MessageCallbacks.class).template().toString()).doesNotContain(TOKEN);
    }

    @Test
    @DisplayName("a number that is not ours, or that VoIP.ms still sets up, gets no callback")
    void notEnabled() {
        MessageCallbacks callbacks = voipms.require(MessageCallbacks.class);
        PhoneNumber number = new PhoneNumber("+14165550142");
        on("getDIDsInfo", status("no_did"));

        assertThatThrownBy(() -> callbacks.enable(number)).isInstanceOf(NotFound.class);
        assertThat(sent()).containsExactly("getDIDsInfo");

        on("getDIDsInfo", success("\"dids\":[{\"did\":\"4165550143\"}]"));
        assertThatThrownBy(() -> callbacks.enable(number)).isInstanceOf(NotFound.class);
        assertThat(sent()).containsOnly("getDIDsInfo");

        on("getDIDsInfo", success("\"dids\":[{\"did\":\"4165550142\"}]"));
        on("setSMS", status("sms_wait_message"));
        assertThatThrownBy(() -> callbacks.enable(number))
                .isInstanceOf(Conflict.class)
                .hasMessageNotContaining(TOKEN);
    }

    private static WebhookRequest callback(String query) {
        return new WebhookRequest("GET", BASE + "?token=" + TOKEN + query, List.of(), new byte[0]);
    }

    private static WebhookRequest posted(String body) {
        return new WebhookRequest("POST", BASE + "?token=" + TOKEN, List.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String hookJson(String type) {
        return "{\"data\":{\"event_type\":\"" + type + "\",\"id\":9001,\"record_type\":\"event\",\"payload\":{"
                + "\"from\":{\"phone_number\":\"+14165550199\"},\"to\":[{\"phone_number\":\"+14165550142\"}],"
                + "\"text\":\"Hello\",\"received_at\":\"2026-03-01T12:00:00.000+00:00\","
                + "\"media\":[{\"url\":\"https://voip.ms/m/a.jpg\"}]}}}";
    }

    private static Delivery.Trusted trusted(Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Trusted.class);
        return (Delivery.Trusted) delivery;
    }

    private Webhooks hooks() {
        return voipms.require(Webhooks.class);
    }
}
