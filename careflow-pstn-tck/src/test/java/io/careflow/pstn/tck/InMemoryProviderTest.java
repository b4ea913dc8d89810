package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Enqueue;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Pause;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.flow.SendDigits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryProviderTest {
    private static final Continuation THEN = Continuation.named("then");
    private static final CallFlow BYE =
            CallFlow.start().say("Bye", Locale.ENGLISH).hangUp();
    private static final CallFlow TALK = CallFlow.start().dial(Dial.to(List.of(Destination.sip("1001")), THEN));
    private static final CallFlow WAIT =
            CallFlow.start().pause(Duration.ofMinutes(5)).hangUp();
    private static final PhoneNumber OURS = new PhoneNumber("+18195550100");

    private CallFlow first = TALK;
    private final InMemoryProvider pbx = InMemoryProvider.answeredBy(
                    event -> event instanceof InboundCall ? first : BYE)
            .start();
    private final CallControl control = pbx.require(CallControl.class);

    @Test
    @DisplayName("a flow that cannot be done gives the caller an apology and the test the reason")
    void unsupported() {
        first = CallFlow.start().end(new Enqueue("queue", THEN));
        SimulatedCall call = pbx.call(caller());
        pbx.time().runUntilIdle();
        assertThat(call.prompts()).containsExactly(new Say("We are sorry.", Locale.ENGLISH));
        assertThat(pbx.handlerFailures()).singleElement().isInstanceOf(UnsupportedFeature.class);
    }

    @Test
    @DisplayName("a redirection drops the conversation and runs the other flow")
    void redirectWhileTalking() {
        pbx.phone("1001", SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
        SimulatedCall call = pbx.call(caller());
        pbx.time().run(Duration.ofSeconds(10));
        control.redirect(call.ref(), BYE);
        pbx.time().runUntilIdle();
        assertThat(call.events()).filteredOn(LegEnded.class::isInstance).hasSize(1);
        assertThat(call.prompts()).containsExactly(new Say("Bye", Locale.ENGLISH));
        assertThat(call.cdr().orElseThrow().times().talkMillis()).isEqualTo(9_000);
        assertThat(call.cdr().orElseThrow().releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName("a redirection to what cannot be done is refused and the conversation goes on")
    void unsupportedRedirect() {
        pbx.phone("1001", SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
        SimulatedCall call = pbx.call(caller().hangsUpAfterTalking(Duration.ofSeconds(30)));
        pbx.time().run(Duration.ofSeconds(10));
        CallFlow queue = CallFlow.start().end(new Enqueue("queue", THEN));
        assertThatThrownBy(() -> control.redirect(call.ref(), queue)).isInstanceOf(UnsupportedFeature.class);
        pbx.time().runUntilIdle();
        assertThat(call.cdr().orElseThrow().times().talkMillis()).isEqualTo(30_000);
    }

    @Test
    @DisplayName("a placed call runs its flow once the person answers")
    void place() {
        pbx.phone("1002", SimulatedPhone.answersAfter(Duration.ofSeconds(3)).typing("1", Duration.ofSeconds(5)));
        Call placed = control.place(request("one", CallFlow.start().gather(Gather.digits(1, THEN))));
        assertThat(placed.status()).isEqualTo(Call.Status.QUEUED);
        pbx.time().run(Duration.ofSeconds(2));
        assertThat(control.fetch(placed.ref()).orElseThrow().status()).isEqualTo(Call.Status.RINGING);
        pbx.time().run(Duration.ofSeconds(2));
        assertThat(control.fetch(placed.ref()).orElseThrow().status()).isEqualTo(Call.Status.ANSWERED);
        pbx.time().runUntilIdle();
        SimulatedCall call = pbx.calls().get(0);
        assertThat(control.fetch(placed.ref()).orElseThrow().status()).isEqualTo(Call.Status.ENDED);
        assertThat(call.prompts()).containsExactly(new Say("Bye", Locale.ENGLISH));
    }

    @Test
    @DisplayName("one command places one call; another request under the same command is a conflict")
    void commandId() {
        pbx.phone("1002", SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
        Call once = control.place(request("one", BYE));
        assertThat(control.place(request("one", BYE)).ref()).isEqualTo(once.ref());
        assertThat(pbx.calls()).hasSize(1);
        assertThatThrownBy(() -> control.place(request("one", WAIT))).isInstanceOf(Conflict.class);
    }

    @Test
    @DisplayName("options and flows that cannot be honoured are refused before anything rings")
    void refused() {
        Option<String> option = new Option<>("telnyx.connection-id", String.class);
        assertThatThrownBy(() -> control.place(request("one", BYE).with(option, "184")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("telnyx.connection-id");
        CallFlow queue = CallFlow.start().end(new Enqueue("queue", THEN));
        assertThatThrownBy(() -> control.place(request("two", queue))).isInstanceOf(UnsupportedFeature.class);
        pbx.time().runUntilIdle();
        assertThat(pbx.calls()).isEmpty();
    }

    @Test
    @DisplayName("a placed call that nobody answers ends when its ring time is over")
    void nobodyAnswers() {
        pbx.phone("1002", SimulatedPhone.neverAnswers());
        control.place(request("one", BYE).ringingFor(Duration.ofSeconds(7)));
        pbx.time().runUntilIdle();
        assertThat(last(pbx.calls().get(0)).cause()).isEqualTo(HangupCause.NO_ANSWER);
        assertThat(pbx.calls().get(0).cdr().orElseThrow().times().ended())
                .isEqualTo(pbx.time().now());
    }

    @Test
    @DisplayName("two joined calls end together")
    void join() {
        pbx.phone("1002", SimulatedPhone.answersAfter(Duration.ofSeconds(1)).hangingUpAfter(Duration.ofSeconds(60)));
        CallFlow answering = CallFlow.start()
                .say("One moment", Locale.ENGLISH)
                .pause(Duration.ofMinutes(1))
                .hangUp();
        first = answering;
        SimulatedCall caller = pbx.call(caller());
        Call placed = control.place(request("one", WAIT));
        pbx.time().run(Duration.ofMillis(500));
        assertThatThrownBy(() -> control.join(caller.ref(), placed.ref())).isInstanceOf(Conflict.class);
        pbx.time().run(Duration.ofSeconds(5));
        control.join(caller.ref(), placed.ref());
        assertThatThrownBy(() -> control.join(caller.ref(), placed.ref())).isInstanceOf(Conflict.class);
        pbx.time().runUntilIdle();
        assertThat(last(caller).occurredAt()).isEqualTo(last(pbx.calls().get(1)).occurredAt());
        assertThat(last(pbx.calls().get(1)).releasedBy()).isEqualTo(ReleasedBy.CALLEE);
        assertThat(caller.isOver()).isTrue();
    }

    @Test
    @DisplayName("calls that are over or never were are not found; hanging up twice is no error")
    void notFound() {
        SimulatedCall call = pbx.call(caller().waits(Duration.ofSeconds(1)).hangsUp());
        pbx.time().runUntilIdle();
        CallRef nobody = new CallRef(new ProviderId("memory"), "nobody");
        for (CallRef ref : List.of(call.ref(), nobody)) {
            assertThatThrownBy(() -> control.redirect(ref, BYE)).isInstanceOf(NotFound.class);
            assertThatThrownBy(() -> control.join(ref, ref)).isInstanceOf(NotFound.class);
            assertThatThrownBy(() -> control.sendDigits(ref, "1")).isInstanceOf(NotFound.class);
        }
        control.hangUp(call.ref(), HangupCause.NORMAL_CLEARING);
        pbx.time().runUntilIdle();
        assertThat(call.events()).filteredOn(CallEnded.class::isInstance).hasSize(1);
        assertThat(control.fetch(nobody)).isEmpty();
    }

    @Test
    @DisplayName("digits reach an answered call, and only such a call")
    void sendDigits() {
        pbx.phone("1001", SimulatedPhone.answersAfter(Duration.ofSeconds(5)));
        SimulatedCall call = pbx.call(caller());
        pbx.time().run(Duration.ofSeconds(1));
        assertThatThrownBy(() -> control.sendDigits(call.ref(), "1")).isInstanceOf(Conflict.class);
        pbx.time().run(Duration.ofSeconds(10));
        control.sendDigits(call.ref(), "12#");
        assertThat(call.steps()).containsExactly(new SendDigits("12#"));
        control.hangUp(call.ref(), HangupCause.NORMAL_CLEARING);
        pbx.time().runUntilIdle();
        assertThat(last(call).releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName("a recording ends with the call and is announced before its end")
    void recording() {
        first = CallFlow.start()
                .startRecording()
                .step(new Pause(Duration.ofSeconds(9)))
                .end(new HangUp(HangupCause.NORMAL_CLEARING));
        SimulatedCall call = pbx.call(caller());
        pbx.time().runUntilIdle();
        List<CallEvent> events = call.events();
        assertThat(events.get(events.size() - 1)).isInstanceOf(CallEnded.class);
        assertThat(events.get(events.size() - 2))
                .isInstanceOfSatisfying(
                        RecordingReady.class,
                        ready -> assertThat(ready.length()).isEqualTo(Duration.ofSeconds(9)));
    }

    private static CallEnded last(SimulatedCall call) {
        return (CallEnded) call.events().get(call.events().size() - 1);
    }

    private static SimulatedCaller caller() {
        return SimulatedCaller.from("+14165550142").dialling("+18195550100");
    }

    private static CallRequest request(String command, CallFlow flow) {
        return CallRequest.of(new CommandId(command), OURS, Destination.sip("1002"), flow);
    }
}
