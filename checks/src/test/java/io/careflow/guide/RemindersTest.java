package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.tck.InMemoryProvider;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.webhook.WebhookReply;
import io.careflow.pstn.webhook.WebhookRequest;
import io.careflow.pstn.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemindersTest {
    private static final PhoneNumber CLINIC = new PhoneNumber("+18195550100");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");

    // snippet: test-carrier
    @Test
    void lostAnswerLeavesTheReminderInDoubt() {
        List<PstnEvent> told = new ArrayList<>();
        InMemoryProvider carrier = InMemoryProvider.answeredBy(new OpeningHours())
                .tellingEverything(told::add)
                .start();
        carrier.carrier().owns(CLINIC);
        Failure lost = Failure.of(carrier.id(), "message.send", Effect.UNKNOWN, "no answer in time");
        carrier.carrier().failNextAfterDoing(Operation.MESSAGE_SEND, new ProviderUnavailable(lost));
        assertThatThrownBy(() -> remind(carrier))
                .isInstanceOfSatisfying(
                        PstnException.class,
                        e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN)); // so it is not repeated
        carrier.time().runUntilIdle();
        assertThat(told)
                .last()
                .isInstanceOfSatisfying(
                        MessageStatusChanged.class,
                        event -> assertThat(event.status()).isEqualTo(Message.Status.DELIVERED)); // and rightly so
    }
    // end

    @Test
    void webhookReachesTheApplication() {
        List<PstnEvent> told = new ArrayList<>();
        InMemoryProvider carrier = InMemoryProvider.answeredBy(new OpeningHours())
                .webhooks(Secret.of("test-key"))
                .tellingEverything(told::add)
                .start();
        // snippet: test-webhook
        MessageReceived text = carrier.carrier().texts(PATIENT, CLINIC, "Can I come at ten?");
        WebhookRequest posted = carrier.carrier().webhook("https://app.example.org/webhooks/memory", text);
        WebhookReply reply = carrier.require(Webhooks.class).answer(posted);
        // end
        assertThat(reply).isEqualTo(WebhookReply.noContent());
        assertThat(told).containsExactly(text);
    }

    private static Message remind(PstnProvider provider) {
        return provider.require(Messaging.class)
                .send(MessageRequest.of(
                        new CommandId("reminder/2026-11-23/p981"), CLINIC, PATIENT, "Tomorrow at nine."));
    }
}
