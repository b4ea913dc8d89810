package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderHealth.Availability;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures on demand, health, missing capabilities, webhooks and threads. */
class InMemoryTroubleTest {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");
    private static final String URL = "https://app.example.org/hook?tenant=7";

    private final List<PstnEvent> told = new ArrayList<>();
    private final InMemoryProvider carrier = builder().start();
    private final Messaging messages = carrier.require(Messaging.class);
    private final Webhooks webhooks = carrier.require(Webhooks.class);

    @Test
    @DisplayName("the next time an operation fails as it was told to, and then it works again; others are not touched")
    void failNext() {
        carrier.carrier().owns(OURS);
        PstnException first = new Throttled(failure(Effect.NONE));
        PstnException second = new ProviderUnavailable(failure(Effect.UNKNOWN));
        carrier.carrier().failNext(Operation.MESSAGE_SEND, first);
        carrier.carrier().failNext(Operation.MESSAGE_SEND, second);
        assertThat(carrier.require(Account.class).balance().signum()).isPositive();
        assertThatThrownBy(() -> messages.send(request("one"))).isSameAs(first);
        assertThatThrownBy(() -> messages.send(request("one"))).isSameAs(second);
        assertThat(messages.send(request("one")).status()).isEqualTo(Message.Status.QUEUED);
        carrier.time().runUntilIdle();
        assertThat(told).hasSize(2);
    }

    @Test
    @DisplayName("an answer that is lost: it was done, and repeating the command finds it")
    void failNextAfterDoing() {
        carrier.carrier().owns(OURS);
        carrier.carrier().failNextAfterDoing(Operation.MESSAGE_SEND, new ProviderUnavailable(failure(Effect.UNKNOWN)));
        assertThatThrownBy(() -> messages.send(request("one"))).isInstanceOf(ProviderUnavailable.class);
        carrier.time().runUntilIdle();
        assertThat(told).hasSize(2);
        assertThat(messages.send(request("one")).status()).isEqualTo(Message.Status.DELIVERED);
    }

