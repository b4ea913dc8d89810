package io.careflow.pstn.cdr;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallNote;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.RecordingReady;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One call as its events, in true order, and what its record must say. Times are seconds. */
record Story(
        String name,
        Disposition disposition,
        int q850,
        ReleasedBy releasedBy,
        long talkMillis,
        int legs,
        List<CallEvent> events) {
    static final CallRef CALL = new CallRef(new ProviderId("test"), "c1");
    private static final CallNote ORIGIN = CallNote.NONE.withOrigin(new TenantId("clinic"), "telnyx");
    private static final HangupCause NORMAL = HangupCause.NORMAL_CLEARING;

    static List<Story> all() {
        CallNote user = CallNote.NONE.withUser("u1");
        return List.of(
                new Story(
                        "answered, the caller hangs up",
                        Disposition.ANSWERED,
                        16,
                        ReleasedBy.CALLER,
                        60_000,
                        1,
                        List.of(
                                arrived(0),
                                noted(0, 0, ORIGIN),
                                pickedUp(1),
                                noted(9, 1, user),
                                dialled(9, "a"),
                                ringing(10, "a"),
                                answered(15, "a"),
                                legEnded(75, "a", NORMAL),
                                ended(75, NORMAL, ReleasedBy.CALLER, true))),
                new Story(
                        "answered, the callee hangs up",
                        Disposition.ANSWERED,
                        16,
                        ReleasedBy.CALLEE,
                        60_000,
                        1,
                        List.of(
                                arrived(0),
                                noted(0, 0, ORIGIN.then(user)),
                                dialled(0, "a"),
                                ringing(1, "a"),
                                answered(5, "a"),
                                legEnded(65, "a", NORMAL),
                                dialEnded(65, Disposition.ANSWERED, NORMAL),
                                ended(65, NORMAL, ReleasedBy.CALLEE, true))),
                new Story(
                        "busy",
                        Disposition.BUSY,
                        17,
                        ReleasedBy.SYSTEM,
                        0,
                        1,
                        List.of(
                                arrived(0),
                                pickedUp(1),
                                noted(9, 1, user),
                                dialled(9, "a"),
                                legEnded(10, "a", HangupCause.USER_BUSY),
                                dialEnded(10, Disposition.BUSY, HangupCause.USER_BUSY),
                                ended(15, NORMAL, ReleasedBy.SYSTEM, true))),
                new Story(
                        "no answer",
                        Disposition.NO_ANSWER,
                        19,
                        ReleasedBy.SYSTEM,
                        0,
                        1,
                        List.of(
                                arrived(0),
                                dialled(0, "a"),
                                ringing(1, "a"),
                                legEnded(30, "a", HangupCause.NO_ANSWER),
                                dialEnded(30, Disposition.NO_ANSWER, HangupCause.NO_ANSWER),
                                ended(35, NORMAL, ReleasedBy.SYSTEM, true))),
                new Story(
                        "abandoned while ringing",
                        Disposition.ABANDONED,
                        16,
                        ReleasedBy.CALLER,
                        0,
                        1,
                        List.of(
                                arrived(0),
                                noted(0, 0, ORIGIN.then(user)),
                                dialled(0, "a"),
                                ringing(1, "a"),
                                legEnded(8, "a", NORMAL),
                                ended(8, NORMAL, ReleasedBy.CALLER, true))),
                new Story(
                        "abandoned in the menu",
                        Disposition.ABANDONED,
                        16,
                        ReleasedBy.CALLER,
                        0,
                        0,
                        List.of(
                                arrived(0),
                                noted(0, 0, ORIGIN),
                                pickedUp(0),
                                ended(6, NORMAL, ReleasedBy.CALLER, true))),
                new Story(
                        "unknown id",
                        Disposition.UNKNOWN_ID,
                        16,
                        ReleasedBy.SYSTEM,
                        0,
                        0,
                        List.of(
                                arrived(0),
                                noted(0, 0, ORIGIN),
                                pickedUp(0),
                                noted(5, 3, typed("1111")),
                                noted(9, 5, typed("2222")),
                                noted(13, 7, typed("3333").withOutcome(Disposition.UNKNOWN_ID)),
                                ended(16, NORMAL, ReleasedBy.SYSTEM, true))),
                new Story(
                        "voicemail",
                        Disposition.VOICEMAIL,
                        19,
                        ReleasedBy.CALLER,
                        0,
                        1,
                        List.of(
                                arrived(0),
                                pickedUp(35),
                                dialled(0, "a"),
                                ringing(1, "a"),
                                legEnded(30, "a", HangupCause.NO_ANSWER),
                                dialEnded(30, Disposition.NO_ANSWER, HangupCause.NO_ANSWER),
                                message(50),
                                ended(50, NORMAL, ReleasedBy.CALLER, true))),
                new Story(
                        "two phones, one busy, one answers",
                        Disposition.ANSWERED,
                        16,
                        ReleasedBy.CALLER,
                        20_000,
                        2,
                        List.of(
                                arrived(0),
                                dialled(0, "a"),
                                dialled(0, "b"),
                                legEnded(1, "a", HangupCause.USER_BUSY),
                                ringing(1, "b"),
                                answered(4, "b"),
                                legEnded(24, "b", NORMAL),
                                ended(24, NORMAL, ReleasedBy.CALLER, true))),
                new Story(
                        "the end was not seen",
                        Disposition.ANSWERED,
                        0,
                        ReleasedBy.UNKNOWN,
                        10_000,
                        1,
                        List.of(
                                arrived(0),
                                dialled(0, "a"),
                                answered(5, "a"),
                                ended(15, HangupCause.UNKNOWN, ReleasedBy.UNKNOWN, false))));
    }

    static CallEvent arrived(int second) {
        return new InboundCall("arrived", at(second), CALL, Party.of("+14165550100"), Party.of("+18195550100"));
    }

    static CallEvent pickedUp(int second) {
        return new CallAnswered("up", at(second), CALL);
    }

    static CallEvent noted(int second, int number, CallNote note) {
        return new CallNoted("note" + number, at(second), CALL, note);
    }

    static CallEvent dialled(int second, String leg) {
        return new LegDialled(leg + "-dialled", at(second), CALL, leg, "sip:" + leg);
    }

    static CallEvent ringing(int second, String leg) {
        return new LegRinging(leg + "-ringing", at(second), CALL, leg);
    }

    static CallEvent answered(int second, String leg) {
        return new LegAnswered(leg + "-answered", at(second), CALL, leg);
    }

    static CallEvent legEnded(int second, String leg, HangupCause cause) {
        return new LegEnded(leg + "-ended-" + cause.q850(), at(second), CALL, leg, cause);
    }

    static CallEvent dialEnded(int second, Disposition result, HangupCause cause) {
        return new DialEnded("dial" + second, at(second), CALL, Continuation.named("rung"), result, cause);
    }

    static CallEvent message(int second) {
        return new RecordingReady(
                "message",
                at(second),
                CALL,
                RecordingReady.Kind.VOICEMAIL,
                URI.create("file:m.wav"),
                Duration.ofSeconds(9));
    }

    static CallEvent ended(int second, HangupCause cause, ReleasedBy by, boolean exact) {
        return new CallEnded("ended-" + exact, at(second), CALL, cause, by, exact);
    }

    static RouteTried tried(int second, int number, String route, Move move) {
        RouteAttempt attempt = new RouteAttempt(
                number,
                route,
                CALL.provider(),
                null,
                new CauseVerdict(NeutralCause.CONGESTION, FailoverClass.NEXT),
                HangupCause.UNKNOWN,
                null,
                "sip 503");
        TriedRoute tried =
                new TriedRoute(attempt, "+14165550199", "first", at(second), null, null, at(second + 1), move);
        return new RouteTried("route" + number, at(second + 1), CALL, tried);
    }

    static Instant at(int second) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second);
    }

    private static CallNote typed(String digits) {
        return CallNote.NONE.withTyped(digits);
    }

    @Override
    public String toString() {
        return name;
    }
}
