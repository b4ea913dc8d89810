package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.GatheredInput.End;
import io.careflow.pstn.flow.InputKind;
import io.careflow.pstn.flow.Say;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A desk where the ID may be said")
class VoiceEntryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CallRef CALL = new CallRef(new ProviderId("test"), "c1");
    private static final InboundPrompts SAYS = InboundPrompts.english();
    private static final VoiceEntry VOICE = VoiceEntry.english();
    private static final User ANNA = new User(
            "anna", TenantId.DEFAULT, new CareFlowId(4711), "Anna", List.of(Destination.sip("sip:1001")), false);

    private boolean down;
    private final InboundDesk desk = new InboundDesk(directory(), SAYS, InboundSettings.defaults()).hearing(VOICE);
    private final CallFlow asked =
            desk.next(new InboundCall("c1:arrived", NOW, CALL, Party.of("+14165550100"), Party.of("+18195550100")));

    @Test
    @DisplayName("asks for keys and voice together, with its own words")
    void asks() {
        assertThat(gather(asked).kinds()).containsExactlyInAnyOrder(InputKind.DTMF, InputKind.SPEECH);
        assertThat(gather(asked).prompts()).containsExactly(SAYS.welcome(), VOICE.askId());
        assertThat(gather(asked).hints()).contains("seven", "oh");
        assertThat(asked.ending().name()).isEqualTo("gather-speech");
    }

    @Test
    @DisplayName("still takes keys, and keys win over words")
    void keys() {
        assertRings(desk.next(gathered(asked, GatheredInput.digits("4711", End.COMPLETE))));
        assertRings(desk.next(gathered(asked, new GatheredInput("4711", "one two", 99, End.COMPLETE))));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100})
    @DisplayName("rings at once what was recognised for sure")
    void sure(int confidence) {
        CallFlow flow = said(asked, "four seven one one", confidence);
        assertRings(flow);
        assertThat(flow.note().typed()).isEqualTo("4711");
        assertThat(flow.note().userId()).isEqualTo("anna");
    }

    @Test
    @DisplayName("reads back what is not sure, and what comes without a confidence, and rings nobody yet")
    void unsure() {
        for (Integer confidence : new Integer[] {0, 79, null}) {
            CallFlow flow = said(asked, "four seven double one", confidence);
            assertThat(gather(flow).kinds()).containsExactlyInAnyOrder(InputKind.DTMF, InputKind.SPEECH);
            assertThat(((Say) gather(flow).prompts().get(0)).text()).contains("4, 7, 1, 1");
            assertThat(gather(flow).hints()).contains("yes", "no");
            assertThat(flow.note().userId()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "60, 59, false", "60, 60, true", "101, 100, false"})
    @DisplayName("knows how sure is sure")
    void threshold(int below, int confidence, boolean rings) {
        InboundDesk other =
                new InboundDesk(directory(), SAYS, InboundSettings.defaults()).hearing(VOICE.confirmingBelow(below));
        CallFlow flow = other.next(gathered(asked, new GatheredInput("", "4711", confidence, End.COMPLETE)));
        assertThat(flow.ending() instanceof Dial).isEqualTo(rings);
    }

    @Test
    @DisplayName("refuses a threshold that is none")
    void refuses() {
        for (int wrong : new int[] {-1, 102}) {
            assertThatThrownBy(() -> VOICE.confirmingBelow(wrong))
                    .hasMessage("confirmBelow is " + wrong + "; allowed are 0 to 101");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "Yes.", "yeah yeah", "correct", "that is", ""})
    @DisplayName("rings after a yes, and only after a yes")
    void yes(String answer) {
        CallFlow flow = said(said(asked, "four seven one one", 30), answer, 10);
        if (answer.isEmpty() || answer.startsWith("that")) {
            assertThat(gather(flow).prompts()).containsExactly(VOICE.askId());
        } else {
            assertRings(flow);
        }
    }

    @Test
    @DisplayName("rings after the key 1")
    void one() {
        CallFlow readBack = said(asked, "four seven one one", 30);
        CallFlow flow = desk.next(gathered(readBack, GatheredInput.digits("1", End.COMPLETE)));
        assertRings(flow);
        assertThat(flow.note().typed()).isEqualTo("4711");
    }

    @Test
    @DisplayName("asks again after a no, another key and silence, as often as attempts are left")
    void no() {
        CallFlow flow = desk.next(gathered(said(asked, "4711", 30), GatheredInput.digits("2", End.COMPLETE)));
        assertThat(gather(flow).prompts()).containsExactly(VOICE.askId());
        flow = desk.next(gathered(said(flow, "4711", 30), GatheredInput.digits("", End.TIMEOUT)));
        assertThat(gather(flow).prompts()).containsExactly(VOICE.askId());
        flow = said(said(flow, "4711", 30), "no", 99);
        assertThat(flow.steps()).isEqualTo(List.of(SAYS.goodbye()));
        assertThat(flow.note().outcome()).isEqualTo(Disposition.NO_INPUT);
    }

    @Test
    @DisplayName("an ID that nobody has is said to be unknown, not read back")
    void unknown() {
        CallFlow flow = said(asked, "nine nine", 10);
        assertThat(gather(flow).prompts()).containsExactly(SAYS.unknownId(), VOICE.askId());
        assertThat(flow.note().typed()).isEqualTo("0099");
    }

    @Test
    @DisplayName("what was not understood is said, and asked again; silence is only asked again")
    void notUnderstood() {
        assertThat(gather(said(asked, "my leg hurts", 99)).prompts())
                .containsExactly(VOICE.notUnderstood(), VOICE.askId());
        assertThat(gather(said(asked, null, null)).prompts()).containsExactly(VOICE.notUnderstood(), VOICE.askId());
        assertThat(gather(desk.next(gathered(asked, GatheredInput.digits("", End.TIMEOUT))))
                        .prompts())
                .containsExactly(VOICE.askId());
    }

    @Test
    @DisplayName("a directory that fails is apologised for, before and after the confirmation")
    void directoryDown() {
        CallFlow readBack = said(asked, "4711", 30);
        down = true;
        assertThat(said(asked, "4711", 30).note().outcome()).isEqualTo(Disposition.FAILED);
        assertThat(desk.next(gathered(readBack, GatheredInput.digits("1", End.COMPLETE)))
                        .note()
                        .outcome())
                .isEqualTo(Disposition.FAILED);
    }

    @Test
    @DisplayName("a desk that hears nothing asks for keys alone")
    void deaf() {
        InboundDesk deaf = new InboundDesk(directory(), SAYS, InboundSettings.defaults());
        CallFlow flow =
                deaf.next(new InboundCall("c1:arrived", NOW, CALL, Party.of("+14165550100"), Party.of("+18195550100")));
        assertThat(gather(flow).kinds()).containsExactly(InputKind.DTMF);
        assertThat(gather(flow).prompts()).containsExactly(SAYS.welcome(), SAYS.askId());
    }

    private CallFlow said(CallFlow before, @Nullable String words, @Nullable Integer confidence) {
        return desk.next(gathered(before, new GatheredInput("", words, confidence, End.COMPLETE)));
    }

    private static InputGathered gathered(CallFlow before, GatheredInput input) {
        return new InputGathered("c1:input", NOW, CALL, gather(before).then(), input);
    }

    private static Gather gather(CallFlow flow) {
        return (Gather) flow.ending();
    }

    private static void assertRings(CallFlow flow) {
        assertThat(((Dial) flow.ending()).destinations()).containsExactlyElementsOf(ANNA.endpoints());
    }

    private Directory directory() {
        return new Directory() {
            @Override
            public Optional<Did> did(PhoneNumber number) {
                return Optional.of(new Did(number, TenantId.DEFAULT, "carrier", null));
            }

            @Override
            public Optional<User> user(TenantId tenant, CareFlowId id) {
                if (down) {
                    throw new IllegalStateException("down");
                }
                return Optional.of(ANNA).filter(user -> user.careFlowId().equals(id));
            }
        };
    }
}
