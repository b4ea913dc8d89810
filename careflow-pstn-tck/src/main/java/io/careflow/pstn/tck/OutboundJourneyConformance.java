package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.consent.ConsentRecord.Answer;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.CommandRecords;
import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.desk.OutboundEntry;
import io.careflow.pstn.desk.OutboundPrompts;
import io.careflow.pstn.desk.OutboundSettings;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The outbound journey as stories: every way in which a callback can end. Every way of running it, in memory or with real phones,
 * extends this class and must give the same records, and take the same money. Longer than most files because the stories belong
 * together.
 */
public abstract class OutboundJourneyConformance {
    /** The personal number of the second user of ours. */
    protected static final String OF_BOB = "+18195550123";

    /** Somebody outside. */
    protected static final PhoneNumber OUTSIDE = new PhoneNumber("+14165550142");

    private static final String ALICE = "sip:1001";
    private static final String BOB = "sip:1002";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final OutboundPrompts PROMPTS = OutboundPrompts.english();
    private static final HangupCause OUT_OF_ORDER = new HangupCause(38, 503, "Network out of order");

    private final OutboundSettings settings = OutboundSettings.defaults()
            .ringing(seconds(4), seconds(4))
            .warningBefore(seconds(5))
            .withHomeRegion("CA");
    private @Nullable OutboundStage stage;
    private @Nullable OutboundScene scene;

    /** For subclasses. */
    protected OutboundJourneyConformance() {}

    /** A fresh stage for one story. */
    protected abstract OutboundStage stage();

    /**
     * Where the stories' desks take what a call counts for and its money in one step; empty, unless overridden: a guard and a credit of
     * the stories' own are asked one after the other. Called once for each story.
     */
    protected Optional<OneStep> oneStep(Clock clock) {
        return Optional.empty();
    }

    /**
     * The book of one story, empty at first: each node of the story asks for it once, and gets the same one or another one on the same
     * store. In the memory of this process, unless overridden.
     */
    protected Supplier<? extends OutboundBook> books() {
        return OutboundScene.inMemory();
    }

    @BeforeEach
    void arrange() {
        scene = null;
        stage = stage();
    }

    @AfterEach
    void leave() {
        if (scene != null) {
            scene.close();
        } else {
            on().close();
        }
    }

