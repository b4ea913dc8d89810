package io.careflow.pstn.asterisk;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.RouteTried;
import io.careflow.pstn.routing.CauseTable.Judgement;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Outcome;
import io.careflow.pstn.routing.RouteAlarm;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells of every trunk over which one number was tried, for the record of the call. Part of one call. */
final class CallAttempts {
    private static final CauseVerdict COMPLETED = new CauseVerdict(NeutralCause.COMPLETED, FailoverClass.FINAL);

    private final AsteriskCall call;

    private int number;
    private @Nullable String trunk;
    private String called = "";
    private String stood = "";
    private @Nullable Instant began;
    private @Nullable Instant rang;
    private @Nullable Instant answered;

    CallAttempts(AsteriskCall call) {
        this.call = call;
    }

    /** A dial begins. Several numbers at once are no attempts one after another: their legs tell of them. */
    void begin(Destination to, CallLines.Targets targets) {
        called = to.address();
        trunk = targets.targets().size() == 1 ? targets.trunk() : null;
        stood = targets.stood();
        began = null;
        rang = null;
        answered = null;
    }

    void sent(Instant at) {
        began = began == null ? at : began;
    }

    void rang(Instant at) {
        rang = rang == null ? at : rang;
    }

    void answered(Instant at) {
        answered = answered == null ? at : answered;
    }

    /** They talked. */
    void answered(HangupCause network, Instant at) {
        over(at, network, COMPLETED, Move.STOP, "answered");
    }

    /** The caller has hung up, while it rang or after they talked. */
    void callerGone(HangupCause network, Instant at) {
        if (answered != null) {
            answered(network, at);
        } else {
            CauseVerdict canceled = new CauseVerdict(NeutralCause.CANCELED, FailoverClass.FINAL);
            over(at, network, canceled, Move.STOP, "the caller hung up");
        }
    }

    /** It could not be dialled at all. What the trunk before it said is not its reason. */
    void refused(Instant at, PstnException refusal) {
        CauseVerdict verdict = Outcome.notPlaced(refusal).verdict();
        String because = refusal.failure().reason();
        over(at, HangupCause.UNKNOWN, verdict, refusal.effect(), Move.STOP, because);
    }

    /** Nothing more comes of it. */
    void over(Instant at, HangupCause network, CauseVerdict verdict, Move move, String because) {
        over(at, network, verdict, null, move, because);
    }

    private void over(
            Instant at, HangupCause network, CauseVerdict verdict, @Nullable Effect effect, Move move, String because) {
        String tried = trunk;
        if (tried == null) {
            return;
        }
        trunk = null;
        number++;
        int before = call.placing().attempts();
        TrunkRef over = new TrunkRef(call.ref().provider(), tried);
        RouteAttempt attempt =
                new RouteAttempt(number + before, tried, over.provider(), over, verdict, network, effect, because);
        Instant sent = began == null ? at : began;
        TriedRoute one = new TriedRoute(attempt, called, stood, sent, rang, answered, at, move);
        call.emit(new RouteTried(call.id("route"), at, call.ref(), one));
    }

    /** Something of ours at this trunk wants mending. */
    void alarm(String failed, Judgement judged) {
        alarm(call, failed, judged);
    }

    static void alarm(AsteriskCall call, String failed, Judgement judged) {
        ProviderId provider = call.ref().provider();
        call.board()
                .alarms()
                .accept(new RouteAlarm(
                        failed,
                        provider,
                        new TrunkRef(provider, failed),
                        judged.verdict().cause(),
                        "call " + call.ref() + ": " + judged.basis()));
    }
}
