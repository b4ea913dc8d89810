package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.consent.ConsentAction;
import io.careflow.pstn.consent.ConsentChange;
import io.careflow.pstn.consent.ConsentDecision;
import io.careflow.pstn.consent.ConsentDesk;
import io.careflow.pstn.consent.ConsentLog;
import io.careflow.pstn.consent.ConsentParty;
import io.careflow.pstn.consent.ConsentRecord;
import io.careflow.pstn.consent.ConsentRecord.Answer;
import io.careflow.pstn.consent.ConsentRules;
import io.careflow.pstn.consent.ConsentWording;
import io.careflow.pstn.consent.Jurisdiction;
import io.careflow.pstn.consent.Places;
import io.careflow.pstn.consent.RecordingPolicy;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.event.NoticePlayed;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Notice;
import io.careflow.pstn.flow.Say;
import io.careflow.pstn.recording.Recordings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Asking for consent, on the in-memory provider")
class ConsentCallsTest {
    private static final ConsentWording WORDING =
            new ConsentWording("en-1", say("This call is recorded."), say("Press 1 if we may record."));
    private static final List<String> CALLER = List.of("caller");
    private static final CallFlow REST =
            CallFlow.start().dial(Dial.to(List.of(Destination.sip("1001")), Continuation.named("over")));
    private static final Duration PROMPT = Duration.ofSeconds(2);

