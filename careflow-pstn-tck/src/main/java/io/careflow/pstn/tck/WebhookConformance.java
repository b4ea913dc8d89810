package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.event.Unrecognized;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A webhook is trusted, or it never becomes an event. */
abstract class WebhookConformance {

    /** The provider under test, new for each test. */
    abstract Trial trial();

    @Test
    @DisplayName("the capability is there, or is refused by name before any I/O")
    void isThereOrRefused() {
        CapabilityConformance.checkTwin(trial(), Webhooks.class);
    }

    @Test
    @DisplayName("a genuine webhook gives its events, without any I/O, and is answered")
    void genuine() {
        Webhooks webhooks = webhooks();
        int before = trial().wire().sent().size();
        WebhookRequest request = request(WebhookSituation.GENUINE);
        List<PstnEvent> events = trusted(webhooks.receive(request)).events();
        assertThat(events).isNotEmpty();
        assertThat(events).noneMatch(Unrecognized.class::isInstance);
        assertThat(events).allSatisfy(event -> assertThat(event.id()).isNotBlank());
        assertThat(trial().wire().sent()).as("requests").hasSize(before);
        assertThat(webhooks.answer(request).status()).as("status of the answer").isBetween(200, 299);
    }

    @Test
    @DisplayName("a genuine webhook that comes again gives the same events, marked as repeated")
    void replayed() {
        Webhooks webhooks = webhooks();
        WebhookRequest request = request(WebhookSituation.GENUINE);
        Delivery.Trusted first = trusted(webhooks.receive(request));
        Delivery.Trusted again = trusted(webhooks.receive(request));
        assertThat(first.repeated()).as("repeated, the first time").isFalse();
        assertThat(again.repeated()).as("repeated, the second time").isTrue();
        assertThat(again.events()).isEqualTo(first.events());
    }

    @Test
    @DisplayName("a genuine webhook that comes again is answered the same way")
    void answeredAgain() {
        Webhooks webhooks = webhooks();
        WebhookRequest request = request(WebhookSituation.GENUINE);
        assertThat(webhooks.answer(request)).isEqualTo(webhooks.answer(request));
    }

    @Test
    @DisplayName("an event that nobody knows arrives as Unrecognized, with its raw body")
    void unknownEvent() {
        Webhooks webhooks = webhooks();
        WebhookRequest request = request(WebhookSituation.UNKNOWN_EVENT);
        List<PstnEvent> events = trusted(webhooks.receive(request)).events();
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        Unrecognized.class, event -> assertThat(event.rawBody()).isEqualTo(request.text()));
        assertThat(webhooks.answer(request).status()).as("status of the answer").isBetween(200, 299);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"FORGED", "ALTERED_BODY", "UNSIGNED", "STALE"})
    @DisplayName("what the carrier did not send as it is never becomes an event, and is answered 403")
    void refused(WebhookSituation situation) {
        Webhooks webhooks = webhooks();
        WebhookRequest request = request(situation);
        refused(webhooks, request, situation);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"FORGED", "ALTERED_BODY", "UNSIGNED", "STALE"})
    @DisplayName("nor does it after a genuine one was trusted")
    void refusedAfterGenuine(WebhookSituation situation) {
        Webhooks webhooks = webhooks();
        WebhookRequest request = request(situation);
        trusted(webhooks.receive(request(WebhookSituation.GENUINE)));
        refused(webhooks, request, situation);
    }

    @Test
    @DisplayName("whatever is posted, nothing is thrown")
    void garbage() {
        Webhooks webhooks = webhooks();
        WebhookRequest genuine = request(WebhookSituation.GENUINE);
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            byte[] body = new byte[random.nextInt(400)];
            random.nextBytes(body);
            List<Map.Entry<String, String>> headers = i % 2 == 0 ? genuine.headers() : List.of();
            WebhookRequest request = new WebhookRequest(genuine.method(), genuine.url(), headers, body);
            assertThat(webhooks.receive(request)).isNotNull();
            assertThat(webhooks.answer(request)).isNotNull();
        }
    }

    private void refused(Webhooks webhooks, WebhookRequest request, WebhookSituation situation) {
        Delivery delivery = webhooks.receive(request);
        assertThat(delivery).as("what becomes of it").isInstanceOf(Delivery.Refused.class);
        Delivery.Refused refusal = (Delivery.Refused) delivery;
        if (situation == WebhookSituation.UNSIGNED) {
            assertThat(refusal.reason()).isEqualTo(Delivery.Reason.UNSIGNED);
        }
        if (situation == WebhookSituation.STALE) {
            assertThat(refusal.reason()).isEqualTo(Delivery.Reason.STALE);
        }
        new Secrets(trial()).checkNoneIn(List.of(refusal.toString()), "the refusal");
        assertThat(webhooks.answer(request)).isEqualTo(WebhookReply.forbidden());
    }

    private WebhookRequest request(WebhookSituation situation) {
        boolean must = switch (situation) {
            case GENUINE, FORGED, UNSIGNED -> true;
            default -> false;
        };
        trial().wire().cannot(situation).ifPresent(reason -> {
            assertThat(must).as("%s cannot be waived", situation).isFalse();
            abort(situation + " cannot be: " + reason);
        });
        return trial().wire().webhook(situation);
    }

    private Webhooks webhooks() {
        return trial().require(Webhooks.class);
    }

    private static Delivery.Trusted trusted(Delivery delivery) {
        assertThat(delivery).as("what becomes of it").isInstanceOf(Delivery.Trusted.class);
        return (Delivery.Trusted) delivery;
    }
}
