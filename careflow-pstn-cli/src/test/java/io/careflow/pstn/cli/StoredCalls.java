package io.careflow.pstn.cli;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import java.time.Instant;
import java.util.List;

/** Calls out, answered after three seconds on the second trunk; a minute of talk. */
final class StoredCalls {
    private StoredCalls() {}

    static Cdr call(String id, Instant started, String to, CdrCost cost) {
        Instant answered = started.plusSeconds(3);
        Instant ended = answered.plusSeconds(60);
        return new Cdr(
                new CallRef(new ProviderId("asterisk"), id),
                TenantId.DEFAULT,
                Direction.OUTBOUND,
                "telnyx",
                Party.of("+14165550100"),
                Party.of(to),
                null,
                null,
                new CdrTimes(started, answered, started.plusSeconds(2), null, answered, ended, ended, true),
                Disposition.ANSWERED,
                HangupCause.UNKNOWN,
                ReleasedBy.UNKNOWN,
                List.of(),
                null,
                cost,
                List.of(
                        new TriedRoute(
                                attempt(1, "east", NeutralCause.BARRED, FailoverClass.CONFIG, "sip 403"),
                                to,
                                "expected 0.01 USD",
                                started,
                                null,
                                null,
                                started.plusSeconds(1),
                                Move.NEXT),
                        new TriedRoute(
                                attempt(2, "west", NeutralCause.COMPLETED, FailoverClass.FINAL, "answered"),
                                to,
                                "expected 0.02 USD",
                                started.plusSeconds(1),
                                started.plusSeconds(2),
                                answered,
                                ended,
                                Move.STOP)));
    }

    private static RouteAttempt attempt(
            int number, String route, NeutralCause cause, FailoverClass failover, String because) {
        return new RouteAttempt(
                number,
                route,
                new ProviderId("asterisk"),
                null,
                new CauseVerdict(cause, failover),
                HangupCause.UNKNOWN,
                null,
                because);
    }
}
