package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;

/** What holds for calls besides what holds for all. */
@Of(CallControl.class)
abstract class CallConformance extends CapabilityConformance {

    @ForEach(value = Situation.SUCCESS, only = Operation.CALL_PLACE)
    @DisplayName("a step that the provider does not know is refused before anything rings")
    void placeWithUnknownStep(Operation operation) {
        CallControl calls = trial().require(CallControl.class);
        CallRequest plain = samples().call();
        CallRequest request = CallRequest.of(plain.commandId(), plain.callerId(), plain.to(), levitating());
        String supported =
                calls.flows().supported().stream().sorted().findFirst().orElse("supported");
        Refusals.check(trial(), operation, "levitate", () -> calls.place(request));
        Refusals.check(trial(), operation, supported, () -> calls.place(request));
    }

    @ForEach(value = Situation.SUCCESS, only = Operation.CALL_REDIRECT)
    @DisplayName("a step that the provider does not know is refused, and the call goes on")
    void redirectWithUnknownStep(Operation operation) {
        CallControl calls = trial().require(CallControl.class);
        CallRef call = new CallRef(trial().provider().id(), samples().callId());
        Refusals.check(trial(), operation, "levitate", () -> calls.redirect(call, levitating()));
    }

    @ForEach(value = Situation.SUCCESS, only = Operation.CALL_PLACE)
    @DisplayName("an option that the provider does not know is refused before anything rings")
    void unknownOption(Operation operation) {
        CallControl calls = trial().require(CallControl.class);
        CallRequest request = samples().call().with(Refusals.NOBODYS, "x");
        Refusals.check(trial(), operation, Refusals.NOBODYS.name(), () -> calls.place(request));
    }

    @ForEach(value = Situation.SUCCESS, only = Operation.CALL_PLACE)
    @DisplayName("a longest call is sent along or refused, never dropped")
    void longest(Operation operation) {
        sentAlongOrRefused(operation, request -> request.lastingAtMost(Duration.ofMinutes(7)));
    }

    @ForEach(value = Situation.SUCCESS, only = Operation.CALL_PLACE)
    @DisplayName("detecting machines is sent along or refused, never dropped")
    void detectingMachines(Operation operation) {
        sentAlongOrRefused(operation, CallRequest::detectingMachines);
    }

    @ForEach(value = Situation.SUCCESS, only = Operation.CALL_PLACE)
    @DisplayName("an event of a placed call tells its command, so that a lost answer can be followed up")
    void tellsTheCommand(Operation operation) {
        trial().arrange(operation, Situation.SUCCESS);
        CallRequest request = samples().call();
        CallRef placed =
                trial().provider().require(CallControl.class).place(request).ref();
        assertThat(trial().wire().told())
                .as("what the application was told")
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(OutboundCall.class, call -> {
                    assertThat(call.call()).isEqualTo(placed);
                    assertThat(call.command()).isEqualTo(request.commandId());
                    assertThat(call.tenant()).isEqualTo(request.tenant());
                    assertThat(call.to()).isEqualTo(request.to());
                }));
    }

    private void sentAlongOrRefused(Operation operation, UnaryOperator<CallRequest> feature) {
        trial().arrange(operation, Situation.SUCCESS);
        trial().provider().require(CallControl.class).place(samples().call());
        List<SentRequest> plain = trial().writes();
        assertThat(plain).isNotEmpty();
        trial().wire().arrange(operation, Situation.SUCCESS);
        PstnProvider other = trial().open();
        try {
            other.require(CallControl.class).place(feature.apply(samples().call()));
            assertThat(contents(trial().writes()))
                    .as("what is sent with the feature, beside what is sent without")
                    .isNotEqualTo(contents(plain));
        } catch (PstnException refusal) {
            assertThat(refusal).isInstanceOf(UnsupportedFeature.class);
            assertThat(refusal.effect()).isEqualTo(Effect.NONE);
            assertThat(trial().wire().sent()).as("requests").isEmpty();
        }
    }

    private static List<String> contents(List<SentRequest> requests) {
        return requests.stream()
                .map(request -> request.method() + " " + request.target() + " " + request.body())
                .toList();
    }

    private static CallFlow levitating() {
        return CallFlow.start().step(new Levitate()).hangUp();
    }

    private Samples samples() {
        return trial().wire().samples();
    }

    /** No provider knows it. */
    private record Levitate() implements Step {
        @Override
        public String name() {
            return "levitate";
        }
    }
}
