package io.careflow.pstn.admission;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardCase;
import io.careflow.pstn.guard.GuardClaim;
import io.careflow.pstn.guard.GuardDecision;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardTicket;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.Objects;

/**
 * The rules of a {@link CallGuard} whose counters are asked in one step with the money. A call goes this way: {@link #open}, {@link
 * GuardCase#refusal}, {@link #admit}, {@link GuardCase#conclude}, and when it is over {@link #settle} or {@link #cancel}. Closed when in
 * doubt. Thread-safe.
 */
public final class GuardedAdmission {
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);

    private final CallGuard guard;
    private final Credit credit;
    private final Admission admission;

    /**
     * Puts them together.
     *
     * @param guard decides what the counters mean
     * @param credit the one that the admission takes from
     * @param admission on the counters of this guard and on this credit
     */
    public GuardedAdmission(CallGuard guard, Credit credit, Admission admission) {
        this.guard = Objects.requireNonNull(guard, "guard");
        this.credit = Objects.requireNonNull(credit, "credit");
        this.admission = Objects.requireNonNull(admission, "admission");
    }

    /** Asks the rules. Takes nothing. */
    public GuardCase open(GuardRequest request) {
        return guard.open(request);
    }

    /**
     * Takes everything for so much talk, or nothing. What was refused may be asked again for less, also under the same hold: it is counted
     * once, with the price that was asked last. Where an answer is lost, what may have been taken is given back, so this is for who alone
     * has this ticket and this hold.
     *
     * @param asked what {@link #open} gave, not refused
     * @param talk for how long; nothing for a text
     * @param hold what it may cost; channels are leased as long as the money
     */
    public GuardedAnswer admit(GuardCase asked, Duration talk, Hold hold) {
        boolean again = asked.isClaimed();
        try {
            GuardClaim claim = asked.claim(talk);
            Admitted admitted = admission.admit(new AdmissionRequest(leased(claim, hold.lease()), hold));
            GuardedAnswer answer = new GuardedAnswer(asked.read(admitted.guard()), admitted.credit());
            if (again && answer.admitted()) {
                // Where both are asked apart, the counters have the price of the first time.
                guard.correct(asked.ticket(), hold.amount());
            }
            return answer;
        } catch (RuntimeException e) {
            return unanswered(asked.unanswered(e), hold);
        }
    }

    /** Who lets a call pass while the counters are away lets it pay all the same. */
    private GuardedAnswer unanswered(GuardDecision decision, Hold hold) {
        if (!decision.allowed()) {
            giveBack(decision.ticket(), hold.id());
            return new GuardedAnswer(decision, null);
        }
        try {
            return new GuardedAnswer(decision, credit.tryReserve(hold));
        } catch (RuntimeException e) {
            return new GuardedAnswer(
                    decision,
                    new HoldAnswer.Refused("could not be asked: " + e.getClass().getSimpleName()));
        }
    }

    private void giveBack(GuardTicket ticket, CommandId hold) {
        try {
            cancel(ticket, hold, "the counters could not be asked");
        } catch (RuntimeException e) {
            // If anything was taken, its lease ends by itself.
            return;
        }
    }

    private static GuardClaim leased(GuardClaim claim, Duration lease) {
        Duration most = lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease;
        return most.compareTo(claim.ttl()) > 0 ? new GuardClaim(claim.holder(), claim.bounds(), most) : claim;
    }

    /**
     * Credit refused in the end what the guard allowed: where both are asked apart, its price is not counted any more. Otherwise nothing
     * was taken, and this does nothing.
     *
     * @param asked what was refused
     * @param price in the currency of what was asked
     */
    public void refused(GuardCase asked, Money price) {
        guard.correct(asked.ticket(), Money.zero(price.currency()));
    }

    /**
     * It is over and cost this much: its channel is free, what was counted as spent becomes the cost, and the money is taken. Nothing is
     * booked for what cost nothing. The same again changes nothing.
     *
     * @param talk how long they talked; zero if nobody answered, and for a text
     * @throws IllegalStateException as {@link Credit#settle}
     */
    public void settle(GuardTicket ticket, CommandId hold, Duration talk, Money cost, String because) {
        if (cost.signum() == 0) {
            admission.cancel(ticket.holder(), hold, guard.spendKeys(ticket, cost.currency()), because);
        } else {
            Settlement unused = admission.complete(new AdmissionResult(
                    ticket.holder(), hold, cost, because, guard.spendKeys(ticket, cost.currency())));
        }
        guard.learn(ticket, talk, cost);
    }

    /** Nothing came of it, or it was not even taken: its channel and its money are free, and it counts for nothing. */
    public void cancel(GuardTicket ticket, CommandId hold, String because) {
        admission.cancel(ticket.holder(), hold, guard.spendKeys(ticket), because);
    }
}
