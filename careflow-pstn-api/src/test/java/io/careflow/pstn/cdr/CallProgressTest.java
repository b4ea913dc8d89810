package io.careflow.pstn.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.routing.FailoverDecision.Move;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallProgressTest {
    static Stream<Story> stories() {
        return Story.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    @DisplayName("a story gives the record that is expected of it")
    void expected(Story story) {
        Cdr cdr = record(story.events());
        assertThat(cdr.disposition()).isEqualTo(story.disposition());
        assertThat(cdr.cause().q850()).isEqualTo(story.q850());
        assertThat(cdr.releasedBy()).isEqualTo(story.releasedBy());
        assertThat(cdr.times().talkMillis()).isEqualTo(story.talkMillis());
        assertThat(cdr.legs()).hasSize(story.legs());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    @DisplayName("the order in which events arrive, and repeats, make no difference")
    void anyOrder(Story story) {
        Cdr expected = record(story.events());
        Random random = new Random(20261122);
        if (story.events().size() <= 7) {
            permutations(new ArrayList<>(story.events()), 0, expected);
        }
        for (int round = 0; round < 3000; round++) {
            List<CallEvent> shuffled = new ArrayList<>(story.events());
            for (int repeats = random.nextInt(4); repeats > 0; repeats--) {
                shuffled.add(story.events().get(random.nextInt(story.events().size())));
            }
            Collections.shuffle(shuffled, random);
            assertThat(record(shuffled)).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName(
            "attempts stand in the record in the order in which they were sent, each once, whatever the order of events")
    void attempts() {
        List<CallEvent> events = new ArrayList<>(Story.all().get(0).events());
        RouteTried first = Story.tried(9, 1, "east", Move.NEXT);
        RouteTried second = Story.tried(10, 2, "west", Move.STOP);
        events.addAll(List.of(second, first, first));
        Collections.reverse(events);

        Cdr cdr = record(events);

        assertThat(cdr.attempts()).containsExactly(first.tried(), second.tried());
        assertThat(record(Story.all().get(0).events()).attempts()).isEmpty();
        assertThat(cdr.costing(CdrCost.UNRATED)).isEqualTo(cdr);
    }

    @Test
    @DisplayName("there is no record before both beginning and end are known")
    void incomplete() {
        Story story = Story.all().get(0);
        CallProgress progress = new CallProgress(Story.CALL);
        assertThatThrownBy(progress::toCdr).isInstanceOf(IllegalStateException.class);
        List<CallEvent> events = story.events();
        progress.accept(events.get(events.size() - 1));
        assertThat(progress.isOver()).isTrue();
        assertThat(progress.hasBegun()).isFalse();
        assertThat(progress.isComplete()).isFalse();
        assertThatThrownBy(progress::toCdr).isInstanceOf(IllegalStateException.class);
        progress.accept(events.get(0));
        assertThat(progress.isComplete()).isTrue();
    }

    @Test
    @DisplayName("an exact end stands against an inexact one, whichever comes first")
    void exactEnd() {
        List<CallEvent> events = List.of(
                Story.arrived(0),
                Story.ended(9, HangupCause.UNKNOWN, ReleasedBy.UNKNOWN, false),
                Story.ended(12, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER, true));
        permutations(new ArrayList<>(events), 0, record(events));
        assertThat(record(events).times().endExact()).isTrue();
        assertThat(record(events).times().ended()).isEqualTo(Story.at(12));
    }

    @Test
    @DisplayName("times that contradict each other are clamped, never negative")
    void clamped() {
        Cdr endBeforeStart =
                record(List.of(Story.arrived(10), Story.ended(5, HangupCause.UNKNOWN, ReleasedBy.UNKNOWN, true)));
        assertThat(endBeforeStart.times().started()).isEqualTo(Story.at(5));
        assertThat(endBeforeStart.times().ended()).isEqualTo(Story.at(5));
        Cdr late = record(List.of(
                Story.arrived(0),
                Story.dialled(1, "a"),
                Story.ringing(2, "a"),
                Story.answered(3, "a"),
                Story.legEnded(50, "a", HangupCause.NORMAL_CLEARING),
                Story.ended(20, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER, true)));
        assertThat(late.times().talkMillis()).isEqualTo(17_000);
        Cdr never = record(List.of(
                Story.arrived(0),
                Story.answered(30, "a"),
                Story.legEnded(10, "a", HangupCause.NORMAL_CLEARING),
                Story.ended(20, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER, true)));
        assertThat(never.times().talkMillis()).isZero();
        assertThat(never.times().ringMillis()).isZero();
    }

    @Test
    @DisplayName("ringing that nobody answered lasts until the last phone that rang stopped, not until the call ended")
    void ringingEnds() {
        CallEvent rang = Story.ringing(2, "a");
        CallEvent end = Story.ended(40, HangupCause.NORMAL_CLEARING, ReleasedBy.SYSTEM, true);
        Cdr announced = record(List.of(
                Story.arrived(0),
                rang,
                Story.ringing(3, "b"),
                Story.legEnded(20, "a", HangupCause.CALL_REJECTED),
                Story.legEnded(32, "b", HangupCause.NO_ANSWER),
                Story.legEnded(35, "silent", HangupCause.SUBSCRIBER_ABSENT),
                end));
        assertThat(announced.times().ringMillis()).isEqualTo(30_000);
        assertThat(announced.times().ringEnded()).isEqualTo(Story.at(32));
        Cdr unseen = record(List.of(Story.arrived(0), rang, end));
        assertThat(unseen.times().ringMillis()).isEqualTo(38_000);
        Cdr late = record(List.of(Story.arrived(0), rang, Story.legEnded(50, "a", HangupCause.NO_ANSWER), end));
        assertThat(late.times().ringMillis()).isEqualTo(38_000);
        Cdr backwards = record(List.of(Story.arrived(0), rang, Story.legEnded(1, "a", HangupCause.NO_ANSWER), end));
        assertThat(backwards.times().ringMillis()).isZero();
    }

    @Test
    @DisplayName("two reports of a leg's end at one instant give the same cause in either order")
    void tiedLegEnds() {
        CallEvent busy = Story.legEnded(9, "a", HangupCause.USER_BUSY);
        CallEvent failed = Story.legEnded(9, "a", HangupCause.TEMPORARY_FAILURE);
        CallEvent end = Story.ended(10, HangupCause.NORMAL_CLEARING, ReleasedBy.SYSTEM, true);
        assertThat(record(List.of(Story.arrived(0), busy, failed, end)))
                .isEqualTo(record(List.of(Story.arrived(0), failed, busy, end)));
    }

    @Test
    @DisplayName("an abandoned call is never called answered")
    void abandoned() {
        Cdr cdr =
                record(List.of(Story.arrived(0), Story.ended(3, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER, true)));
        assertThat(cdr.disposition()).isEqualTo(Disposition.ABANDONED);
        assertThat(cdr.destination()).isEmpty();
        assertThat(cdr.times().billableMillis()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, 0, 30, 300})
    @DisplayName("a beginning by a clock that differs lengthens neither talk nor what is billed")
    void skew(int ahead) {
        Cdr cdr = record(List.of(
                Story.arrived(100 + ahead),
                Story.dialled(100 + ahead, "a"),
                Story.ringing(101, "a"),
                Story.pickedUp(103),
                Story.answered(103, "a"),
                Story.ended(113, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLEE, true)));
        assertThat(cdr.times().billableMillis()).isEqualTo(10_000);
        assertThat(cdr.times().talkMillis()).isEqualTo(10_000);
        assertThat(cdr.times().ringMillis()).isEqualTo(2_000);
        assertThat(cdr.times().started()).isEqualTo(Story.at(Math.min(100 + ahead, 101)));
        assertThat(cdr.times().ended()).isEqualTo(Story.at(113));
        Cdr refused = record(
                List.of(Story.arrived(100 + ahead), Story.ended(102, HangupCause.USER_BUSY, ReleasedBy.CALLEE, true)));
        assertThat(refused.times().ended()).isEqualTo(Story.at(102));
    }

    @Test
    @DisplayName("two events under one id at one instant give the same record in either order, and both count")
    void sameId() {
        CallEvent end = Story.ended(10, HangupCause.NORMAL_CLEARING, ReleasedBy.SYSTEM, true);
        List<CallEvent> notes = List.of(
                Story.arrived(0),
                Story.noted(1, 0, CallNote.NONE.withUser("u1")),
                Story.noted(1, 0, CallNote.NONE.withUser("u2")),
                Story.noted(1, 0, CallNote.NONE.withTyped("0001")),
                end);
        permutations(new ArrayList<>(notes), 0, record(notes));
        assertThat(record(notes).typed()).isEqualTo("0001");
        assertThat(record(notes).userId()).isNotNull();
        List<CallEvent> dials = List.of(
                Story.arrived(0),
                Story.dialEnded(1, Disposition.BUSY, HangupCause.USER_BUSY),
                Story.dialEnded(1, Disposition.NO_ANSWER, HangupCause.NO_ANSWER),
                end);
        permutations(new ArrayList<>(dials), 0, record(dials));
        List<CallEvent> ends =
                List.of(Story.arrived(0), end, Story.ended(10, HangupCause.USER_BUSY, ReleasedBy.CALLEE, true));
        permutations(new ArrayList<>(ends), 0, record(ends));
    }

    @Test
    @DisplayName("an id that a successor uses again for another kind of event changes nothing")
    void sameIdOfAnotherKind() {
        List<CallEvent> events = List.of(
                Story.arrived(0),
                new CallNoted("c1:0", Story.at(1), Story.CALL, CallNote.NONE.withUser("u1")),
                new CallAnswered("c1:0", Story.at(1), Story.CALL),
                new LegDialled("c1:0", Story.at(1), Story.CALL, "a", "sip:a"),
                Story.message(5),
                Story.ended(10, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER, true));
        Cdr expected = record(events);
        permutations(new ArrayList<>(events), 0, expected);
        assertThat(expected.userId()).isEqualTo("u1");
        assertThat(expected.times().billableMillis()).isEqualTo(9_000);
        assertThat(expected.legs()).hasSize(1);
    }

    private static Cdr record(List<CallEvent> events) {
        CallProgress progress = new CallProgress(Story.CALL);
        events.forEach(progress::accept);
        return progress.toCdr();
    }

    private static void permutations(List<CallEvent> events, int from, Cdr expected) {
        if (from == events.size()) {
            assertThat(record(events)).isEqualTo(expected);
            return;
        }
        for (int i = from; i < events.size(); i++) {
            Collections.swap(events, from, i);
            permutations(events, from + 1, expected);
            Collections.swap(events, from, i);
        }
    }

    @Test
    @DisplayName(
            "what a user of ours dials goes out; it stays on our net if only users of ours were rung; others come in")
    void dialledByAUser() {
        assertThat(direction(true, "+14165550100")).isEqualTo(Direction.OUTBOUND);
        assertThat(direction(true, "sip:1002")).isEqualTo(Direction.ON_NET);
        assertThat(direction(true, "sip:1002", "+14165550100")).isEqualTo(Direction.OUTBOUND);
        assertThat(direction(true, "sip:bob@elsewhere.example")).isEqualTo(Direction.OUTBOUND);
        assertThat(direction(true)).isEqualTo(Direction.OUTBOUND);
        assertThat(direction(false, "sip:1002")).isEqualTo(Direction.INBOUND);
    }

    private static Direction direction(boolean ours, String... rung) {
        CallRef call = new CallRef(new ProviderId("memory"), "c-1");
        Instant at = Instant.parse("2026-03-01T08:00:00Z");
        List<CallEvent> events = new ArrayList<>();
        CallOrigin origin = ours ? CallOrigin.of(SipAddress.parse("1001")) : CallOrigin.UNKNOWN;
        events.add(new InboundCall("e-0", at, call, Party.of("1001"), Party.of("1002"), origin));
        for (String to : rung) {
            events.add(new LegDialled("e-" + events.size(), at, call, "leg-" + to, to));
        }
        events.add(new CallEnded("e-9", at, call, HangupCause.NORMAL_CLEARING, ReleasedBy.CALLER, true));
        CallProgress progress = new CallProgress(call);
        events.forEach(progress::accept);
        return progress.toCdr().direction();
    }
}
