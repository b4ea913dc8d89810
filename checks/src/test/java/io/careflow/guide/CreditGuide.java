package io.careflow.guide;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.admission.GuardedAdmission;
import io.careflow.pstn.admission.GuardedAnswer;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardCase;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.messagedesk.MessageDesk;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.Currency;

/** What docs/credit.md shows. */
final class CreditGuide {
    private CreditGuide() {}

    // snippet: credit
    static void aCall(PstnDatabase database, CreditAccount account) {
        CreditLedger credit = database.credit();
        credit.open(account, CreditTerms.prepaid(Currency.getInstance("USD")));
        credit.pay(new CommandId("invoice-17"), account, Money.of("20", "USD"), "card");

        CommandId call = new CommandId("call-4711");
        Hold wish = new Hold(call, account, Money.of("1.20", "USD"), Duration.ofMinutes(2), "+14165550100");
        if (credit.reserve(wish) instanceof HoldAnswer.Held) {
            // ... every minute, while they talk:
            credit.renew(call, Duration.ofMinutes(2));
            // ... and when the call detail record is there:
            credit.settle(call, Money.of("0.4321", "USD"), "22 s at 1.1785");
        }
    }
    // end

    // snippet: one-step
    static boolean together(PstnDatabase database, CallGuard guard, GuardRequest wish, Duration talk, Hold hold) {
        GuardedAdmission admission = new GuardedAdmission(guard, database.credit(), database.admission());
        GuardCase asked = admission.open(wish);
        if (asked.refusal().isPresent()) {
            return false; // by rules that need no counters
        }
        GuardedAnswer answer = admission.admit(asked, talk, hold);
        asked.conclude(answer.guard());
        if (answer.admitted()) {
            // ... and when the call is over:
            admission.settle(
                    asked.ticket(), hold.id(), Duration.ofSeconds(22), Money.of("0.4321", "USD"), "22 s at 1.1785");
        }
        return answer.admitted();
    }
    // end

    // snippet: retention
    static void daily(PstnDatabase database) {
        database.retention().holds(Duration.ofDays(90));
        database.retention().outbound(Duration.ofDays(90));
        database.retention().messages(Duration.ofDays(90));
    }
    // end

    // snippet: sweeps
    static void everyMinute(PstnDatabase database, OutboundDesk calls, MessageDesk texts) {
        calls.sweep();
        texts.sweep();
        database.credit().sweep();
        database.guards().sweep();
    }
    // end
}
