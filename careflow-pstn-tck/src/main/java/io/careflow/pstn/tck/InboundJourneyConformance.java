package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.guard.InboundLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The inbound journey as stories. Every way of running it, in memory or with real phones, extends this class and must give
 * the same records. Longer than most files because the stories belong together.
 *
 * <p>The stories take a few seconds each, so that they can be played in real time too.
 */
public abstract class InboundJourneyConformance {
    /** The main number, which asks for a CareFlow ID. */
    protected static final String MAIN = "+18195550100";

    /** The personal number of the first user. */
    protected static final String PERSONAL = "+18195550123";

    private static final String CALLER = "+14165550142";
    private static final TenantId TENANT = new TenantId("clinic");
    private static final String CARRIER = "carrier";
    private static final String DESK_PHONE = "sip:1001";
    private static final String SECOND_PHONE = "sip:1002";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final InboundSettings settings = InboundSettings.defaults()
            .inputWithin(seconds(3), seconds(2), seconds(10))
            .ringingFor(seconds(4));
    private @Nullable InboundStage current;

    /** For subclasses. */
    protected InboundJourneyConformance() {}

    /** A fresh stage for one story. */
    protected abstract InboundStage stage();

    @BeforeEach
    void arrange() {
        current = stage();
        on().settings(settings);
    }

    @AfterEach
    void leave() {
        on().close();
    }

