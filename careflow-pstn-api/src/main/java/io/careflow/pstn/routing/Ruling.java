package io.careflow.pstn.routing;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.routing.CauseTable.Judgement;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.Outcome.Denied;
import io.careflow.pstn.routing.Outcome.Ended;
import io.careflow.pstn.routing.Outcome.NotPlaced;

/** What one outcome means by itself, before the plan is looked at. */
record Ruling(Move move, CauseVerdict verdict, String because) {

    static Ruling of(CauseTable table, Outcome outcome) {
        if (outcome instanceof Denied denied) {
            CauseVerdict blocked = new CauseVerdict(NeutralCause.BLOCKED, FailoverClass.FINAL);
            return new Ruling(Move.STOP, blocked, "our guard " + denied.rule() + ": " + denied.reason());
        } else if (outcome instanceof NotPlaced failed) {
            return ofFailure(table, failed);
        } else if (outcome instanceof Ended ended) {
            return ofEnd(table.judge(ended.cause(), ended.words()), ended);
        }
        throw new AssertionError(outcome);
    }

    private static Ruling ofFailure(CauseTable table, NotPlaced failed) {
        Judgement words = table.judge(HangupCause.UNKNOWN, failed.words());
        boolean blocked = failed.verdict().cause() == NeutralCause.BLOCKED;
        boolean said = !blocked && !words.verdict().failover().isCoarse();
        CauseVerdict verdict = said ? words.verdict() : failed.verdict();
        String because =
                failed.failure().operation() + ": " + failed.failure().reason() + (said ? ", " + words.basis() : "");
        if (failed.failure().effect() == Effect.UNKNOWN) {
            return new Ruling(Move.IN_DOUBT, verdict, because + "; the call may have been placed");
        }
        return new Ruling(move(verdict.failover(), false), verdict, because + "; nothing was done");
    }

    private static Ruling ofEnd(Judgement judged, Ended ended) {
        FailoverClass failover = judged.verdict().failover();
        if (ended.answered()) {
            boolean cut = judged.verdict().cause() == NeutralCause.TIME_LIMIT;
            NeutralCause cause = cut ? NeutralCause.TIME_LIMIT : NeutralCause.COMPLETED;
            return new Ruling(
                    Move.STOP, new CauseVerdict(cause, FailoverClass.FINAL), "answered; ended by " + judged.basis());
        }
        if (ended.releasedBy() == ReleasedBy.CALLER && failover != FailoverClass.NOT_OVER) {
            return new Ruling(
                    Move.STOP,
                    new CauseVerdict(NeutralCause.CANCELED, FailoverClass.FINAL),
                    "the caller hung up, " + judged.basis());
        }
        CauseVerdict verdict =
                judged.verdict().cause() == NeutralCause.COMPLETED ? unanswered(ended) : judged.verdict();
        Move move = move(failover, ended.rang());
        boolean rangFirst = failover == FailoverClass.NEXT_BEFORE_18X && ended.rang();
        return new Ruling(move, verdict, judged.basis() + (rangFirst ? ", after it rang" : ""));
    }

    /** A normal end without an answer: it depends on who gave up. */
    private static CauseVerdict unanswered(Ended ended) {
        boolean gaveUp = ended.releasedBy() == ReleasedBy.SYSTEM || !ended.rang();
        return new CauseVerdict(gaveUp ? NeutralCause.CANCELED : NeutralCause.NO_ANSWER, FailoverClass.FINAL);
    }

    private static Move move(FailoverClass failover, boolean rang) {
        return switch (failover) {
            case NEXT, CONFIG, LATER -> Move.NEXT;
            case NEXT_BEFORE_18X -> rang ? Move.STOP : Move.NEXT;
            case FINAL, BY_SIP_CODE, BY_HANGUPCAUSE -> Move.STOP;
            case NOT_OVER -> Move.IN_DOUBT;
        };
    }
}
