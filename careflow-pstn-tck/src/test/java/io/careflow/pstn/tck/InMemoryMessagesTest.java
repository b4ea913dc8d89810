package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.event.MessageStatusChanged;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.message.MessageRequest;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryMessagesTest {
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165550100");

    private final List<PstnEvent> told = new ArrayList<>();
    private final InMemoryProvider carrier = InMemoryProvider.answeredBy(
                    event -> CallFlow.start().hangUp())
            .tellingEverything(told::add)
            .start();
    private final Messaging messages = carrier.require(Messaging.class);

    @BeforeEach
    void own() {
        carrier.carrier().owns(OURS);
    }

    @Test
    @DisplayName("a message is queued, sent and delivered while time passes, and the application is told")
    void delivered() {
        Message queued = messages.send(request("one", "Hello"));
        assertThat(queued.status()).isEqualTo(Message.Status.QUEUED);
        assertThat(queued.sentAt()).isNull();
        carrier.time().run(Duration.ofSeconds(1));
        assertThat(status(queued.ref())).isEqualTo(Message.Status.SENT);
        carrier.time().run(Duration.ofSeconds(2));
        Message delivered = messages.fetch(queued.ref()).orElseThrow();
        assertThat(delivered.status()).isEqualTo(Message.Status.DELIVERED);
        assertThat(delivered.sentAt()).isEqualTo(carrier.time().now().minusSeconds(2));
        assertThat(told)
                .extracting(event -> ((MessageStatusChanged) event).status())
                .containsExactly(Message.Status.SENT, Message.Status.DELIVERED);
    }

    @Test
    @DisplayName("parts are counted as they are billed; the price is not known before it is rated")
    void segments() {
        assertThat(messages.send(request("one", "a".repeat(161))).segments()).isEqualTo(2);
        Message sent = messages.send(request("two", "ж".repeat(70)));
        assertThat(sent.segments()).isEqualTo(1);
        assertThat(sent.price()).isNull();
        carrier.carrier().rates(sent.ref(), Money.of("0.0079", "USD"));
        carrier.time().runUntilIdle();
        assertThat(messages.fetch(sent.ref()).orElseThrow().price()).isEqualTo(Money.of("0.0079", "USD"));
    }

    @Test
    @DisplayName("one command sends one message; another text under it is a conflict")
    void once() {
        Message sent = messages.send(request("one", "Hello"));
        carrier.time().runUntilIdle();
        assertThat(messages.send(request("one", "Hello")).ref()).isEqualTo(sent.ref());
        carrier.time().runUntilIdle();
        assertThat(told).hasSize(2);
        assertThatThrownBy(() -> messages.send(request("one", "Good-bye"))).isInstanceOf(Conflict.class);
    }

    @Test
    @DisplayName("who opted out is not texted until they opt in again")
    void optedOut() {
        MessageReceived stop = carrier.carrier().texts(PATIENT, OURS, " stop\n");
        refused(() -> messages.send(request("one", "Hello")), NotPermitted.Why.OPTED_OUT);
        carrier.carrier().texts(PATIENT, OURS, "START");
        assertThat(messages.send(request("one", "Hello")).status()).isEqualTo(Message.Status.QUEUED);
        assertThat(told).isEmpty();
        carrier.time().runUntilIdle();
        assertThat(told)
                .contains(stop)
                .filteredOn(MessageReceived.class::isInstance)
                .hasSize(2);
        assertThat(status(stop.message())).isEqualTo(Message.Status.RECEIVED);
    }

    @Test
    @DisplayName("numbers of others, and an empty balance, send nothing")
    void notPermitted() {
        MessageRequest foreign = MessageRequest.of(new CommandId("one"), PATIENT, OURS, "Hello");
        refused(() -> messages.send(foreign), NotPermitted.Why.NOT_CAPABLE);
        carrier.carrier().balance(Money.of("0", "USD"));
        assertThatThrownBy(() -> messages.send(request("two", "Hello"))).isInstanceOf(InsufficientFunds.class);
        carrier.time().runUntilIdle();
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("what cannot be delivered says so, with a code")
    void undelivered() {
        carrier.carrier().cannotReach(PATIENT);
        Message sent = messages.send(request("one", "Hello"));
        carrier.time().runUntilIdle();
        Message end = messages.fetch(sent.ref()).orElseThrow();
        assertThat(end.status()).isEqualTo(Message.Status.UNDELIVERED);
        assertThat(end.errorCode()).isEqualTo("unreachable");
    }

    private Message.Status status(MessageRef ref) {
        return messages.fetch(ref).orElseThrow().status();
    }

    private static MessageRequest request(String command, String text) {
        return MessageRequest.of(new CommandId(command), OURS, PATIENT, text);
    }

    private static void refused(ThrowingCallable call, NotPermitted.Why why) {
        assertThatThrownBy(call).isInstanceOfSatisfying(NotPermitted.class, e -> {
            assertThat(e.why()).isEqualTo(why);
            assertThat(e.effect()).isEqualTo(Effect.NONE);
        });
    }
}