    @Test
    @DisplayName("a caller types an ID, the user answers, they talk, the caller hangs up")
    void callerHangsUp() {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("0001")
                .waits(seconds(5))
                .hangsUp());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        typed(cdr, "0001", "u1");
        legs(cdr, 16);
        rang(cdr, DESK_PHONE, SECOND);
        talked(cdr, DESK_PHONE, seconds(4));
        assertThat(cdr.tenant()).isEqualTo(TENANT);
        assertThat(cdr.carrier()).isEqualTo(CARRIER);
        assertThat(cdr.from().number()).contains(new PhoneNumber(CALLER));
        assertThat(cdr.destination()).contains(DESK_PHONE);
        heard(prompts().welcome());
    }

    @Test
    @DisplayName("the user hangs up first")
    void userHangsUp() {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(2)));
        Cdr cdr = on().call(dialling(MAIN).waits(SECOND).types("0001"));
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        typed(cdr, "0001", "u1");
        legs(cdr, 16);
        talked(cdr, DESK_PHONE, seconds(2));
    }

    @Test
    @DisplayName("three unknown IDs end the call with a goodbye")
    void unknownThreeTimes() {
        clinic(false, DESK_PHONE);
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("7777")
                .waits(SECOND)
                .types("7778")
                .waits(SECOND)
                .types("7779"));
        then(cdr, Disposition.UNKNOWN_ID, 16, ReleasedBy.SYSTEM);
        typed(cdr, "7779", null);
        legs(cdr);
        heard(
                prompts().welcome(),
                prompts().unknownId(),
                prompts().unknownId(),
                prompts().unknownId(),
                prompts().goodbye());
    }

    @Test
    @DisplayName("a wrong ID may be corrected")
    void wrongThenRight() {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("7777")
                .waits(SECOND)
                .types("0001")
                .waits(seconds(3))
                .hangsUp());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        typed(cdr, "0001", "u1");
        talked(cdr, DESK_PHONE, seconds(2));
    }

    @Test
    @DisplayName(
            "after two wrong IDs, where two are allowed, a right ID is answered like a wrong one, and recorded as denied")
    void wrongIdsLock() {
        on().guardedBy(twoTries());
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("7777")
                .waits(SECOND)
                .types("7778")
                .waits(SECOND)
                .types("0001"));
        then(cdr, Disposition.DENIED, 16, ReleasedBy.SYSTEM);
        typed(cdr, "0001", null);
        legs(cdr);
        heard(
                prompts().welcome(),
                prompts().unknownId(),
                prompts().unknownId(),
                prompts().unknownId(),
                prompts().goodbye());
    }

    @Test
    @DisplayName("one wrong ID, where two are allowed, locks nobody out")
    void oneWrongIdDoesNotLock() {
        on().guardedBy(twoTries());
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("7777")
                .waits(SECOND)
                .types("0001")
                .waits(seconds(3))
                .hangsUp());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        typed(cdr, "0001", "u1");
    }

    private static InboundLimits twoTries() {
        return new InboundLimits(6, 30, 30, 300, 2, 20, 300, Duration.ofMinutes(10));
    }

    @Test
    @DisplayName("the star key starts the input again")
    void star() {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.busy());
        Cdr cdr = on().call(dialling(MAIN).waits(SECOND).types("99*0001"));
        typed(cdr, "0001", "u1");
        then(cdr, Disposition.BUSY, 17, ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName("the hash key ends a short ID")
    void hash() {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.busy());
        Cdr cdr = on().call(dialling(MAIN).waits(SECOND).types("1#"));
        typed(cdr, "1", "u1");
        then(cdr, Disposition.BUSY, 17, ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName("a caller who enters nothing is asked three times")
    void noInput() {
        clinic(false, DESK_PHONE);
        Cdr cdr = on().call(dialling(MAIN));
        then(cdr, Disposition.NO_INPUT, 16, ReleasedBy.SYSTEM);
        typed(cdr, null, null);
        legs(cdr);
        heard(
                prompts().welcome(),
                prompts().askId(),
                prompts().askId(),
                prompts().askId(),
                prompts().goodbye());
    }

    @Test
    @DisplayName("a caller who enters a wrong ID and then nothing had an unknown ID")
    void wrongThenNothing() {
        clinic(false, DESK_PHONE);
        Cdr cdr = on().call(dialling(MAIN).waits(SECOND).types("7777"));
        then(cdr, Disposition.UNKNOWN_ID, 16, ReleasedBy.SYSTEM);
        typed(cdr, "7777", null);
        legs(cdr);
    }

    @Test
    @DisplayName("a caller hangs up in the menu")
    void abandonedInMenu() {
        clinic(false, DESK_PHONE);
        Cdr cdr = on().call(dialling(MAIN).waits(seconds(2)).hangsUp());
        then(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        typed(cdr, null, null);
        legs(cdr);
    }

    @Test
    @DisplayName("a caller hangs up while the user's phone rings")
    void abandonedWhileRinging() {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.neverAnswers());
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("0001")
                .waits(seconds(2))
                .hangsUp());
        then(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        typed(cdr, "0001", "u1");
        legs(cdr, 16);
        rang(cdr, DESK_PHONE, seconds(2));
        assertThat(cdr.times().answered()).isNull();
    }

    @Test
    @DisplayName("the user is busy")
    void busy() {
        failing(SimulatedPhone.busy(), Disposition.BUSY, 17);
        heard(prompts().welcome(), prompts().busy());
    }

    @Test
    @DisplayName("the user does not answer")
    void noAnswer() {
        Cdr cdr = failing(SimulatedPhone.neverAnswers(), Disposition.NO_ANSWER, 19);
        rang(cdr, DESK_PHONE, settings.ringFor());
        heard(prompts().welcome(), prompts().noAnswer());
    }

    @Test
    @DisplayName("the user declines")
    void declined() {
        failing(SimulatedPhone.declinesAfter(SECOND), Disposition.REJECTED, 21);
        heard(prompts().welcome(), prompts().rejected());
    }

    @Test
    @DisplayName("the user's phone is not registered")
    void notRegistered() {
        failing(SimulatedPhone.notRegistered(), Disposition.NOT_REGISTERED, 20);
        heard(prompts().welcome(), prompts().notReachable());
    }

    @Test
    @DisplayName("a personal number rings its user at once, and is picked up only by the user")
    void personalNumber() {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = on().call(dialling(PERSONAL).waits(seconds(3)).hangsUp());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        typed(cdr, null, "u1");
        legs(cdr, 16);
        talked(cdr, DESK_PHONE, seconds(2));
        near(cdr.times().billableMillis(), of(DESK_PHONE, PhoneTimes::talk, seconds(2)));
        heard();
    }

    @Test
    @DisplayName("a caller to a personal number hangs up while it rings, which costs nothing")
    void personalNumberAbandoned() {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.neverAnswers());
        Cdr cdr = on().call(dialling(PERSONAL).waits(seconds(2)).hangsUp());
        then(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        assertThat(cdr.times().pickedUp()).isNull();
        assertThat(cdr.times().billableMillis()).isZero();
    }

    @Test
    @DisplayName("of two phones the first that answers gets the call")
    void twoPhones() {
        clinic(false, DESK_PHONE, SECOND_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.neverAnswers());
        on().phone(SECOND_PHONE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("0001")
                .waits(seconds(3))
                .hangsUp());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        assertThat(cdr.destination()).contains(SECOND_PHONE);
        assertThat(cdr.legs()).hasSize(2);
        assertThat(leg(cdr, SECOND_PHONE).cause().q850()).isEqualTo(16);
        assertThat(leg(cdr, DESK_PHONE).answered()).isNull();
        assertThat(leg(cdr, DESK_PHONE).cause().q850()).isIn(16, 26);
        talked(cdr, SECOND_PHONE, seconds(2));
    }

    @Test
    @DisplayName("of two phones one is busy and the other answers")
    void oneBusyOneAnswers() {
        clinic(false, DESK_PHONE, SECOND_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.busy());
        on().phone(SECOND_PHONE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("0001")
                .waits(seconds(3))
                .hangsUp());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        assertThat(leg(cdr, DESK_PHONE).cause().q850()).isEqualTo(17);
        assertThat(leg(cdr, SECOND_PHONE).answered()).isNotNull();
    }

    @Test
    @DisplayName("a user who does not answer gets a message")
    void voicemail() {
        clinic(true, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.neverAnswers());
        Cdr cdr = on().call(dialling(MAIN)
                .waits(SECOND)
                .types("0001")
                .waits(seconds(8))
                .speaks(seconds(3))
                .hangsUp());
        then(cdr, Disposition.VOICEMAIL, 19, ReleasedBy.CALLER);
        typed(cdr, "0001", "u1");
        legs(cdr, 19);
        assertThat(cdr.recording()).isNotNull();
        heard(prompts().welcome(), prompts().leaveMessage());
    }

    @Test
    @DisplayName("a conversation is cut at its time limit")
    void timeLimit() {
        on().settings(settings.talkingAtMost(seconds(2)));
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = on().call(dialling(MAIN).waits(SECOND).types("0001"));
        then(cdr, Disposition.ANSWERED, HangupCause.TIMER_EXPIRED.q850(), ReleasedBy.SYSTEM);
        talked(cdr, DESK_PHONE, seconds(2));
    }

    @Test
    @DisplayName("a number that is not ours is refused without being picked up")
    void unknownNumber() {
        clinic(false, DESK_PHONE);
        Cdr cdr = on().call(dialling("+18195550199"));
        then(cdr, Disposition.UNKNOWN_NUMBER, 1, ReleasedBy.SYSTEM);
        assertThat(cdr.times().pickedUp()).isNull();
        legs(cdr);
        heard();
    }

    @Test
    @DisplayName("a directory that is down gives an apology, never a wrong answer")
    void directoryDown() {
        clinic(false, DESK_PHONE);
        on().directoryDown();
        Cdr cdr = on().call(dialling(MAIN));
        then(cdr, Disposition.FAILED, 41, ReleasedBy.SYSTEM);
        heard(prompts().sorry());
    }

    private Cdr failing(SimulatedPhone phone, Disposition disposition, int q850) {
        clinic(false, DESK_PHONE);
        on().phone(DESK_PHONE, phone);
        Cdr cdr = on().call(dialling(MAIN).waits(SECOND).types("0001"));
        then(cdr, disposition, q850, ReleasedBy.SYSTEM);
        typed(cdr, "0001", "u1");
        legs(cdr, q850);
        assertThat(cdr.times().talkMillis()).isZero();
        return cdr;
    }

    private void clinic(boolean voicemail, String... phones) {
        List<Destination> endpoints =
                List.of(phones).stream().map(Destination::sip).toList();
        User user = new User("u1", TENANT, new CareFlowId(1), "First user", endpoints, voicemail);
        on().user(user);
        on().did(new Did(new PhoneNumber(MAIN), TENANT, CARRIER, null));
        on().did(new Did(new PhoneNumber(PERSONAL), TENANT, CARRIER, user));
    }

    private InboundStage on() {
        return Objects.requireNonNull(current, "stage");
    }

    private InboundPrompts prompts() {
        return on().prompts();
    }

    /** These prompts in this order, others may stand between them; none at all if none is named. */
    private void heard(Prompt... prompts) {
        on().heard().ifPresent(heard -> {
            if (prompts.length == 0) {
                assertThat(heard).isEmpty();
            } else {
                assertThat(heard).containsSubsequence(prompts);
            }
        });
    }

    private void rang(Cdr cdr, String phone, Duration story) {
        near(cdr.times().ringMillis(), of(phone, PhoneTimes::ring, story));
    }

    private void talked(Cdr cdr, String phone, Duration story) {
        near(cdr.times().talkMillis(), of(phone, PhoneTimes::talk, story));
    }

    /** What the phone itself measured, which a busy machine may make longer or shorter than the story, but not something else. */
    private Duration of(String phone, Function<PhoneTimes, Duration> which, Duration story) {
        Duration measured = on().measured(phone).map(which).orElse(story);
        assertThat(measured).as("of the story").isCloseTo(story, SECOND);
        return measured;
    }

    private void near(long millis, Duration expected) {
        assertThat(Math.abs(millis - expected.toMillis()))
                .as("%d ms, expected about %s", millis, expected)
                .isLessThanOrEqualTo(on().tolerance().toMillis());
    }

    private static void then(Cdr cdr, Disposition disposition, int q850, ReleasedBy releasedBy) {
        assertThat(cdr.disposition()).as("disposition").isEqualTo(disposition);
        assertThat(cdr.cause().q850()).as("cause").isEqualTo(q850);
        assertThat(cdr.releasedBy()).as("released by").isEqualTo(releasedBy);
        assertThat(cdr.times().endExact()).as("end was seen").isTrue();
    }

    private static void typed(Cdr cdr, @Nullable String digits, @Nullable String userId) {
        assertThat(cdr.typed()).as("typed").isEqualTo(digits);
        assertThat(cdr.userId()).as("user").isEqualTo(userId);
    }

    private static void legs(Cdr cdr, Integer... causes) {
        assertThat(cdr.legs()).extracting(leg -> leg.cause().q850()).as("legs").containsExactly(causes);
    }

    private static CdrLeg leg(Cdr cdr, String destination) {
        return cdr.legs().stream()
                .filter(leg -> leg.destination().equals(destination))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no leg to " + destination + " in " + cdr.legs()));
    }

    private static SimulatedCaller dialling(String number) {
        return SimulatedCaller.from(CALLER).dialling(number);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
