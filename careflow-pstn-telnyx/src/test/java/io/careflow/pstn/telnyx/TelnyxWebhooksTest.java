package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.tck.LogCapture;
import io.careflow.pstn.tck.LogbackCapture;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TelnyxWebhooksTest {
    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    private static final String ARRIVES = event(
            "call.initiated",
            "{\"call_control_id\":\"v3:1\",\"direction\":\"incoming\",\"from\":\"+14165550142\",\"to\":\"+18195550100\"}");
    private static final String TEXT = event(
            "message.received",
            "{\"id\":\"m1\",\"from\":{\"phone_number\":\"+14165550142\"},"
                    + "\"to\":[{\"phone_number\":\"+18195550100\"}],\"text\":\"Hello\"}");

    private static final ProviderId ID = new ProviderId("telnyx");
    private static final PublicKeys KEYS = new PublicKeys(List.of(Signing.PUBLIC_KEY));
    private static final TelnyxEvents EVENTS = new TelnyxEvents(ID, OwnPhones.none());

    private final List<PstnEvent> told = new ArrayList<>();
    private final List<Hook> followed = new ArrayList<>();
    private final TelnyxWebhooks webhooks = webhooks(followed::add);

    @Test
    @DisplayName("a genuine webhook is trusted, and receiving it does nothing else")
    void received() {
        Delivery.Trusted trusted = (Delivery.Trusted) webhooks.receive(Signing.request(NOW, ARRIVES));
        assertThat(trusted.events()).singleElement().isInstanceOf(InboundCall.class);
        assertThat(told).isEmpty();
        assertThat(followed).isEmpty();
    }

    @Test
    @DisplayName("an event of a call is handed to its flow, which tells of it")
    void call() {
        WebhookReply reply = webhooks.answer(Signing.request(NOW, ARRIVES));
        assertThat(reply).isEqualTo(WebhookReply.noContent());
        assertThat(followed).extracting(Hook::type).containsExactly("call.initiated");
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("so is one of a conference, and one of a kind that nobody knows")
    void conference() {
        webhooks.answer(Signing.request(NOW, event("conference.ended", "{}")));
        webhooks.answer(Signing.request(NOW, event("call.something.new", "{}")));
        assertThat(followed).extracting(Hook::type).containsExactly("conference.ended", "call.something.new");
    }

    @Test
    @DisplayName("any other event is told")
    void told() {
        assertThat(webhooks.answer(Signing.request(NOW, TEXT)).status()).isEqualTo(204);
        assertThat(webhooks.answer(Signing.request(NOW, event("fax.received", "{}")))
                        .status())
                .isEqualTo(204);
        assertThat(told).hasExactlyElementsOfTypes(MessageReceived.class, Unrecognized.class);
        assertThat(followed).isEmpty();
    }

    @Test
    @DisplayName("a delivery that comes again, with another attempt and signed anew, is known by its id")
    void repeated() {
        WebhookRequest first = Signing.request(NOW, ARRIVES);
        WebhookRequest again = Signing.request(NOW.plusSeconds(3), ARRIVES.replace("\"attempt\":1", "\"attempt\":2"));
        Delivery.Trusted one = (Delivery.Trusted) webhooks.receive(first);
        Delivery.Trusted two = (Delivery.Trusted) webhooks.receive(again);
        assertThat(one.repeated()).isFalse();
        assertThat(two.repeated()).isTrue();
        assertThat(two.events()).isEqualTo(one.events());
    }

    @Test
    @DisplayName("where it cannot be kept that something happened, Telnyx is asked to send it again")
    void storeFails() {
        TelnyxWebhooks failing = webhooks(hook -> {
            throw new IllegalStateException("the database is down");
        });
        try (LogCapture log = new LogbackCapture()) {
            assertThat(failing.answer(Signing.request(NOW, ARRIVES)).status()).isEqualTo(503);
            assertThat(String.join("\n", log.lines()))
                    .contains("call.initiated")
                    .doesNotContain("+14165550142");
        }
        assertThat(failing.answer(Signing.request(NOW, TEXT)).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("a text that nobody could keep is asked for again, until somebody keeps it")
    void textIsNotKept() {
        List<PstnEvent> kept = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger(2);
        TelnyxWebhooks failing = telling(event -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the database is down");
            }
            kept.add(event);
        });
        assertThat(failing.answer(Signing.request(NOW, TEXT)).status()).isEqualTo(503);
        assertThat(failing.answer(Signing.request(NOW, TEXT)).status()).isEqualTo(503);
        assertThat(failing.answer(Signing.request(NOW, TEXT)).status()).isEqualTo(204);
        assertThat(kept).singleElement().isInstanceOf(MessageReceived.class);
    }

    @Test
    @DisplayName("a listener that fails makes nothing else come again")
    void listenerFails() {
        TelnyxWebhooks failing = telling(event -> {
            throw new IllegalStateException("a bug of the application");
        });
        assertThat(failing.answer(Signing.request(NOW, event("fax.received", "{}")))
                        .status())
                .isEqualTo(204);
    }

    @Test
    @DisplayName("what is not signed rightly is refused, answered 403, and nobody hears of it")
    void refused() {
        WebhookRequest right = Signing.request(NOW, ARRIVES);
        WebhookRequest other = Signing.request(Signing.key(100), NOW, ARRIVES.getBytes(StandardCharsets.UTF_8));
        WebhookRequest altered = new WebhookRequest(
                "POST", Signing.URL, right.headers(), ARRIVES.replace('5', '6').getBytes(StandardCharsets.UTF_8));
        refused(Reason.FORGED, other);
        refused(Reason.FORGED, altered);
        refused(Reason.UNSIGNED, WebhookRequest.post(Signing.URL, ARRIVES));
        refused(Reason.STALE, Signing.request(NOW.minusSeconds(301), ARRIVES));
        assertThat(followed).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("the envelope of version 1 is refused, and the log names the setting")
    void versionOne() {
        WebhookRequest old = Signing.request(
                NOW, "{\"created_at\":\"x\",\"event_type\":\"call_hangup\",\"payload\":{},\"webhook_id\":\"1\"}");
        refused(Reason.UNREADABLE, old);
        try (LogCapture log = new LogbackCapture()) {
            webhooks.answer(old);
            assertThat(String.join("\n", log.lines())).contains("webhook_api_version");
        }
    }

    @Test
    @DisplayName("a GET, whose content would stand unsigned in its URL, is refused")
    void get() {
        WebhookRequest empty = Signing.request(NOW, "");
        refused(Reason.UNREADABLE, new WebhookRequest("GET", Signing.URL + "?data=x", empty.headers(), new byte[0]));
    }

    @Test
    @DisplayName("webhooks are there with a public key, and refused by name without one")
    void capability() {
        try (TelnyxProvider with = TelnyxProvider.with(Secret.of("KEY1"))
                        .publicKey(Signing.PUBLIC_KEY)
                        .build();
                TelnyxProvider without = TelnyxProvider.with(Secret.of("KEY1")).build()) {
            assertThat(with.find(Webhooks.class)).isPresent();
            assertThat(without.find(Webhooks.class)).isEmpty();
            assertThatThrownBy(() -> without.require(Webhooks.class))
                    .isInstanceOf(UnsupportedCapability.class)
                    .hasMessageContaining("telnyx")
                    .hasMessageContaining("Webhooks");
        }
    }

    @Test
    @DisplayName("a public key under which anybody could sign is refused with the settings")
    void weakKey() {
        TelnyxBuilder builder =
                TelnyxProvider.with(Secret.of("KEY1")).publicKey("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public key");
    }

    private void refused(Reason reason, WebhookRequest request) {
        assertThat(webhooks.receive(request))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(webhooks.answer(request)).isEqualTo(WebhookReply.forbidden());
    }

    private TelnyxWebhooks telling(Consumer<PstnEvent> listener) {
        return new TelnyxWebhooks(ID, KEYS, EVENTS, Clock.fixed(NOW, ZoneOffset.UTC), listener, followed::add);
    }

    private TelnyxWebhooks webhooks(Flows flows) {
        return new TelnyxWebhooks(ID, KEYS, EVENTS, Clock.fixed(NOW, ZoneOffset.UTC), told::add, flows);
    }

    private static String event(String type, String payload) {
        return "{\"data\":{\"record_type\":\"event\",\"event_type\":\"" + type
                + "\",\"id\":\"" + type + "-1\",\"occurred_at\":\"2026-01-05T11:59:59.5Z\",\"payload\":" + payload
                + "},\"meta\":{\"attempt\":1}}";
    }
}
