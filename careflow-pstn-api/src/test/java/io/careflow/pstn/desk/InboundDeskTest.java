package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.MessageTaken;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.HangUp;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.flow.Voicemail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundDeskTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CallRef CALL = new CallRef(new ProviderId("test"), "c1");
    private static final TenantId CLINIC = new TenantId("clinic");
    private static final InboundPrompts SAYS = InboundPrompts.english();
    private static final User ANNA = user("anna", 1, true, "sip:1001", "sip:2001");
    private static final User BERT = user("bert", 2, false, "sip:1002");
    private static final User NOWHERE = user("nowhere", 3, false);
    private static final User NOWHERE_BUT_VOICEMAIL = user("recorded", 4, true);

    private final Lists directory = new Lists();
    private final InboundDesk desk = new InboundDesk(directory, SAYS, InboundSettings.defaults());

    @ParameterizedTest
    @ValueSource(strings = {"+18195550100", "18195550100", "8195550100", "(819) 555-0100"})
    @DisplayName("a main number welcomes and asks for an ID, however the carrier writes the number")
    void mainNumber(String dialled) {
        CallFlow flow = desk.next(arrived(dialled));
        assertThat(flow.steps()).isEmpty();
        assertThat(gather(flow).prompts()).containsExactly(SAYS.welcome(), SAYS.askId());
        assertThat(gather(flow).maxDigits()).isEqualTo(4);
        assertThat(flow.note()).isEqualTo(CallNote.NONE.withOrigin(CLINIC, "telnyx"));
    }

    @Test
    @DisplayName("a known ID rings all phones of its user of that tenant, and is noted")
    void knownId() {
        CallFlow flow = desk.next(typed(desk.next(arrived("+18195550100")), "0001"));
        Dial dial = (Dial) flow.ending();
        assertThat(dial.destinations()).containsExactlyElementsOf(ANNA.endpoints());
        assertThat(dial.callerId()).as("the caller's own number is shown").isNull();
        assertThat(flow.note()).isEqualTo(CallNote.NONE.withUser("anna").withTyped("0001"));
        assertThat(directory.asked).isEqualTo(CLINIC);
    }

    @Test
    @DisplayName("an unknown ID is said and asked again, three times in all, then goodbye")
    void unknownId() {
        CallFlow flow = desk.next(arrived("+18195550100"));
        for (int attempt = 1; attempt < 3; attempt++) {
            flow = desk.next(typed(flow, "777" + attempt));
            assertThat(gather(flow).prompts()).containsExactly(SAYS.unknownId(), SAYS.askId());
            assertThat(flow.note().outcome()).isNull();
        }
        flow = desk.next(typed(flow, "7773"));
        assertThat(flow.steps()).isEqualTo(List.of(SAYS.unknownId(), SAYS.goodbye()));
        assertThat(flow.ending()).isEqualTo(new HangUp(HangupCause.NORMAL_CLEARING));
        assertThat(flow.note()).isEqualTo(CallNote.NONE.withTyped("7773").withOutcome(Disposition.UNKNOWN_ID));
    }

    @Test
    @DisplayName("nothing entered is asked again, three times in all, then goodbye")
    void noInput() {
        CallFlow flow = desk.next(arrived("+18195550100"));
        for (int attempt = 1; attempt < 3; attempt++) {
            flow = desk.next(typed(flow, ""));
            assertThat(gather(flow).prompts()).containsExactly(SAYS.askId());
        }
        flow = desk.next(typed(flow, ""));
        assertThat(flow.steps()).isEqualTo(List.of(SAYS.goodbye()));
        assertThat(flow.note()).isEqualTo(CallNote.NONE.withOutcome(Disposition.NO_INPUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7777,,", ",7777,", "7777,7777,"})
    @DisplayName("whoever typed a wrong ID and then gave up had an unknown ID, not no input")
    void wrongThenNothing(String attempts) {
        CallFlow flow = desk.next(arrived("+18195550100"));
        for (String digits : attempts.split(",", -1)) {
            flow = desk.next(typed(flow, digits));
        }
        assertThat(flow.steps()).isEqualTo(List.of(SAYS.goodbye()));
        assertThat(flow.note()).isEqualTo(CallNote.NONE.withOutcome(Disposition.UNKNOWN_ID));
    }

    @Test
    @DisplayName("masked IDs show only their last digit")
    void masked() {
        InboundDesk discreet =
                new InboundDesk(directory, SAYS, InboundSettings.defaults().maskingTyped());
        CallFlow asked = discreet.next(arrived("+18195550100"));
        assertThat(discreet.next(typed(asked, "0001")).note().typed()).isEqualTo("***1");
        assertThat(discreet.next(typed(asked, "7")).note().typed()).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+18195550199", "911", "", "anonymous", "+999123456789"})
    @DisplayName("a number that is not ours is refused, not answered")
    void unknownNumber(String dialled) {
        CallFlow flow = desk.next(arrived(dialled));
        assertThat(flow.steps()).isEmpty();
        assertThat(flow.ending()).isEqualTo(new Reject(Reject.Reason.NOT_FOUND));
        assertThat(flow.note().outcome()).isEqualTo(Disposition.UNKNOWN_NUMBER);
    }

    @Test
    @DisplayName("a personal number rings its user at once")
    void personalNumber() {
        CallFlow flow = desk.next(arrived("+18195550102"));
        assertThat(flow.steps()).isEmpty();
        assertThat(((Dial) flow.ending()).destinations()).containsExactlyElementsOf(BERT.endpoints());
        assertThat(flow.note())
                .isEqualTo(CallNote.NONE.withOrigin(CLINIC, "telnyx").withUser("bert"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Disposition.class,
            names = {"BUSY", "NO_ANSWER", "REJECTED", "NOT_REGISTERED", "FAILED"})
    @DisplayName("each result of a dial is announced, or a message is taken")
    void dialResults(Disposition result) {
        Prompt expected = switch (result) {
            case BUSY -> SAYS.busy();
            case NO_ANSWER -> SAYS.noAnswer();
            case REJECTED -> SAYS.rejected();
            case NOT_REGISTERED -> SAYS.notReachable();
            default -> SAYS.sorry();
        };
        CallFlow without = desk.next(dialled(desk.next(arrived("+18195550102")), result, HangupCause.USER_BUSY));
        assertThat(without.steps()).isEqualTo(List.of(expected));
        assertThat(without.ending()).isInstanceOf(HangUp.class);
        CallFlow rings = desk.next(typed(desk.next(arrived("+18195550100")), "0001"));
        CallFlow message = desk.next(dialled(rings, result, HangupCause.USER_BUSY));
        assertThat(message.steps()).isEqualTo(List.of(SAYS.leaveMessage()));
        assertThat(message.ending()).isInstanceOf(Voicemail.class);
        CallFlow thanks = desk.next(new MessageTaken("e", NOW, CALL, ((Voicemail) message.ending()).then()));
        assertThat(thanks.steps()).isEqualTo(List.of(SAYS.messageTaken()));
    }

    @Test
    @DisplayName("a conversation that is over ends the call for the same cause, without a word")
    void talkOver() {
        CallFlow rings = desk.next(arrived("+18195550102"));
        CallFlow over = desk.next(dialled(rings, Disposition.ANSWERED, HangupCause.NORMAL_CLEARING));
        assertThat(over.steps()).isEmpty();
        assertThat(over.ending()).isEqualTo(new HangUp(HangupCause.NORMAL_CLEARING));
        CallFlow cut = desk.next(dialled(rings, Disposition.ANSWERED, HangupCause.TIMER_EXPIRED));
        assertThat(cut.ending()).isEqualTo(new HangUp(HangupCause.TIMER_EXPIRED));
    }

    @Test
    @DisplayName("a user without phones cannot be reached, or takes a message")
    void noPhones() {
        CallFlow asked = desk.next(arrived("+18195550100"));
        CallFlow nowhere = desk.next(typed(asked, "0003"));
        assertThat(nowhere.steps()).isEqualTo(List.of(SAYS.notReachable()));
        assertThat(nowhere.note().outcome()).isEqualTo(Disposition.NOT_REGISTERED);
        assertThat(desk.next(typed(asked, "0004")).ending()).isInstanceOf(Voicemail.class);
    }

    @Test
    @DisplayName("a directory that fails, at either look-up, gives an apology and the outcome FAILED")
    void directoryFails() {
        CallFlow asked = desk.next(arrived("+18195550100"));
        directory.down = true;
        List<String> heard = new ArrayList<>();
        InboundDesk watched = new InboundDesk(
                directory,
                SAYS,
                InboundSettings.defaults(),
                (event, failure) -> heard.add(event.getClass().getSimpleName() + ": " + failure.getMessage()));
        assertThat(watched.next(typed(asked, "0001"))).isEqualTo(desk.next(typed(asked, "0001")));
        assertThat(watched.next(arrived("+18195550100"))).isEqualTo(desk.next(arrived("+18195550100")));
        assertThat(heard).containsExactly("InputGathered: down", "InboundCall: down");
        assertThat(desk.next(typed(asked, "0001")).note().typed()).isEqualTo("0001");
        for (FlowEvent event : List.of(arrived("+18195550100"), typed(asked, "0001"))) {
            CallFlow sorry = desk.next(event);
            assertThat(sorry.steps()).isEqualTo(List.of(SAYS.sorry()));
            assertThat(sorry.ending()).isEqualTo(new HangUp(HangupCause.TEMPORARY_FAILURE));
            assertThat(sorry.note().outcome()).isEqualTo(Disposition.FAILED);
        }
    }

    @Test
    @DisplayName("two desks can take turns in one conversation: nothing is kept between events")
    void stateless() {
        InboundDesk other = new InboundDesk(directory, SAYS, InboundSettings.defaults());
        CallFlow first = desk.next(arrived("+18195550100"));
        CallFlow second = other.next(typed(first, "7777"));
        CallFlow third = desk.next(typed(second, "7777"));
        CallFlow last = other.next(typed(third, "7777"));
        assertThat(last.ending()).isInstanceOf(HangUp.class);
        assertThat(last.note().outcome()).isEqualTo(Disposition.UNKNOWN_ID);
    }

    @Test
    @DisplayName("an event that the desk did not ask for ends with an apology")
    void unexpected() {
        CallFlow flow = desk.next(new Redirected("e", NOW, CALL, Continuation.named("other")));
        assertThat(flow.steps()).isEqualTo(List.of(SAYS.sorry()));
    }

    private static FlowEvent arrived(String to) {
        return new InboundCall("e", NOW, CALL, Party.of("+14165550142"), Party.of(to));
    }

    private static FlowEvent typed(CallFlow asked, String digits) {
        return new InputGathered(
                "e", NOW, CALL, gather(asked).then(), GatheredInput.digits(digits, GatheredInput.End.TIMEOUT));
    }

    private static FlowEvent dialled(CallFlow ringing, Disposition result, HangupCause cause) {
        return new DialEnded("e", NOW, CALL, ((Dial) ringing.ending()).then(), result, cause);
    }

    private static Gather gather(CallFlow flow) {
        return (Gather) flow.ending();
    }

    private static User user(String id, int number, boolean voicemail, String... phones) {
        List<Destination> endpoints =
                List.of(phones).stream().map(Destination::sip).toList();
        return new User(id, CLINIC, new CareFlowId(number), id, endpoints, voicemail);
    }

    private static final class Lists implements Directory {
        private TenantId asked = TenantId.DEFAULT;
        private boolean down;

        @Override
        public Optional<Did> did(PhoneNumber number) {
            requireUp();
            return switch (number.e164()) {
                case "+18195550100" -> Optional.of(new Did(number, CLINIC, "telnyx", null));
                case "+18195550102" -> Optional.of(new Did(number, CLINIC, "telnyx", BERT));
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            requireUp();
            asked = tenant;
            return List.of(ANNA, BERT, NOWHERE, NOWHERE_BUT_VOICEMAIL).stream()
                    .filter(user -> user.careFlowId().equals(id))
                    .findFirst();
        }

        private void requireUp() {
            if (down) {
                throw new IllegalStateException("down");
            }
        }
    }
}
