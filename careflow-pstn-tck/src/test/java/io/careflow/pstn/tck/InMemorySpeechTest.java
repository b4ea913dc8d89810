package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.InboundDesk;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.desk.VoiceEntry;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A simulated caller says a CareFlow ID")
class InMemorySpeechTest {
    private static final InboundPrompts SAYS = InboundPrompts.english();
    private static final VoiceEntry VOICE = VoiceEntry.english();
    private static final CareFlowId ID = new CareFlowId(72);
    private static final List<Prompt> READ_BACK = VOICE.readBack().of(ID);

    private final InMemoryProvider pbx = InMemoryProvider.answeredBy(
                    new InboundDesk(new OneUser(), SAYS, InboundSettings.defaults()).hearing(VOICE))
            .start();

    @Test
    @DisplayName("and rings its user at once when the recogniser is sure")
    void sure() {
        SimulatedCall call = run(caller().says("double oh seven two", 95));
        assertThat(call.prompts()).containsExactly(SAYS.welcome(), VOICE.askId(), SAYS.busy());
        assertRang(call);
    }

    @Test
    @DisplayName("and confirms it by key or word when the recogniser is not sure, or does not tell")
    void unsure() {
        for (SimulatedCaller confirming : List.of(
                caller().says("0072", 40).waits(Duration.ofSeconds(4)).types("1"),
                caller().says("0072", null).waits(Duration.ofSeconds(4)).says("yes", null))) {
            SimulatedCall call = run(confirming);
            assertThat(call.prompts()).containsExactly(SAYS.welcome(), VOICE.askId(), READ_BACK.get(0), SAYS.busy());
            assertRang(call);
        }
    }

    @Test
    @DisplayName("and nobody rings without the confirmation")
    void notConfirmed() {
        SimulatedCall call = run(caller().says("0072", 40));
        assertThat(call.prompts()).contains(READ_BACK.get(0)).endsWith(SAYS.goodbye());
        assertThat(call.cdr().orElseThrow().disposition()).isEqualTo(Disposition.NO_INPUT);
    }

    @Test
    @DisplayName("into a question for keys alone: unheard")
    void keysOnly() {
        InMemoryProvider deaf = InMemoryProvider.answeredBy(
                        new InboundDesk(new OneUser(), SAYS, InboundSettings.defaults()))
                .start();
        SimulatedCall call = deaf.call(caller().says("0072", 99));
        deaf.time().runUntilIdle();
        assertThat(call.cdr().orElseThrow().disposition()).isEqualTo(Disposition.NO_INPUT);
    }

    @Test
    @DisplayName("to a line without a recogniser: that is refused, not dropped")
    void noRecogniser() {
        CallerAtWork.Line line = new CallerAtWork.Line() {
            @Override
            public void key(char key) {}

            @Override
            public void speaking(Instant until) {}

            @Override
            public void personHangsUp() {}

            @Override
            public boolean isTalking() {
                return false;
            }
        };
        assertThatThrownBy(() -> line.says("one", null)).isInstanceOf(UnsupportedOperationException.class);
    }

    private SimulatedCall run(SimulatedCaller caller) {
        pbx.phone("sip:1001", SimulatedPhone.busy());
        SimulatedCall call = pbx.call(caller);
        pbx.time().runUntilIdle();
        assertThat(pbx.handlerFailures()).isEmpty();
        return call;
    }

    private static void assertRang(SimulatedCall call) {
        Cdr cdr = call.cdr().orElseThrow();
        assertThat(cdr.disposition()).isEqualTo(Disposition.BUSY);
        assertThat(cdr.userId()).isEqualTo("anna");
        assertThat(cdr.typed()).isEqualTo("0072");
    }

    private static SimulatedCaller caller() {
        return SimulatedCaller.from("+14165550100").dialling("+18195550100").waits(Duration.ofSeconds(7));
    }

    private static final class OneUser implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return Optional.of(new Did(number, TenantId.DEFAULT, "carrier", null));
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            User anna = new User("anna", tenant, ID, "Anna", List.of(Destination.sip("sip:1001")), false);
            return Optional.of(anna).filter(user -> user.careFlowId().equals(id));
        }
    }
}