    @Test
    @DisplayName("the user answers, the destination answers, they talk, the destination hangs up")
    void destinationHangsUp() {
        OutboundScene story = story();
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(3)));
        Cdr cdr = story.callback(story.wants("c1", "416 555 0142"));
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        isWhole(cdr);
        assertThat(cdr.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(cdr.carrier()).isEqualTo("first");
        talked(cdr, seconds(3));
        paid(cdr, "c1");
    }

    @Test
    @DisplayName("the user hangs up first")
    void userHangsUp() {
        OutboundScene story = story();
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(5)));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = story.callback(story.wants("c2", OUTSIDE.e164()));
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        isWhole(cdr);
        assertThat(cdr.times().talkMillis()).isPositive();
        paid(cdr, "c2");
    }

    @Test
    @DisplayName("the user does not answer: the destination is never called, and nothing is paid")
    void userDoesNotAnswer() {
        Cdr cdr = failing(SimulatedPhone.neverAnswers(), SimulatedPhone.answersAfter(SECOND));
        then(cdr, Disposition.NO_ANSWER, 19, ReleasedBy.SYSTEM);
        onlyTheUser(cdr);
    }

    @Test
    @DisplayName("the user declines")
    void userDeclines() {
        Cdr cdr = failing(SimulatedPhone.declinesAfter(SECOND), SimulatedPhone.answersAfter(SECOND));
        assertThat(cdr.disposition()).isEqualTo(Disposition.REJECTED);
        assertThat(cdr.cause().q850()).isEqualTo(21);
        onlyTheUser(cdr);
    }

    @Test
    @DisplayName("a machine takes the user's call: it is hung up before anybody talks, where the provider can tell")
    void machine() {
        OutboundScene story = story(settings.detectingMachines(), "10", Gate.Kind.OPEN);
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND).asMachine());
        on().outside(OUTSIDE, SimulatedPhone.neverAnswers());
        Cdr cdr = story.callback(story.wants("c27", OUTSIDE.e164()));
        if (on().lacks().contains(OutboundStage.Lack.MACHINES)) {
            detectionIsRefused();
            then(cdr, Disposition.NO_ANSWER, 19, ReleasedBy.SYSTEM);
        } else {
            then(cdr, Disposition.FAILED, 16, ReleasedBy.SYSTEM);
            assertThat(Duration.between(cdr.times().started(), cdr.times().ended()))
                    .isLessThanOrEqualTo(seconds(4).plus(on().tolerance()));
        }
        isWhole(cdr);
        assertThat(cdr.times().answered()).isNull();
        unpaid("c27");
    }

    @Test
    @DisplayName("the user answers and hangs up while the destination rings")
    void userGivesUp() {
        Cdr cdr =
                failing(SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(2)), SimulatedPhone.neverAnswers());
        then(cdr, Disposition.ABANDONED, 16, ReleasedBy.CALLER);
        isWhole(cdr);
        assertThat(cdr.times().answered()).isNull();
    }

    @Test
    @DisplayName("the destination is busy")
    void busy() {
        Cdr cdr = failing(SimulatedPhone.answersAfter(SECOND), SimulatedPhone.busy());
        then(cdr, Disposition.BUSY, 17, ReleasedBy.SYSTEM);
        isWhole(cdr);
        heard(PROMPTS.busy());
    }

    @Test
    @DisplayName("the destination does not answer")
    void noAnswer() {
        Cdr cdr = failing(SimulatedPhone.answersAfter(SECOND), SimulatedPhone.neverAnswers());
        then(cdr, Disposition.NO_ANSWER, 19, ReleasedBy.SYSTEM);
        heard(PROMPTS.noAnswer());
    }

    @Test
    @DisplayName("the destination declines")
    void declined() {
        Cdr cdr = failing(SimulatedPhone.answersAfter(SECOND), SimulatedPhone.declinesAfter(SECOND));
        then(cdr, Disposition.REJECTED, 21, ReleasedBy.SYSTEM);
        heard(PROMPTS.rejected());
    }

    @Test
    @DisplayName("the destination does not exist: no second carrier is tried")
    void invalid() {
        Cdr cdr = failing(
                SimulatedPhone.answersAfter(SECOND),
                SimulatedPhone.fails(new HangupCause(1, 404, "Unallocated number")));
        then(cdr, Disposition.UNKNOWN_NUMBER, 1, ReleasedBy.SYSTEM);
        assertThat(cdr.attempts()).hasSizeLessThanOrEqualTo(1);
        heard(PROMPTS.invalid());
    }

    @Test
    @DisplayName("the first carrier fails, the second one carries the call at its own price")
    void failover() {
        OutboundScene story = story();
        Route first = on().routes().get(0);
        Assumptions.assumeTrue(on().disturb(first, SimulatedPhone.fails(OUT_OF_ORDER)), "a route can be disturbed");
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(3)));
        Cdr cdr = story.callback(story.wants("c10", OUTSIDE.e164()));
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        assertThat(cdr.carrier()).isEqualTo("second");
        assertThat(cdr.attempts()).hasSize(2);
        paid(cdr, "c10");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"603, Decline, REJECTED", "607, Unwanted, BLOCKED", "608, Rejected, BLOCKED"})
    @DisplayName("a carrier refuses the call for good, as fraud or otherwise: no other one is tried")
    void blocked(int status, String reason, NeutralCause meaning) {
        OutboundScene story = story();
        Route first = on().routes().get(0);
        HangupCause barred = new HangupCause(21, status, reason);
        Assumptions.assumeTrue(on().disturb(first, SimulatedPhone.fails(barred)), "a route can be disturbed");
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = story.callback(story.wants("c11", OUTSIDE.e164()));
        then(cdr, Disposition.REJECTED, 21, ReleasedBy.SYSTEM);
        assertThat(cdr.attempts()).singleElement().satisfies(tried -> {
            assertThat(tried.attempt().verdict().cause()).isEqualTo(meaning);
            assertThat(tried.attempt().network().sipStatus()).isEqualTo(status);
            assertThat(tried.move()).isEqualTo(Move.STOP);
        });
        heard(PROMPTS.rejected());
        unpaid("c11");
    }

    @Test
    @DisplayName("no carrier carries the call")
    void noCarrier() {
        OutboundScene story = story();
        for (Route route : on().routes()) {
            Assumptions.assumeTrue(on().disturb(route, SimulatedPhone.fails(OUT_OF_ORDER)), "routes can be disturbed");
        }
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = story.callback(story.wants("c12", OUTSIDE.e164()));
        then(cdr, Disposition.FAILED, 38, ReleasedBy.SYSTEM);
        assertThat(cdr.attempts()).hasSize(2);
        heard(PROMPTS.unreachable());
        unpaid("c12");
    }

    @Test
    @DisplayName("trunks are dialled over, or refused by name before anything rings")
    void trunks() {
        Route plain = on().routes().get(0);
        Route over = plain.over(new TrunkRef(plain.provider(), "trunk-of-ours"));
        OutboundScene story = story(settings, "10", Gate.Kind.OPEN, List.of(over));
        if (!on().lacks().contains(OutboundStage.Lack.TRUNKS)) {
            assertThat(story.control().flows().supported()).contains(Dial.OVER);
            return;
        }
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        assertThat(story.desk().callback(story.wants("c26", OUTSIDE.e164())))
                .isInstanceOfSatisfying(
                        CallbackAnswer.NoRoute.class,
                        none -> assertThat(none.because()).contains(Dial.OVER));
        Cdr cdr = story.record(new CommandId("c26"));
        assertThat(cdr.disposition()).isEqualTo(Disposition.FAILED);
        assertThat(cdr.legs()).isEmpty();
        assertThat(cdr.cost().amount()).extracting(Money::signum).isEqualTo(0);
        on().placed().ifPresent(placed -> assertThat(placed).isZero());
        unpaid("c26");
    }

    @Test
    @DisplayName("the time limit cuts the call, after a warning")
    void timeLimit() {
        OutboundScene story = story(settings.talkingAtMost(seconds(7)), "10", Gate.Kind.OPEN);
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        Cdr cdr = story.callback(story.wants("c13", OUTSIDE.e164()));
        then(cdr, Disposition.ANSWERED, 102, ReleasedBy.SYSTEM);
        talked(cdr, seconds(7));
        warned();
        paid(cdr, "c13");
    }

    @Test
    @DisplayName("the credit runs out: a warning, then the cut at what was set aside, which is all that is paid")
    void creditRunsOut() {
        OutboundScene story = story(settings, "0.16", Gate.Kind.OPEN);
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        CallbackRequest request = story.wants("c14", OUTSIDE.e164());
        CallbackAnswer answer = story.desk().callback(request);
        assertThat(answer).isInstanceOfSatisfying(CallbackAnswer.Placed.class, placed -> {
            assertThat(placed.talk()).isEqualTo(seconds(8));
            assertThat(placed.held()).isEqualTo(Money.of("0.16", "USD"));
        });
        Cdr cdr = story.ended(request.command());
        then(cdr, Disposition.ANSWERED, 102, ReleasedBy.SYSTEM);
        talked(cdr, seconds(8));
        warned();
        paid(cdr, "c14");
    }

    @Test
    @DisplayName("no credit: nothing rings, and there is a record")
    void notPaid() {
        OutboundScene story = story(settings, "0.00", Gate.Kind.OPEN);
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        CallbackAnswer answer = story.desk().callback(story.wants("c15", OUTSIDE.e164()));
        assertThat(answer).isInstanceOf(CallbackAnswer.NotPaid.class);
        refused(story, "c15", "credit");
    }

    @Test
    @DisplayName("a guard refuses: nothing rings, and the record names the rule")
    void guarded() {
        OutboundScene story = story(settings, "10", Gate.Kind.REFUSING);
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        CallbackAnswer answer = story.desk().callback(story.wants("c16", OUTSIDE.e164()));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.rules())
                                .containsExactly(story.gate().refusing()));
        refused(story, "c16", story.gate().refusing());
    }

    @Test
    @DisplayName("a guard that fails refuses")
    void guardDown() {
        OutboundScene story = story(settings, "10", Gate.Kind.FAILING);
        assertThat(story.desk().callback(story.wants("c17", OUTSIDE.e164()))).isInstanceOf(CallbackAnswer.Denied.class);
        refused(story, "c17", story.gate().failing());
    }

    @Test
    @DisplayName("a caller ID that is not ours is refused")
    void callerId() {
        OutboundScene story = story();
        CallbackRequest forged = CallbackRequest.of(
                new CommandId("c18"), story.alice(), OUTSIDE.e164(), new PhoneNumber("+12125550199"));
        assertThat(story.desk().callback(forged))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.rules()).containsExactly("caller-id"));
        refused(story, "c18", "caller-id");
    }

    @Test
    @DisplayName("a number whose price is not known is refused, never called for nothing")
    void noRate() {
        OutboundScene story = story();
        CallbackAnswer answer = story.desk().callback(story.wants("c19", "+442071838750"));
        assertThat(answer).isInstanceOfAny(CallbackAnswer.NoRoute.class, CallbackAnswer.Denied.class);
        Cdr cdr = story.record(new CommandId("c19"));
        assertThat(cdr.cost().explanation()).contains("no rate");
        unpaid("c19");
    }

    @Test
    @DisplayName("a CareFlow ID is reached without the public network, at no cost, with a record")
    void onNetById() {
        onNet("c20", "0002");
    }

    @Test
    @DisplayName("a number of ours is reached without the public network, at no cost, with a record")
    void onNetByNumber() {
        onNet("c21", OF_BOB);
    }

    @Test
    @DisplayName("the same command twice places one call; another wish under it is refused")
    void twice() {
        OutboundScene story = story();
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND));
        CallbackRequest request = story.wants("c22", OUTSIDE.e164());
        assertThat(story.desk().callback(request)).isInstanceOf(CallbackAnswer.Placed.class);
        assertThat(story.desk().callback(request)).isInstanceOf(CallbackAnswer.Repeated.class);
        assertThat(story.node().callback(story.wants("c22", OF_BOB))).isInstanceOf(CallbackAnswer.Conflicting.class);
        Cdr cdr = story.ended(request.command());
        assertThat(story.desk().callback(request)).isInstanceOf(CallbackAnswer.Repeated.class);
        assertThat(story.records()).containsExactly(cdr);
        paid(cdr, "c22");
    }

    @Test
    @DisplayName("the same command at the same time on many nodes places one call")
    void atOnce() {
        OutboundScene story = story();
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND));
        CallbackRequest request = story.wants("c23", OUTSIDE.e164());
        List<CallbackAnswer> answers = Together.all(8, () -> {
            OutboundDesk node = story.node();
            return node.callback(request);
        });
        assertThat(answers).filteredOn(CallbackAnswer.Placed.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(CallbackAnswer.Repeated.class::isInstance)
                .hasSize(7);
        Cdr cdr = story.ended(request.command());
        assertThat(story.records()).containsExactly(cdr);
        on().placed().ifPresent(placed -> assertThat(placed).isEqualTo(1));
        paid(cdr, "c23");
    }

    @Test
    @DisplayName(
            "the application is started again in mid-call: the call goes on, its record and settlement are complete")
    void restart() {
        OutboundScene story = story();
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(6)));
        CallbackRequest request = story.wants("c24", OUTSIDE.e164());
        assertThat(story.desk().callback(request)).isInstanceOf(CallbackAnswer.Placed.class);
        on().pass(seconds(4));
        story.restart();
        Cdr cdr = story.ended(request.command());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        isWhole(cdr);
        talked(cdr, seconds(6));
        paid(cdr, "c24");
    }

    @Test
    @DisplayName("the answer to a placed call is lost: it is followed up, never dialled twice, recorded and settled")
    void doubt() {
        OutboundScene story = story();
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(2)));
        Assumptions.assumeTrue(on().loseNextAnswer(), "an answer can be lost");
        CallbackRequest request = story.wants("c25", OUTSIDE.e164());
        assertThat(story.desk().callback(request)).isInstanceOf(CallbackAnswer.InDoubt.class);
        // In virtual time nothing happens meanwhile; elsewhere the call's own events may have ended the doubt already.
        OutboundEntry.State known =
                on().tolerance().isZero() ? OutboundEntry.State.IN_DOUBT : OutboundEntry.State.PLACED;
        assertThat(story.entry(request.command()).state()).isIn(OutboundEntry.State.IN_DOUBT, known);
        assertThat(story.desk().callback(request)).isInstanceOf(CallbackAnswer.Repeated.class);
        Cdr cdr = story.ended(request.command());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        isWhole(cdr);
        assertThat(story.records()).hasSize(1);
        on().placed().ifPresent(placed -> assertThat(placed).isEqualTo(1));
        paid(cdr, "c25");
    }

    @Test
    @DisplayName("three at once: the user, somebody outside and a colleague; the user leaves and it ends for all")
    void meeting() {
        OutboundScene story = story();
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(9)));
        on().phone(BOB, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        CallbackRequest request = story.wants("c26", OUTSIDE.e164()).with("0002");
        assertThat(story.desk().callback(request)).isInstanceOf(CallbackAnswer.Placed.class);
        Cdr host = story.ended(request.command());
        Cdr outside = story.ended(new CommandId("c26/1"));
        Cdr colleague = story.ended(new CommandId("c26/2"));
        then(host, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        assertThat(host.legs()).extracting(CdrLeg::destination).containsExactly(ALICE);
        then(outside, Disposition.ANSWERED, 16, ReleasedBy.SYSTEM);
        assertThat(outside.legs()).extracting(CdrLeg::destination).containsExactly(OUTSIDE.e164());
        assertThat(outside.carrier()).isEqualTo("first");
        then(colleague, Disposition.ANSWERED, 16, ReleasedBy.SYSTEM);
        assertThat(colleague.direction()).isEqualTo(Direction.ON_NET);
        assertThat(colleague.legs()).extracting(CdrLeg::destination).containsExactly(BOB);
        assertThat(story.records()).hasSize(3).allMatch(cdr -> "alice".equals(cdr.userId()));
        paid(outside, "c26/1");
        unpaid("c26");
        unpaid("c26/2");
        CommandRecords all = story.desk().records(request.command());
        assertThat(all.complete()).isTrue();
        assertThat(all.records()).containsExactly(host, outside, colleague);
        assertThat(all.cost()).isEqualTo(outside.cost());
    }

    @Test
    @DisplayName(
            "three at once, and the first carrier fails: the guest is called over the second one, at its own price")
    void meetingFailsOver() {
        if (on().lacks().contains(OutboundStage.Lack.TRUNKS)) {
            meetingTrunksAreRefused();
            return;
        }
        OutboundScene story = story();
        Route first = on().routes().get(0);
        Assumptions.assumeTrue(on().disturb(first, SimulatedPhone.fails(OUT_OF_ORDER)), "a route can be disturbed");
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(9)));
        on().phone(BOB, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        CallbackRequest request = story.wants("c28", OUTSIDE.e164()).with("0002");
        assertThat(story.desk().callback(request)).isInstanceOf(CallbackAnswer.Placed.class);
        Cdr host = story.ended(request.command());
        Cdr outside = story.ended(new CommandId("c28/1"));
        Cdr colleague = story.ended(new CommandId("c28/2"));
        then(outside, Disposition.ANSWERED, 16, ReleasedBy.SYSTEM);
        assertThat(outside.carrier()).isEqualTo("second");
        assertThat(outside.attempts()).extracting(TriedRoute::move).containsExactly(Move.NEXT, Move.STOP);
        assertThat(outside.legs()).extracting(CdrLeg::destination).containsExactly(OUTSIDE.e164());
        assertThat(host.attempts()).isEmpty();
        paid(outside, "c28/1");
        assertThat(story.desk().records(request.command()).records()).containsExactly(host, outside, colleague);
    }

    /** A provider without trunks of ours says so by name, before anything rings. */
    private void meetingTrunksAreRefused() {
        Route plain = on().routes().get(0);
        Route over = plain.over(new TrunkRef(plain.provider(), "trunk-of-ours"));
        OutboundScene story = story(settings, "10", Gate.Kind.OPEN, List.of(over));
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        CallbackRequest request = story.wants("c28", OUTSIDE.e164()).with("0002");
        assertThat(story.desk().callback(request)).isInstanceOfSatisfying(CallbackAnswer.Denied.class, denied -> {
            assertThat(denied.rules()).containsExactly("conference");
            assertThat(denied.because()).contains("trunks to call over");
        });
        on().placed().ifPresent(placed -> assertThat(placed).isZero());
        assertThat(story.desk().records(request.command()).records())
                .singleElement()
                .satisfies(cdr -> assertThat(cdr.disposition()).isEqualTo(Disposition.DENIED));
        unpaid("c28");
    }

    @Test
    @DisplayName("a user dials a number from a phone of ours: the same guards, the same money, a record")
    void direct() {
        OutboundScene story = story();
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        Assumptions.assumeTrue(on().dials(ALICE, OUTSIDE.e164(), seconds(3)), "phones can dial");
        on().until(() -> story.records().size() == 1);
        if (on().lacks().contains(OutboundStage.Lack.PHONES)) {
            nobodyIsDialled(story);
            return;
        }
        Cdr cdr = story.records().get(0);
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLER);
        assertThat(cdr.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(cdr.userId()).isEqualTo("alice");
        assertThat(cdr.to().address()).isEqualTo(OUTSIDE.e164());
        assertThat(cdr.carrier()).isEqualTo("first");
        talked(cdr, seconds(3));
        on().until(() -> story.gate().held().signum() == 0);
        paid(cdr, story.commandOf(cdr).value());
    }

    @Test
    @DisplayName("what a user dials is refused by the same guards, and recorded")
    void directDenied() {
        OutboundScene story = story(settings, "10", Gate.Kind.REFUSING);
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND));
        Assumptions.assumeTrue(on().dials(ALICE, OUTSIDE.e164(), seconds(3)), "phones can dial");
        on().until(() -> story.records().size() == 1);
        if (on().lacks().contains(OutboundStage.Lack.PHONES)) {
            nobodyIsDialled(story);
            return;
        }
        Cdr cdr = story.records().get(0);
        assertThat(cdr.disposition()).isEqualTo(Disposition.DENIED);
        assertThat(cdr.legs()).isEmpty();
        assertThat(cdr.cost().explanation()).contains(story.gate().refusing());
        assertThat(cdr.cost().amount()).extracting(Money::signum).isEqualTo(0);
        unpaid(story.commandOf(cdr).value());
    }

    @Test
    @DisplayName(
            "a callback is recorded where a notice is enough: both hear it; without such notices it goes on unrecorded")
    void recorded() {
        OutboundScene story = story().recordingIn("US-CA");
        Cdr cdr = recorded(story, "c40");
        if (story.flowsKnow(Dial.NOTICE)) {
            assertThat(cdr.recording()).isNotNull();
            assertThat(story.consents(cdr.call()))
                    .containsExactly(Answer.PENDING, Answer.PENDING, Answer.ANNOUNCED, Answer.ANNOUNCED);
        } else {
            assertThat(cdr.recording()).isNull();
            assertThat(story.consents(cdr.call())).containsExactly(Answer.NOT_ASKED, Answer.NOT_ASKED);
        }
    }

    @Test
    @DisplayName("a callback is not recorded where both would have to press a key: it goes on, and that is kept")
    void unrecorded() {
        OutboundScene story = story().recordingIn("ZZ");
        Cdr cdr = recorded(story, "c41");
        assertThat(cdr.recording()).isNull();
        assertThat(story.consents(cdr.call())).containsExactly(Answer.NOT_ASKED, Answer.NOT_ASKED);
    }

    @Test
    @DisplayName("a desk without a policy records nobody: a callback that is to be recorded is refused, nothing rings")
    void noPolicy() {
        OutboundScene story = story();
        CallbackRequest request = story.wants("c42", OUTSIDE.e164()).recording();
        assertThat(story.desk().callback(request)).isInstanceOfSatisfying(CallbackAnswer.Denied.class, denied -> {
            assertThat(denied.rules()).containsExactly("recording");
            assertThat(denied.because()).contains("RecordingPolicy");
        });
        assertThat(story.record(request.command()).disposition()).isEqualTo(Disposition.DENIED);
        unpaid("c42");
    }

    private Cdr recorded(OutboundScene story, String command) {
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().outside(OUTSIDE, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(6)));
        Cdr cdr = story.callback(story.wants(command, OUTSIDE.e164()).recording());
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        paid(cdr, command);
        return cdr;
    }

    /** Whoever cannot prove to be a user of ours calls nobody at our cost. */
    private void nobodyIsDialled(OutboundScene story) {
        Cdr cdr = story.records().get(0);
        assertThat(cdr.disposition()).isEqualTo(Disposition.FAILED);
        assertThat(cdr.direction()).isEqualTo(Direction.INBOUND);
        assertThat(cdr.userId()).isNull();
        assertThat(cdr.legs()).isEmpty();
        assertThat(story.gate().held().signum()).isZero();
    }

    /** Where nobody can be warned, asking for it is refused by name; the talk is cut all the same. */
    private void warned() {
        if (!on().lacks().contains(OutboundStage.Lack.WARNING)) {
            heard(PROMPTS.warning());
            return;
        }
        DialWarning warning = new DialWarning(seconds(5), PROMPTS.warning());
        CallFlow flow = CallFlow.start()
                .dial(Dial.to(List.of(Destination.number(OUTSIDE)), Continuation.named("any"))
                        .warning(warning));
        Optional<Integer> before = on().placed();
        CallRequest request = CallRequest.of(new CommandId("warned"), on().callerId(), Destination.parse(ALICE), flow);
        assertThatThrownBy(() -> playing().control().place(request))
                .isInstanceOfSatisfying(
                        UnsupportedFeature.class,
                        refused -> assertThat(refused.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining(Dial.WARNING);
        assertThat(on().placed()).isEqualTo(before);
    }

    private void detectionIsRefused() {
        CallRequest request = CallRequest.of(
                        new CommandId("machine"),
                        on().callerId(),
                        Destination.parse(ALICE),
                        CallFlow.start().hangUp())
                .detectingMachines();
        assertThatThrownBy(() -> playing().control().place(request))
                .isInstanceOfSatisfying(
                        UnsupportedFeature.class,
                        refused -> assertThat(refused.effect()).isEqualTo(Effect.NONE));
    }

    private void onNet(String command, String destination) {
        OutboundScene story = story(settings, "0.00", Gate.Kind.REFUSING);
        on().phone(ALICE, SimulatedPhone.answersAfter(SECOND));
        on().phone(BOB, SimulatedPhone.answersAfter(SECOND).hangingUpAfter(seconds(2)));
        Cdr cdr = story.callback(story.wants(command, destination));
        then(cdr, Disposition.ANSWERED, 16, ReleasedBy.CALLEE);
        assertThat(cdr.direction()).isEqualTo(Direction.ON_NET);
        assertThat(cdr.userId()).isEqualTo("alice");
        assertThat(cdr.legs()).extracting(CdrLeg::destination).containsExactly(ALICE, BOB);
        assertThat(cdr.cost().amount()).extracting(Money::signum).isEqualTo(0);
        unpaid(command);
    }

    private Cdr failing(SimulatedPhone ofUser, SimulatedPhone ofDestination) {
        OutboundScene story = story();
        on().phone(ALICE, ofUser);
        on().outside(OUTSIDE, ofDestination);
        Cdr cdr = story.callback(story.wants("fails", OUTSIDE.e164()));
        assertThat(cdr.times().talkMillis()).isZero();
        assertThat(cdr.cost().amount()).extracting(Money::signum).isEqualTo(0);
        unpaid("fails");
        return cdr;
    }

    private void refused(OutboundScene story, String command, String rule) {
        Cdr cdr = story.record(new CommandId(command));
        assertThat(cdr.disposition()).isEqualTo(Disposition.DENIED);
        assertThat(cdr.userId()).isEqualTo("alice");
        assertThat(cdr.legs()).isEmpty();
        assertThat(cdr.cost().amount()).extracting(Money::signum).isEqualTo(0);
        assertThat(cdr.cost().explanation()).contains(rule);
        assertThat(story.entry(new CommandId(command)).state()).isEqualTo(OutboundEntry.State.DENIED);
        on().placed().ifPresent(placed -> assertThat(placed).isZero());
        unpaid(command);
    }

    private void isWhole(Cdr cdr) {
        assertThat(cdr.userId()).isEqualTo("alice");
        assertThat(cdr.tenant()).isEqualTo(OutboundScene.TENANT);
        assertThat(cdr.to().address()).isEqualTo(OUTSIDE.e164());
        assertThat(cdr.from().number()).contains(on().callerId());
        assertThat(cdr.legs()).extracting(CdrLeg::destination).containsExactly(ALICE, OUTSIDE.e164());
        assertThat(cdr.legs().get(0).answered()).isNotNull();
    }

    private static void onlyTheUser(Cdr cdr) {
        assertThat(cdr.legs()).extracting(CdrLeg::destination).containsExactly(ALICE);
        assertThat(cdr.legs().get(0).answered()).isNull();
        assertThat(cdr.to().address()).isEqualTo(OUTSIDE.e164());
        assertThat(cdr.userId()).isEqualTo("alice");
    }

    private void paid(Cdr cdr, String command) {
        Money cost = Objects.requireNonNull(cdr.cost().amount(), "cost");
        assertThat(cost.signum()).isEqualTo(1);
        assertThat(playing().gate().taken(new CommandId(command)))
                .get()
                .satisfies(taken -> assertThat(taken).isLessThanOrEqualTo(cost));
        if (on().tolerance().isZero()) {
            assertThat(playing().gate().taken(new CommandId(command))).contains(cost);
        }
        assertThat(playing().gate().held().signum()).isZero();
        assertThat(playing().gate().miscounted()).isEmpty();
    }

    private void unpaid(String command) {
        assertThat(playing().gate().taken(new CommandId(command))).isEmpty();
        assertThat(playing().gate().held().signum()).isZero();
        assertThat(playing().gate().miscounted()).isEmpty();
    }

    private OutboundScene story() {
        return story(settings, "10", Gate.Kind.OPEN);
    }

    private OutboundScene story(OutboundSettings with, String credit, Gate.Kind guard) {
        return story(with, credit, guard, on().routes());
    }

    private OutboundScene story(OutboundSettings with, String credit, Gate.Kind guard, List<Route> routes) {
        Money paid = Money.of(credit, "USD");
        OneStep stores = oneStep(on().clock()).orElse(null);
        Gate gate = stores == null ? new ApartGate(guard, paid) : new OneStepGate(stores, guard, paid, on().clock());
        OutboundScene begun = new OutboundScene(on(), with, gate, routes, books());
        scene = begun;
        return begun;
    }

    private OutboundScene playing() {
        return Objects.requireNonNull(scene, "scene");
    }

    private OutboundStage on() {
        return Objects.requireNonNull(stage, "stage");
    }

    private void heard(Prompt prompt) {
        on().heard().ifPresent(heard -> assertThat(heard).contains(prompt));
    }

    /** As long as the phone outside says, which a busy machine may make longer or shorter than the story, but not something else. */
    private void talked(Cdr cdr, Duration story) {
        Duration expected = on().measuredOutside().map(PhoneTimes::talk).orElse(story);
        assertThat(expected).as("of the story").isCloseTo(story, SECOND);
        long millis = cdr.times().talkMillis();
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

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