    @Test
    @DisplayName("a failure that says that nothing was done cannot be one after doing")
    void contradiction() {
        PstnException nothing = new Throttled(failure(Effect.NONE));
        assertThatThrownBy(() -> carrier.carrier().failNextAfterDoing(Operation.MESSAGE_SEND, nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("effect is NONE");
    }

    @Test
    @DisplayName("what the network says of a call reaches the application")
    void origin() {
        CallOrigin forged = new CallOrigin(Attestation.FAILED, "TN-Validation-Failed", null, Map.of());
        carrier.call(SimulatedCaller.from(PATIENT.e164()).dialling(OURS.e164()), forged);
        carrier.call(SimulatedCaller.from(PATIENT.e164()).dialling(OURS.e164()));
        carrier.time().runUntilIdle();
        assertThat(told)
                .filteredOn(InboundCall.class::isInstance)
                .extracting(event -> ((InboundCall) event).origin())
                .containsExactly(forged, CallOrigin.UNKNOWN);
    }

    @Test
    @DisplayName("a carrier that is down refuses everything at once, and says so and since when")
    void down() {
        ProviderHealth health = carrier.require(ProviderHealth.class);
        assertThat(health.state().availability()).isEqualTo(Availability.AVAILABLE);
        carrier.time().run(Duration.ofMinutes(1));
        carrier.carrier().goesDown("maintenance");
        assertThat(health.state())
                .isEqualTo(new ProviderHealth.State(
                        Availability.UNAVAILABLE, "maintenance", carrier.time().now(), null));
        assertThatThrownBy(() -> carrier.require(Account.class).balance())
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("maintenance");
        carrier.carrier().comesBack();
        assertThat(health.state().availability()).isEqualTo(Availability.AVAILABLE);
        assertThat(carrier.require(Account.class).balance().signum()).isPositive();
    }

    @Test
    @DisplayName("a capability that was taken away is refused by name; the others are there")
    void without() {
        InMemoryProvider trunkOnly = builder().without(CallControl.class).start();
        assertThat(trunkOnly.find(CallControl.class)).isEmpty();
        assertThat(trunkOnly.find(Messaging.class)).isPresent();
        assertThatThrownBy(() -> trunkOnly.require(CallControl.class))
                .isInstanceOf(UnsupportedCapability.class)
                .hasMessageContaining("CallControl");
        assertThat(builder().without(Capability.class).start().find(Account.class))
                .isEmpty();
    }

    @Test
    @DisplayName("without a key there are no webhooks, neither to receive nor to send")
    void withoutKey() {
        InMemoryProvider keyless =
                InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp()).start();
        MessageReceived text = keyless.carrier().texts(PATIENT, OURS, "Hello");
        assertThat(keyless.find(Webhooks.class)).isEmpty();
        assertThatThrownBy(() -> keyless.carrier().webhook(URL, text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("webhooks(key)");
    }

    @Test
    @DisplayName("events that are told by webhook arrive as they were, and the application is told")
    void events() {
        MessageReceived text = carrier.carrier().texts(PATIENT, OURS, "Zoë & co: 100% = fine?\r\n+1");
        MessageStatusChanged failed = new MessageStatusChanged(
                "e-9", carrier.time().now(), text.message(), Message.Status.UNDELIVERED, "undelivered", "30003");
        for (PstnEvent event : List.of(text, failed)) {
            WebhookRequest request = carrier.carrier().webhook(URL, event);
            assertThat(webhooks.receive(request)).isEqualTo(new Delivery.Trusted(List.of(event), false));
            assertThat(webhooks.answer(request)).isEqualTo(WebhookReply.noContent());
        }
        assertThat(told).containsExactly(text, failed);
    }

    @Test
    @DisplayName("a call by webhook is answered with the application's flow, or with the apology if it fails")
    void calls() {
        InboundCall call = inbound("good");
        WebhookReply reply = webhooks.answer(carrier.carrier().webhook(URL, call));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("Welcome").contains("HangUp");
        WebhookReply sorry = webhooks.answer(carrier.carrier().webhook(URL, inbound("bad")));
        assertThat(sorry.status()).isEqualTo(200);
        assertThat(sorry.body()).contains("We are sorry.");
        assertThat(carrier.handlerFailures()).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("the same body for another URL is forged; five minutes later it is stale")
    void forgedAndStale() {
        MessageReceived text = carrier.carrier().texts(PATIENT, OURS, "Hello");
        WebhookRequest request = carrier.carrier().webhook(URL, text);
        WebhookRequest elsewhere =
                new WebhookRequest("POST", "https://app.example.org/hook?tenant=8", request.headers(), request.body());
        assertThat(webhooks.receive(elsewhere))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Delivery.Reason.FORGED));
        carrier.time().run(Duration.ofMinutes(5));
        assertThat(webhooks.receive(request)).isInstanceOf(Delivery.Trusted.class);
        carrier.time().run(Duration.ofSeconds(1));
        assertThat(webhooks.receive(request))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Delivery.Reason.STALE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id=1", "id=1&at=yesterday&type=message.received", "%zz=1", "id=1&id=1&at=x&type=y"})
    @DisplayName("a form that cannot be read is refused although its signature is right")
    void unreadable(String form) {
        WebhookRequest request = MemoryWebhooks.signed(
                Secret.of("webhook-key"), URL, form, carrier.time().now());
        assertThat(webhooks.receive(request))
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Delivery.Reason.UNREADABLE));
        assertThat(webhooks.answer(request)).isEqualTo(WebhookReply.forbidden());
    }

    @Test
    @DisplayName("an event that this carrier does not tell is refused, naming those that it does")
    void otherEvents() {
        CallAnswered answered =
                new CallAnswered("e-1", carrier.time().now(), inbound("any").call());
        assertThatThrownBy(() -> carrier.carrier().webhook(URL, answered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("CallAnswered", "MessageReceived");
    }

    @Test
    @DisplayName("many threads send while time runs: every message is sent once and delivered")
    void threads() throws Exception {
        carrier.carrier().owns(OURS);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Message>> work = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                MessageRequest request = request("command-" + i % 100);
                work.add(() -> {
                    carrier.time().run(Duration.ofMillis(1));
                    return messages.send(request);
                });
            }
            Set<Message> sent = new HashSet<>();
            Set<Object> refs = new HashSet<>();
            for (Future<Message> one : pool.invokeAll(work)) {
                sent.add(one.get());
                refs.add(one.get().ref());
            }
            carrier.time().runUntilIdle();
            assertThat(refs).hasSize(100);
            assertThat(sent)
                    .allSatisfy(one -> assertThat(
                                    messages.fetch(one.ref()).orElseThrow().status())
                            .isEqualTo(Message.Status.DELIVERED));
            assertThat(told).hasSize(200);
        } finally {
            pool.shutdownNow();
        }
    }

    private InMemoryProvider.Builder builder() {
        return InMemoryProvider.answeredBy(event -> {
                    if (event.id().equals("bad")) {
                        throw new IllegalStateException("no database");
                    }
                    return CallFlow.start().say("Welcome", Locale.ENGLISH).hangUp();
                })
                .webhooks(Secret.of("webhook-key"))
                .tellingEverything(told::add);
    }

    private InboundCall inbound(String id) {
        return new InboundCall(
                id, carrier.time().now(), new CallRef(carrier.id(), "c-" + id), Party.of(PATIENT), Party.of(OURS));
    }

    private Failure failure(Effect effect) {
        return Failure.of(carrier.id(), "message.send", effect, "as the test wants it");
    }

    private static MessageRequest request(String command) {
        return MessageRequest.of(new CommandId(command), OURS, PATIENT, "Hello");
    }
}