    private final InMemoryConsentLog log = new InMemoryConsentLog();
    private final RecordingPolicy policy =
            new RecordingPolicy(ConsentRules.standard().loweredToTheFloor("this test"), Places.fromNumbers());
    private final ConsentDesk desk = new ConsentDesk(log, WORDING, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private ConsentDecision decision = decide("US-CA");
    private boolean joining;
    private final InMemoryProvider pbx = InMemoryProvider.answeredBy(this::next)
            .promptsLast(PROMPT)
            .telling(event -> {
                if (event instanceof NoticePlayed played) {
                    desk.noticePlayed(played);
                }
            })
            .start();
    private final Recordings recordings = pbx.require(Recordings.class);

    @Test
    @DisplayName("a notice is played inside the recording, at the offset that is kept")
    void announced() {
        SimulatedCall call = callFor("");
        pbx.time().runUntilIdle();
        assertThat(log.of(call.ref()))
                .extracting(ConsentRecord::answer)
                .containsExactly(Answer.PENDING, Answer.ANNOUNCED);
        ConsentRecord kept = log.of(call.ref()).get(1);
        assertThat(kept.noticeAt()).isEqualTo(Duration.ZERO);
        assertThat(kept.wording()).isEqualTo("en-1");
        assertThat(kept.rule()).contains("US-CA", "Cal. Penal Code 632");
        RecordingReady ready = recording(call);
        assertThat(ready.length()).isGreaterThan(PROMPT.plusSeconds(9));
        assertThat(call.cdr().orElseThrow().recording()).isEqualTo(ready.location());
        assertThat(desk.mayRecord(decision, List.of(call.ref()))).isTrue();
    }

    @Test
    @DisplayName("nothing is said where nothing must be, and that is kept too")
    void notNeeded() {
        decision = decide("US-NY");
        SimulatedCall call = callFor("");
        pbx.time().runUntilIdle();
        assertThat(log.of(call.ref())).extracting(ConsentRecord::answer).containsExactly(Answer.NOT_NEEDED);
        assertThat(call.heard()).isEmpty();
        assertThat(recording(call).length()).isPositive();
    }

    @Test
    @DisplayName("the key gives consent: the recording begins then, with the notice inside")
    void given() {
        decision = decide("ZZ");
        SimulatedCall call = callFor("1");
        pbx.time().runUntilIdle();
        assertThat(log.of(call.ref()))
                .extracting(ConsentRecord::answer)
                .containsExactly(Answer.PENDING, Answer.GIVEN, Answer.GIVEN);
        assertThat(log.of(call.ref()).get(2).noticeAt()).isEqualTo(Duration.ZERO);
        assertThat(recording(call).length()).isPositive();
        assertThat(desk.mayRecord(decision, List.of(call.ref()))).isTrue();
    }

    @Test
    @DisplayName("another key, or none, is a refusal: the call goes on and is not recorded")
    void refused() {
        decision = decide("ZZ");
        for (String keys : List.of("2", "0", "")) {
            SimulatedCall call = callFor(keys);
            pbx.time().runUntilIdle();
            assertThat(call.cdr().orElseThrow().disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(call.cdr().orElseThrow().recording()).isNull();
            assertThat(recordings.list(call.ref())).isEmpty();
            assertThat(log.of(call.ref()))
                    .extracting(ConsentRecord::answer)
                    .containsExactly(Answer.PENDING, Answer.REFUSED);
            assertThat(desk.mayRecord(decision, List.of(call.ref()))).isFalse();
        }
    }

    @Test
    @DisplayName(
            "both sides of a dialled conversation are told at once, inside the recording, which ends with the dial")
    void toldTogether() {
        joining = true;
        SimulatedCall call = callFor("");
        pbx.time().runUntilIdle();
        assertThat(call.heard()).extracting(Heard::step).contains(say("This call is recorded."));
        assertThat(log.of(call.ref()))
                .extracting(ConsentRecord::answer)
                .containsExactly(Answer.PENDING, Answer.ANNOUNCED);
        assertThat(recording(call).length()).isPositive();
        assertThat(desk.mayRecord(decision, List.of(call.ref()))).isTrue();
    }

    @Test
    @DisplayName("a key cannot be asked of both: the talk goes on unrecorded, and that is kept")
    void notAsked() {
        joining = true;
        decision = decide("ZZ");
        SimulatedCall call = callFor("");
        pbx.time().runUntilIdle();
        assertThat(call.cdr().orElseThrow().recording()).isNull();
        assertThat(log.of(call.ref())).extracting(ConsentRecord::answer).containsExactly(Answer.NOT_ASKED);
        assertThat(desk.mayRecord(decision, List.of(call.ref()))).isFalse();
    }

    @Test
    @DisplayName("a flow that joins nobody cannot tell both")
    void joinsNobody() {
        assertThatThrownBy(() -> desk.joining(
                        new CallRef(pbx.id(), "x"),
                        decision,
                        CallFlow.start().hangUp(),
                        pbx.require(CallControl.class).flows()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed is a dial");
    }

    @Test
    @DisplayName("who hangs up during the notice was not told: it stays pending")
    void hungUp() {
        pbx.phone("1001", SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
        SimulatedCall call = pbx.call(SimulatedCaller.from("+12125550100")
                .dialling("+14165550100")
                .waits(Duration.ofSeconds(1))
                .hangsUp());
        pbx.time().runUntilIdle();
        assertThat(log.of(call.ref())).extracting(ConsentRecord::answer).containsExactly(Answer.PENDING);
        assertThat(desk.mayRecord(decision, List.of(call.ref()))).isFalse();
    }

    @Test
    @DisplayName("what is not kept is not recorded: the flow fails before anything begins")
    void logIsAway() {
        ConsentLog away = new ConsentLog() {
            @Override
            public void keep(ConsentRecord consent) {
                throw new IllegalStateException("away");
            }

            @Override
            public List<ConsentRecord> of(CallRef call) {
                return List.of();
            }
        };
        ConsentDesk closed = new ConsentDesk(away, WORDING, Clock.systemUTC());
        assertThatThrownBy(() ->
                        closed.begin(new CallRef(pbx.id(), "c"), decision, CALLER, REST, Continuation.named("asked")))
                .hasMessage("away");
        assertThatThrownBy(() -> desk.begin(
                        new CallRef(pbx.id(), "c"), decision, List.of("callee"), REST, Continuation.named("asked")))
                .hasMessageContaining("not all in the decision");
    }

    @Test
    @DisplayName("a second notice ends a pause of the recording, and stands where it is by then, pauses left out")
    void later() {
        SimulatedCall call = callFor("");
        pbx.time().run(Duration.ofSeconds(5));
        recordings.pause(call.ref());
        pbx.time().run(Duration.ofSeconds(30));
        ConsentChange change = policy.transferred(decision, "caller", party("US-FL", "second"));
        assertThat(change.now()).isEqualTo(ConsentChange.Now.ANNOUNCE_AGAIN);
        CallFlow again =
                desk.begin(call.ref(), change.decision(), List.of("second"), REST, Continuation.named("asked"));
        pbx.require(CallControl.class).redirect(call.ref(), again);
        pbx.time().runUntilIdle();
        assertThat(log.of(call.ref())).last().satisfies(kept -> {
            assertThat(kept.party()).isEqualTo("second");
            assertThat(kept.answer()).isEqualTo(Answer.ANNOUNCED);
            assertThat(kept.noticeAt()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(recordings.list(call.ref())).hasSize(1);
        assertThat(recording(call).length()).isGreaterThan(Duration.ofSeconds(6));
    }

    @Test
    @DisplayName("a newcomer who refuses stops the recording that runs, and the call goes on")
    void newcomerRefuses() {
        SimulatedCall call = callFor("");
        pbx.time().run(Duration.ofSeconds(5));
        ConsentChange change = policy.joined(decision, party("ZZ", "third"));
        assertThat(change.now()).isEqualTo(ConsentChange.Now.PAUSE_UNTIL_CONSENT);
        recordings.pause(call.ref());
        CallFlow refused = desk.answered(
                call.ref(),
                change.decision(),
                List.of("third"),
                io.careflow.pstn.flow.GatheredInput.digits("", io.careflow.pstn.flow.GatheredInput.End.TIMEOUT),
                REST);
        pbx.require(CallControl.class).redirect(call.ref(), refused);
        pbx.time().run(Duration.ofSeconds(5));
        assertThat(call.isOver()).isFalse();
        assertThat(recording(call).length()).isEqualTo(Duration.ofSeconds(5));
        pbx.time().runUntilIdle();
        assertThat(recordings.list(call.ref())).hasSize(1);
        assertThat(desk.mayRecord(change.decision(), List.of(call.ref()))).isFalse();
    }

    @Test
    @DisplayName("a repeated event changes nothing, nor does one of other words")
    void repeats() {
        SimulatedCall call = callFor("");
        pbx.time().runUntilIdle();
        List<ConsentRecord> before = log.of(call.ref());
        NoticePlayed played = call.events().stream()
                .filter(NoticePlayed.class::isInstance)
                .map(NoticePlayed.class::cast)
                .findFirst()
                .orElseThrow();
        desk.noticePlayed(played);
        desk.noticePlayed(new NoticePlayed("x", played.occurredAt(), call.ref(), "other", Duration.ZERO));
        assertThat(log.of(call.ref())).isEqualTo(before);
    }

    @Test
    @DisplayName("legs that are joined are recorded once everybody has agreed on theirs")
    void legs() {
        CallRef one = new CallRef(pbx.id(), "one");
        CallRef other = new CallRef(pbx.id(), "other");
        ConsentDecision both = policy.decide(List.of(party("ZZ", "caller"), party("US-NY", "callee")));
        assertThat(both.action()).isEqualTo(ConsentAction.EXPLICIT);
        answer(one, both, "caller", "1");
        assertThat(desk.mayRecord(both, List.of(one, other))).isFalse();
        answer(other, both, "callee", "1");
        assertThat(desk.mayRecord(both, List.of(one, other))).isTrue();
        answer(other, both, "callee", "2");
        assertThat(desk.mayRecord(both, List.of(one, other))).isFalse();
    }

    @Test
    @DisplayName("a notice without a name, or without words, is refused")
    void notices() {
        assertThatThrownBy(() -> new Notice("two words", WORDING.notice())).hasMessageContaining("is not usable");
        assertThatThrownBy(() -> new Notice("x", new io.careflow.pstn.flow.Pause(PROMPT)))
                .hasMessageContaining("a pause is not");
        assertThatThrownBy(() -> new ConsentWording("", WORDING.notice(), WORDING.question()))
                .hasMessageContaining("wording id");
    }

    private void answer(CallRef leg, ConsentDecision both, String who, String keys) {
        CallFlow unused = desk.answered(
                leg,
                both,
                List.of(who),
                io.careflow.pstn.flow.GatheredInput.digits(keys, io.careflow.pstn.flow.GatheredInput.End.COMPLETE),
                REST);
    }

    private CallFlow next(FlowEvent event) {
        if (event instanceof InboundCall && joining) {
            return desk.joining(
                    event.call(), decision, REST, pbx.require(CallControl.class).flows());
        } else if (event instanceof InboundCall) {
            return desk.begin(event.call(), decision, CALLER, REST, Continuation.named("asked"));
        } else if (event instanceof InputGathered asked) {
            return desk.answered(event.call(), decision, CALLER, asked.input(), REST);
        }
        return CallFlow.start().hangUp();
    }

    private SimulatedCall callFor(String keys) {
        pbx.phone("1001", SimulatedPhone.answersAfter(Duration.ofSeconds(1)).hangingUpAfter(Duration.ofSeconds(60)));
        SimulatedCaller caller =
                SimulatedCaller.from("+12125550100").dialling("+14165550100").waits(PROMPT);
        return pbx.call(keys.isEmpty() ? caller : caller.types(keys));
    }

    private RecordingReady recording(SimulatedCall call) {
        return call.events().stream()
                .filter(RecordingReady.class::isInstance)
                .map(RecordingReady.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private ConsentDecision decide(String place) {
        return policy.decide(List.of(party(place, "caller")));
    }

    private static ConsentParty party(String place, String name) {
        return ConsentParty.in(new Jurisdiction(place), name, Party.of("+12125550100"));
    }

    private static Say say(String text) {
        return new Say(text, Locale.ENGLISH);
    }
}
