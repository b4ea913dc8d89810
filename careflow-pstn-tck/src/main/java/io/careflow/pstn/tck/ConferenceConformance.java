package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.call.control.Conferences.Participant;
import io.careflow.pstn.cdr.CallProgress;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowEvent;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Conferences as stories: people come into a room, are muted, leave it, and the room closes when its host leaves, in whatever way. Every
 * way of running them, in memory or with real phones, extends this class. For providers that have {@link Conferences} and
 * {@link Conference#HOST}.
 */
public abstract class ConferenceConformance {
    private static final String ROOM = "Case \u00a712, \"urgent\"";
    private static final String ALICE = "sip:1001";
    private static final String BOB = "sip:1002";
    private static final PhoneNumber OUTSIDE = new PhoneNumber("+14165550142");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final SimulatedPhone STAYS = SimulatedPhone.answersAfter(SECOND);
    private static final SimulatedPhone LEAVES = STAYS.hangingUpAfter(Duration.ofSeconds(6));
    private static final Continuation LEFT = Continuation.named("left").with("from", "the room");
    private static final Conference GUEST = new Conference(ROOM, LEFT);

    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private @Nullable OutboundStage stage;
    private @Nullable PstnProvider provider;

    /** For subclasses. */
    protected ConferenceConformance() {}

    /** A fresh stage for one story. */
    protected abstract OutboundStage stage();

    @BeforeEach
    void arrange() {
        OutboundStage mine = stage();
        stage = mine;
        events.clear();
        Pstn pstn = mine.start(ConferenceConformance::decide, events::add);
        provider = pstn.provider(mine.routes().get(0).provider());
    }

    @AfterEach
    void leave() {
        on().close();
    }

    @Test
    @DisplayName("a user and a number meet; one is muted and heard again, one is removed, and the room ends for all")
    void meeting() {
        answering(STAYS, STAYS);
        CallRef alice = invite("m1", Destination.sip(ALICE), GUEST);
        CallRef outside = invite("m2", Destination.number(OUTSIDE), GUEST);
        CallRef bob = invite("m3", Destination.sip(BOB), GUEST);
        present(alice, outside, bob);
        rooms().mute(ROOM, outside, true);
        assertThat(rooms().participants(ROOM))
                .filteredOn(Participant::muted)
                .extracting(Participant::call)
                .containsExactly(outside);
        rooms().mute(ROOM, outside, false);
        assertThat(rooms().participants(ROOM)).noneMatch(Participant::muted);
        rooms().remove(ROOM, bob);
        hungUpByUs(bob);
        present(alice, outside);
        rooms().end(ROOM);
        hungUpByUs(alice);
        hungUpByUs(outside);
        assertThat(rooms().participants(ROOM)).isEmpty();
        assertThat(sentOn()).isEmpty();
        rooms().end(ROOM);
        rooms().remove(ROOM, alice);
    }

    @Test
    @DisplayName("the host hangs up: the room closes, and everybody else goes on at their own continuation")
    void hostHangsUp() {
        answering(LEAVES, STAYS);
        CallRef bob = invite("h1", Destination.sip(BOB), GUEST);
        CallRef outside = invite("h2", Destination.number(OUTSIDE), GUEST);
        present(bob, outside);
        CallRef host = invite("h3", Destination.sip(ALICE), GUEST.asHost());
        present(bob, outside, host);
        closedFor(bob, outside);
        Cdr cdr = ended(host);
        assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.CALLEE);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
    }

    @Test
    @DisplayName("the host is removed: the room closes as well")
    void hostIsRemoved() {
        answering(STAYS, STAYS);
        CallRef host = invite("k1", Destination.sip(ALICE), GUEST.asHost());
        CallRef bob = invite("k2", Destination.sip(BOB), GUEST);
        present(host, bob);
        rooms().remove(ROOM, host);
        closedFor(bob);
        hungUpByUs(host);
    }

    @Test
    @DisplayName("the host is sent on: the room closes as well, and the host's call goes on")
    void hostIsSentOn() {
        answering(STAYS, STAYS);
        CallRef host = invite("s1", Destination.sip(ALICE), GUEST.asHost());
        CallRef bob = invite("s2", Destination.sip(BOB), GUEST);
        present(host, bob);
        calls().redirect(host, CallFlow.start().pause(SECOND).end(new Conference("elsewhere", LEFT)));
        closedFor(bob);
        on().until(() -> rooms().participants("elsewhere").size() == 1);
        rooms().end("elsewhere");
        hungUpByUs(host);
    }

    @Test
    @DisplayName("a guest hangs up: the room goes on")
    void guestHangsUp() {
        answering(STAYS, LEAVES);
        CallRef host = invite("g1", Destination.sip(ALICE), GUEST.asHost());
        CallRef outside = invite("g2", Destination.number(OUTSIDE), GUEST);
        present(host, outside);
        CallRef bob = invite("g3", Destination.sip(BOB), GUEST);
        present(host, outside, bob);
        assertThat(ended(bob).releasedBy()).isEqualTo(ReleasedBy.CALLEE);
        present(host, outside);
        assertThat(sentOn()).isEmpty();
        rooms().remove(ROOM, outside);
        hungUpByUs(outside);
        present(host);
        rooms().end(ROOM);
        hungUpByUs(host);
    }

    @Test
    @DisplayName("a room that closed with its host opens again, and goes on without one")
    void opensAgain() {
        answering(STAYS, STAYS);
        CallRef host = invite("o1", Destination.sip(ALICE), GUEST.asHost());
        present(host);
        rooms().remove(ROOM, host);
        hungUpByUs(host);
        CallRef bob = invite("o2", Destination.sip(BOB), GUEST);
        CallRef outside = invite("o3", Destination.number(OUTSIDE), GUEST);
        present(bob, outside);
        rooms().remove(ROOM, outside);
        hungUpByUs(outside);
        present(bob);
        assertThat(sentOn()).isEmpty();
        rooms().end(ROOM);
        hungUpByUs(bob);
    }

    @Test
    @DisplayName("the application is started again: the room still closes when its host leaves")
    void restarted() {
        answering(STAYS, STAYS);
        CallRef host = invite("r1", Destination.sip(ALICE), GUEST.asHost());
        CallRef bob = invite("r2", Destination.sip(BOB), GUEST);
        present(host, bob);
        on().restart(ConferenceConformance::decide, events::add);
        on().until(() -> isSeated(host, bob));
        rooms().remove(ROOM, host);
        closedFor(bob);
        hungUpByUs(host);
    }

    @Test
    @DisplayName(
            "the first trunk fails: the guest is called over the second one, and the record tells of both; refused where there are no trunks")
    void overTrunks() {
        if (on().lacks().contains(OutboundStage.Lack.TRUNKS)) {
            refusesTrunks("t1");
            return;
        }
        disturb(on().routes().get(0));
        on().outside(OUTSIDE, STAYS);
        CallRef guest = over("t1", trunks());
        present(guest);
        rooms().remove(ROOM, guest);
        hungUpByUs(guest);
        Cdr cdr = ended(guest);
        assertThat(cdr.attempts()).extracting(TriedRoute::line).containsExactlyElementsOf(trunks());
        assertThat(cdr.attempts()).extracting(TriedRoute::move).containsExactly(Move.NEXT, Move.STOP);
        assertThat(cdr.attempts()).extracting(tried -> tried.attempt().number()).containsExactly(1, 2);
        assertThat(cdr.attempts()).allMatch(tried -> tried.called().equals(OUTSIDE.e164()));
        assertThat(cdr.attempts()).extracting(tried -> tried.answered() != null).containsExactly(false, true);
        assertThat(cdr.legs()).singleElement().satisfies(leg -> {
            assertThat(leg.destination()).isEqualTo(OUTSIDE.e164());
            assertThat(leg.answered()).isNotNull();
        });
    }

    @Test
    @DisplayName("no trunk carries the call to the guest: each was tried once")
    void noTrunk() {
        if (on().lacks().contains(OutboundStage.Lack.TRUNKS)) {
            refusesTrunks("t2");
            return;
        }
        on().routes().forEach(this::disturb);
        on().outside(OUTSIDE, STAYS);
        Cdr cdr = ended(over("t2", trunks()));
        assertThat(cdr.disposition()).isEqualTo(Disposition.FAILED);
        assertThat(cdr.cause().q850()).isEqualTo(38);
        assertThat(cdr.attempts()).extracting(TriedRoute::line).containsExactlyElementsOf(trunks());
        assertThat(cdr.attempts()).extracting(TriedRoute::move).containsExactly(Move.NEXT, Move.EXHAUSTED);
        assertThat(rooms().participants(ROOM)).isEmpty();
    }

    @Test
    @DisplayName("the guest is busy: no second trunk is tried")
    void busyIsFinal() {
        if (on().lacks().contains(OutboundStage.Lack.TRUNKS)) {
            refusesTrunks("t3");
            return;
        }
        on().outside(OUTSIDE, SimulatedPhone.busy());
        Cdr cdr = ended(over("t3", trunks()));
        assertThat(cdr.disposition()).isEqualTo(Disposition.BUSY);
        assertThat(cdr.attempts()).singleElement().satisfies(tried -> {
            assertThat(tried.line()).isEqualTo(trunks().get(0));
            assertThat(tried.attempt().verdict().cause()).isEqualTo(NeutralCause.BUSY);
            assertThat(tried.move()).isEqualTo(Move.STOP);
        });
    }

    /** A provider without trunks of ours says so by name, before anything rings. */
    private void refusesTrunks(String command) {
        on().outside(OUTSIDE, STAYS);
        assertThatThrownBy(() -> over(command, List.of("trunk-of-ours")))
                .isInstanceOfSatisfying(UnsupportedFeature.class, refusal -> {
                    assertThat(refusal.effect()).isEqualTo(Effect.NONE);
                    assertThat(refusal).hasMessageContaining("trunks to call over");
                });
        assertThat(events).isEmpty();
        on().placed().ifPresent(placed -> assertThat(placed).isZero());
    }

    private void disturb(Route route) {
        HangupCause outOfOrder = new HangupCause(38, 503, "Network out of order");
        Assumptions.assumeTrue(on().disturb(route, SimulatedPhone.fails(outOfOrder)), "a route can be disturbed");
    }

    private List<String> trunks() {
        return on().routes().stream()
                .map(route -> Objects.requireNonNull(route.trunk()).id())
                .toList();
    }

    private CallRef over(String command, List<String> trunks) {
        CallRequest request = CallRequest.of(
                        new CommandId(command),
                        on().callerId(),
                        Destination.number(OUTSIDE),
                        CallFlow.start().end(GUEST))
                .over(trunks);
        return rooms().invite(ROOM, request).ref();
    }

    private void answering(SimulatedPhone alice, SimulatedPhone bob) {
        on().phone(ALICE, alice);
        on().phone(BOB, bob);
        on().outside(OUTSIDE, STAYS);
    }

    private CallRef invite(String command, Destination to, Conference ending) {
        CallRequest request = CallRequest.of(
                new CommandId(command), on().callerId(), to, CallFlow.start().end(ending));
        return rooms().invite(ROOM, request).ref();
    }

    /** These and nobody else are in the room. */
    private void present(CallRef... calls) {
        on().until(() -> isSeated(calls));
    }

    private boolean isSeated(CallRef... calls) {
        List<CallRef> seated =
                rooms().participants(ROOM).stream().map(Participant::call).toList();
        return seated.size() == calls.length && seated.containsAll(List.of(calls));
    }

    /** They went on where their flow said, once each, and what came then ended them. */
    private void closedFor(CallRef... guests) {
        for (CallRef guest : guests) {
            hungUpByUs(guest);
        }
        assertThat(rooms().participants(ROOM)).isEmpty();
        assertThat(sentOn()).containsExactlyInAnyOrder(guests);
    }

    private List<CallRef> sentOn() {
        return events.stream()
                .filter(event ->
                        event instanceof Redirected sent && sent.continuation().equals(LEFT))
                .map(CallEvent::call)
                .toList();
    }

    private void hungUpByUs(CallRef call) {
        Cdr cdr = ended(call);
        assertThat(cdr.releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.cause().q850()).isEqualTo(16);
    }

    private Cdr ended(CallRef call) {
        on().until(() -> progress(call).isComplete());
        return progress(call).toCdr();
    }

    private CallProgress progress(CallRef call) {
        CallProgress progress = new CallProgress(call);
        events.stream().filter(event -> event.call().equals(call)).forEach(progress::accept);
        return progress;
    }

    private static CallFlow decide(FlowEvent event) {
        return event instanceof Redirected sent && sent.continuation().equals(LEFT)
                ? CallFlow.start().pause(SECOND).hangUp()
                : CallFlow.start().hangUp();
    }

    private Conferences rooms() {
        return Objects.requireNonNull(provider, "provider").require(Conferences.class);
    }

    private CallControl calls() {
        return Objects.requireNonNull(provider, "provider").require(CallControl.class);
    }

    private OutboundStage on() {
        return Objects.requireNonNull(stage, "stage");
    }
}
