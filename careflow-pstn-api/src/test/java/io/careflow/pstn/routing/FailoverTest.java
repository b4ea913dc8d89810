package io.careflow.pstn.routing;

import static io.careflow.pstn.routing.Fixtures.CALL;
import static io.careflow.pstn.routing.Fixtures.PRIORITY;
import static io.careflow.pstn.routing.Fixtures.plan;
import static io.careflow.pstn.routing.Fixtures.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Outcome.Denied;
import io.careflow.pstn.routing.Outcome.Ended;
import io.careflow.pstn.trunk.TrunkRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailoverTest {
    private static final ProviderId ACME = new ProviderId("acme");
    private static final TrunkRef TRUNK = new TrunkRef(ACME, "t-1");
    private static final Route FIRST =
            Route.of("a", ACME, CallerIdRule.only(Fixtures.OURS)).over(TRUNK).pricedAs("second");
    private static final RoutePlan PLAN = plan(PRIORITY, CALL, FIRST, route("b", "second"), route("c", "second"));

    private final Failover failover = Failover.standard();

    @Test
    @DisplayName("after a request that did nothing the next candidate is tried")
    void nothingDone() {
        FailoverDecision decision = first(Outcome.notPlaced(unavailable(Effect.NONE)));
        assertThat(decision.move()).isEqualTo(Move.NEXT);
        assertThat(Objects.requireNonNull(decision.next()).route().id()).isEqualTo("b");
        assertThat(decision.attempt().effect()).isEqualTo(Effect.NONE);
        assertThat(decision.because()).isEqualTo("call.place: down; nothing was done");
    }

    @Test
    @DisplayName("after a request that may have worked nothing is tried: the call is in doubt")
    void inDoubt() {
        FailoverDecision decision = first(Outcome.notPlaced(unavailable(Effect.UNKNOWN)));
        assertThat(decision.move()).isEqualTo(Move.IN_DOUBT);
        assertThat(decision.next()).isNull();
        assertThat(decision.attempt().effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(decision.because()).contains("may have been placed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    @DisplayName("each kind of failure that did nothing has its meaning")
    void kinds(PstnException exception, NeutralCause cause, Move move, boolean alarm, boolean aside) {
        FailoverDecision decision = first(Outcome.notPlaced(exception));
        assertThat(decision.attempt().verdict().cause()).isEqualTo(cause);
        assertThat(decision.move()).isEqualTo(move);
        assertThat(decision.alarm() != null).isEqualTo(alarm);
        assertThat(decision.aside() != null).isEqualTo(aside);
    }

    static Stream<Arguments> failures() {
        Failure none = failure(Effect.NONE);
        return Stream.of(
                row(unavailable(Effect.NONE), NeutralCause.TEMPORARY_FAILURE, Move.NEXT, "-"),
                row(new Throttled(none), NeutralCause.LIMIT, Move.NEXT, "aside"),
                row(new AuthenticationFailed(none), NeutralCause.AUTH_FAILED, Move.NEXT, "alarm"),
                row(new InsufficientFunds(none), NeutralCause.PAYMENT, Move.NEXT, "alarm"),
                row(new NotFound(none), NeutralCause.CONFIG, Move.NEXT, "alarm"),
                row(new ProtocolError(none), NeutralCause.PROTOCOL_ERROR, Move.NEXT, "-"),
                row(
                        new UnsupportedFeature(ACME, "call.place", "speech", Set.of()),
                        NeutralCause.UNSUPPORTED,
                        Move.NEXT,
                        "-"),
                row(new InvalidRequest(none), NeutralCause.INVALID_REQUEST, Move.STOP, "-"),
                row(new Conflict(none), NeutralCause.FAILED, Move.STOP, "-"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("each rule that forbids a call has its meaning; fraud and opted out are final")
    void notPermitted(NotPermitted.Why why) {
        FailoverDecision decision = first(Outcome.notPlaced(new NotPermitted(failure(Effect.NONE), why)));
        boolean blocked = switch (why) {
            case DESTINATION_BLOCKED, OPTED_OUT -> true;
            case GEO_PERMISSION, CALLER_ID, UNREACHABLE, TRIAL, LIMIT, REGULATORY, ACCOUNT, NOT_CAPABLE -> false;
        };
        boolean alarm = switch (why) {
            case GEO_PERMISSION, CALLER_ID, TRIAL, REGULATORY, ACCOUNT -> true;
            case DESTINATION_BLOCKED, OPTED_OUT, UNREACHABLE, LIMIT, NOT_CAPABLE -> false;
        };
        assertThat(decision.move()).isEqualTo(blocked ? Move.STOP : Move.NEXT);
        assertThat(decision.attempt().verdict().cause() == NeutralCause.BLOCKED).isEqualTo(blocked);
        assertThat(decision.alarm() != null).isEqualTo(alarm);
        assertThat(decision.aside() != null).isEqualTo(why == NotPermitted.Why.LIMIT);
    }

    @Test
    @DisplayName("a carrier's own code says more than the kind of failure")
    void codeFirst() {
        CauseKey invalidTo = new CauseKey(CauseKey.TWILIO_ERROR, "21214");
        FailoverDecision decision = first(Outcome.notPlaced(new InvalidRequest(failure(Effect.NONE)), invalidTo));
        assertThat(decision.move()).isEqualTo(Move.NEXT);
        assertThat(decision.attempt().verdict().cause()).isEqualTo(NeutralCause.UNREACHABLE);
    }

    @Test
    @DisplayName("but no code makes a block anything else")
    void codeDoesNotUnblock() {
        PstnException blocked = new NotPermitted(failure(Effect.NONE), NotPermitted.Why.DESTINATION_BLOCKED);
        CauseKey limit = new CauseKey(CauseKey.TWILIO_ERROR, "10004");
        assertThat(first(Outcome.notPlaced(blocked, limit)).move()).isEqualTo(Move.STOP);
    }

    @Test
    @DisplayName("what a guard of ours denies is not tried over any carrier")
    void denied() {
        FailoverDecision decision = first(new Denied("country", "country XX is not allowed"));
        assertThat(decision.move()).isEqualTo(Move.STOP);
        assertThat(decision.attempt().verdict()).isEqualTo(new CauseVerdict(NeutralCause.BLOCKED, FailoverClass.FINAL));
        assertThat(decision.attempt().effect()).isEqualTo(Effect.NONE);
        assertThat(decision.because()).isEqualTo("our guard country: country XX is not allowed");
    }

    @Test
    @DisplayName("busy and unallocated are final")
    void calleeDecided() {
        assertThat(first(Outcome.unanswered(HangupCause.USER_BUSY, false)).move())
                .isEqualTo(Move.STOP);
        assertThat(first(Outcome.unanswered(HangupCause.UNALLOCATED, false)).move())
                .isEqualTo(Move.STOP);
    }

    @Test
    @DisplayName("a trunk that says 404 for 'no route here' may say so in its table, others may not")
    void perTrunk() {
        CauseTable noRoute = CauseTable.standard()
                .with(CauseKey.sip(404), new CauseVerdict(NeutralCause.NO_ROUTE, FailoverClass.NEXT));
        Failover own = new Failover(CauseTable.standard(), Map.of("a", noRoute), 4, Duration.ZERO);
        Outcome notFound = Outcome.unanswered(new HangupCause(1, 404, "Not Found"), false);

        FailoverDecision after = own.after(PLAN, List.of(), PLAN.routes().get(0), notFound);
        assertThat(after.move()).isEqualTo(Move.NEXT);
        assertThat(own.after(PLAN, List.of(after.attempt()), PLAN.routes().get(1), notFound)
                        .move())
                .isEqualTo(Move.STOP);
    }

    @Test
    @DisplayName("a trunk's 403 raises an alarm that names the trunk, and the next candidate is tried")
    void alarm() {
        FailoverDecision decision = first(Outcome.unanswered(new HangupCause(21, 403, "Forbidden"), false));
        assertThat(decision.move()).isEqualTo(Move.NEXT);
        assertThat(decision.alarm()).isEqualTo(new RouteAlarm("a", ACME, TRUNK, NeutralCause.BARRED, "sip 403"));
    }

    @Test
    @DisplayName("a 503 raises none")
    void noAlarm() {
        assertThat(first(Outcome.unanswered(new HangupCause(34, 503, ""), false))
                        .alarm())
                .isNull();
    }

    @ParameterizedTest(name = "released by {0}, rang {1}: {2}")
    @CsvSource({
        "SYSTEM, true, CANCELED",
        "SYSTEM, false, CANCELED",
        "CALLER, true, CANCELED",
        "CALLEE, true, NO_ANSWER",
        "UNKNOWN, true, NO_ANSWER",
        "UNKNOWN, false, CANCELED"
    })
    @DisplayName("a normal end without an answer is no completed call: it depends on who gave up")
    void gaveUp(ReleasedBy releasedBy, boolean rang, NeutralCause cause) {
        FailoverDecision decision =
                first(new Ended(HangupCause.NORMAL_CLEARING, rang, false, releasedBy, null, List.of()));
        assertThat(decision.move()).isEqualTo(Move.STOP);
        assertThat(decision.attempt().verdict().cause()).isEqualTo(cause);
    }

    @Test
    @DisplayName("a carrier that says how long to wait is put aside for so long")
    void retryAfter() {
        Ended full = new Ended(
                new HangupCause(34, 503, ""), false, false, ReleasedBy.SYSTEM, Duration.ofSeconds(90), List.of());
        assertThat(first(full).aside()).isEqualTo(new RouteAside("a", Duration.ofSeconds(90)));
        PstnException slow = new Throttled(failure(Effect.NONE).withRetryAfter(Duration.ofSeconds(7)));
        assertThat(first(Outcome.notPlaced(slow)).aside()).isEqualTo(new RouteAside("a", Duration.ofSeconds(7)));
    }

    @Test
    @DisplayName("one that does not say is put aside for the pause only where a limit is reached")
    void pause() {
        CauseKey limit = new CauseKey(CauseKey.TWILIO_ERROR, "10004");
        assertThat(first(Outcome.unanswered(HangupCause.UNKNOWN, false, limit)).aside())
                .isEqualTo(new RouteAside("a", Duration.ofSeconds(10)));
        assertThat(first(Outcome.unanswered(new HangupCause(34, 503, ""), false))
                        .aside())
                .isNull();
    }

    @Test
    @DisplayName("an account without money is not asked again over its other trunks")
    void wholeAccount() {
        RoutePlan plan = plan(PRIORITY, CALL, FIRST, second(), route("c", "second"));
        FailoverDecision decision = failover.after(
                plan, List.of(), plan.routes().get(0), Outcome.notPlaced(new InsufficientFunds(failure(Effect.NONE))));
        assertThat(Objects.requireNonNull(decision.next()).route().id()).isEqualTo("c");
        assertThat(decision.passedOver()).containsExactly("b: same account as a, PAYMENT");
    }

    @Test
    @DisplayName("a full trunk says nothing about the other trunks of its account")
    void oneTrunk() {
        RoutePlan plan = plan(PRIORITY, CALL, FIRST, second(), route("c", "second"));
        FailoverDecision decision = failover.after(
                plan, List.of(), plan.routes().get(0), Outcome.unanswered(HangupCause.of(34, ""), false));
        assertThat(Objects.requireNonNull(decision.next()).route().id()).isEqualTo("b");
        assertThat(decision.passedOver()).isEmpty();
    }

    @Test
    @DisplayName("a whole way: every attempt is there with its number and reason, until none is left")
    void exhausted() {
        List<RouteAttempt> attempts = new ArrayList<>();
        PlannedRoute next = PLAN.routes().get(0);
        FailoverDecision last = null;
        while (next != null) {
            last = failover.after(PLAN, attempts, next, Outcome.unanswered(HangupCause.of(34, ""), false));
            attempts.add(last.attempt());
            next = last.next();
        }
        assertThat(Objects.requireNonNull(last).move()).isEqualTo(Move.EXHAUSTED);
        assertThat(last.because()).contains("no candidate is left");
        assertThat(attempts)
                .extracting(RouteAttempt::toString)
                .containsExactly(
                        "1. a: CONGESTION (NEXT), q850 34",
                        "2. b: CONGESTION (NEXT), q850 34",
                        "3. c: CONGESTION (NEXT), q850 34");
        assertThat(attempts.get(0).trunk()).isEqualTo(TRUNK);
        assertThat(attempts.get(0).network()).isEqualTo(HangupCause.of(34, ""));
    }

    @Test
    @DisplayName("no more candidates are tried than allowed")
    void mostAttempts() {
        Failover once = new Failover(CauseTable.standard(), Map.of(), 1, Duration.ZERO);
        FailoverDecision decision =
                once.after(PLAN, List.of(), PLAN.routes().get(0), Outcome.unanswered(HangupCause.of(34, ""), false));
        assertThat(decision.move()).isEqualTo(Move.EXHAUSTED);
        assertThat(decision.because()).contains("no more than 1 attempts");
    }

    @Test
    @DisplayName("a candidate of another plan, or one that was tried before, is refused")
    void wrongCandidate() {
        Outcome busy = Outcome.unanswered(HangupCause.USER_BUSY, false);
        FailoverDecision decision = first(busy);
        assertThatThrownBy(() -> failover.after(
                        PLAN, List.of(decision.attempt()), PLAN.routes().get(0), busy))
                .hasMessageContaining("tried before");
        PlannedRoute strange = new PlannedRoute(1, route("z", "second"), null, "");
        assertThatThrownBy(() -> failover.after(PLAN, List.of(), strange, busy))
                .hasMessageContaining("not in the plan");
    }

    @Test
    @DisplayName("after a block, or an attempt in doubt, nothing more can be decided on, even if somebody goes on")
    void stoppedForGood() {
        Outcome congested = Outcome.unanswered(HangupCause.of(34, ""), false);
        for (Outcome end : List.of(
                new Denied("country", "closed"),
                Outcome.unanswered(new HangupCause(0, 607, ""), false),
                Outcome.notPlaced(unavailable(Effect.UNKNOWN)))) {
            RouteAttempt before = first(end).attempt();
            assertThatThrownBy(() ->
                            failover.after(PLAN, List.of(before), PLAN.routes().get(1), congested))
                    .hasMessageContaining("nothing may be tried after 1. a");
        }
    }

    @Test
    @DisplayName("a call that is not over is in doubt, also when the caller has gone")
    void notOver() {
        CauseKey ringing = new CauseKey(CauseKey.TWILIO_STATUS, "ringing");
        Ended gone = new Ended(HangupCause.UNKNOWN, true, false, ReleasedBy.CALLER, null, List.of(ringing));
        assertThat(first(gone).move()).isEqualTo(Move.IN_DOUBT);
    }

    @Test
    @DisplayName("settings that make no sense are refused")
    void settings() {
        assertThatThrownBy(() -> new Failover(CauseTable.standard(), Map.of(), 0, Duration.ZERO))
                .hasMessageContaining("most attempts");
        assertThatThrownBy(() -> new Failover(CauseTable.standard(), Map.of(), 1, Duration.ofSeconds(-1)))
                .hasMessageContaining("pause");
    }

    private FailoverDecision first(Outcome outcome) {
        return failover.after(PLAN, List.of(), PLAN.routes().get(0), outcome);
    }

    private static Route second() {
        return Route.of("b", ACME, CallerIdRule.only(Fixtures.OURS)).pricedAs("second");
    }

    private static Arguments row(PstnException exception, NeutralCause cause, Move move, String also) {
        return Arguments.of(exception, cause, move, also.equals("alarm"), also.equals("aside"));
    }

    private static PstnException unavailable(Effect effect) {
        return new ProviderUnavailable(failure(effect));
    }

    private static Failure failure(Effect effect) {
        return Failure.of(ACME, "call.place", effect, "down");
    }
}
