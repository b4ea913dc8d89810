package io.careflow.guide;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardDecision;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardReport;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What docs/guards.md shows. */
final class GuardsGuide {
    private GuardsGuide() {}

    // snippet: guards
    static void aCall(PstnDatabase database, TenantId tenant, PhoneNumber to, Instant userSince) {
        GuardRules rules = GuardRules.standard("CA")
                .allowing("US", "GB")
                .denying("44844")
                .limit(GuardRule.USER_SPEND_DAY, Money.of("5.00", "USD"))
                .reportingOnly(GuardRule.SEQUENTIAL);
        GuardReport report = new GuardReport();
        CallGuard guard = new CallGuard(GuardRulesBook.always(rules), database.guards(), Clock.systemUTC(), report);

        GuardRequest request = GuardRequest.of(new CommandId("call-4711"), tenant, "anna", GuardPurpose.CALL, to)
                .pricedPerMinute(Money.of("0.02", "USD"))
                .byUserSince(userSince);
        GuardDecision decision = guard.decide(request);
        if (decision.allowed()) {
            // ... call, for decision.longest() at most, and when the call detail record is there:
            guard.settle(decision.ticket(), Duration.ofSeconds(22), Money.of("0.02", "USD"));
        } else {
            System.out.println(decision.ruleIds() + ": " + decision.because());
        }
    }
    // end
}
