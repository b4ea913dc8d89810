package io.careflow.pstn.jdbc;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision.Move;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import io.careflow.pstn.trunk.TrunkRef;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Records to store. */
final class Cdrs {
    static final ProviderId PROVIDER = new ProviderId("asterisk-east");
    static final TenantId CLINIC = new TenantId("clinic.7");
    static final Instant START = Instant.parse("2026-03-08T06:59:59.001Z");
    static final CdrQuery ALL = CdrQuery.between(Instant.MIN, Instant.MAX);

    private Cdrs() {}

    /** With a value in every field. */
    static Cdr full(String id) {
        return full(id, START);
    }

    static Cdr full(String id, Instant start) {
        HangupCause busy = new HangupCause(17, 486, "Occupé 忙");
        CdrLeg first =
                new CdrLeg("leg-1", "sip:1001", start.plusMillis(4000), null, null, start.plusMillis(4500), busy);
        CdrLeg second = new CdrLeg(
                "leg-2",
                "sip:alice@example.org",
                start.plusMillis(4000),
                start.plusMillis(4100),
                start.plusMillis(9000),
                start.plusMillis(69_001),
                HangupCause.NORMAL_CLEARING);
        return new Cdr(
                new CallRef(PROVIDER, id),
                CLINIC,
                Direction.INBOUND,
                "telnyx",
                new Party("+14165550199", "Zoë O'Neil; DROP TABLE"),
                new Party("14165550100", "Main"),
                "00**",
                "u-1",
                new CdrTimes(
                        start,
                        start.plusMillis(500),
                        start.plusMillis(4100),
                        null,
                        start.plusMillis(9000),
                        start.plusMillis(69_001),
                        start.plusMillis(70_000),
                        false),
                Disposition.ANSWERED,
                new HangupCause(16, 200, "Normal clearing"),
                ReleasedBy.CALLER,
                List.of(first, second),
                URI.create("https://recordings.example.org/r/1?x=%20y"),
                new CdrCost(Money.of("0.0132", "CAD"), new BigDecimal("0.0131666667"), "prefix 1416, 66 s billed"));
    }

    /** A record with two attempts over trunks: one refused, one answered. */
    static Cdr tried(String id, Instant start) {
        return full(id, start)
                .trusting(new CallerTrust(
                        CallerTrust.Level.FAILED,
                        Attestation.FULL,
                        "6e4d8c1a-3b0e-4d1c-9d55-21a8d1e3a1f7",
                        CallerTrust.Source.IDENTITY_HEADER,
                        "the signature is for another caller's number ∅",
                        "A"))
                .trying(List.of(
                        new TriedRoute(
                                new RouteAttempt(
                                        1,
                                        "east",
                                        PROVIDER,
                                        new TrunkRef(PROVIDER, "east"),
                                        new CauseVerdict(NeutralCause.BARRED, FailoverClass.CONFIG),
                                        new HangupCause(21, 403, "Verboten ∅"),
                                        null,
                                        "sip 403"),
                                "+14165550123",
                                "1. of 2 trunks, in their order",
                                start.plusMillis(4000),
                                null,
                                null,
                                start.plusMillis(4500),
                                Move.NEXT),
                        new TriedRoute(
                                new RouteAttempt(
                                        2,
                                        "voipms",
                                        new ProviderId("voipms"),
                                        null,
                                        new CauseVerdict(NeutralCause.COMPLETED, FailoverClass.FINAL),
                                        HangupCause.NORMAL_CLEARING,
                                        Effect.NONE,
                                        "answered"),
                                "+14165550123",
                                "",
                                start.plusMillis(4600),
                                start.plusMillis(5100),
                                start.plusMillis(9000),
                                start.plusMillis(69_001),
                                Move.STOP)));
    }

    /** Rang for 30 seconds, was told that nobody answers, and ended. */
    static Cdr unanswered(String id) {
        Cdr cdr = bare(id, START);
        CdrTimes times = new CdrTimes(
                START,
                START.plusMillis(500),
                START.plusMillis(4100),
                START.plusMillis(34_100),
                null,
                null,
                START.plusMillis(40_000),
                true);
        return new Cdr(
                cdr.call(),
                cdr.tenant(),
                cdr.direction(),
                cdr.carrier(),
                cdr.from(),
                cdr.to(),
                cdr.typed(),
                cdr.userId(),
                times,
                Disposition.NO_ANSWER,
                HangupCause.NO_ANSWER,
                ReleasedBy.SYSTEM,
                cdr.legs(),
                cdr.recording(),
                cdr.cost());
    }

    /** With as little as there can be. */
    static Cdr bare(String id, Instant start) {
        return new Cdr(
                new CallRef(PROVIDER, id),
                TenantId.DEFAULT,
                Direction.INBOUND,
                null,
                Party.anonymous(),
                Party.of("+14165550100"),
                null,
                null,
                new CdrTimes(start, null, null, null, null, null, start, true),
                Disposition.ABANDONED,
                HangupCause.UNKNOWN,
                ReleasedBy.UNKNOWN,
                List.of(),
                null,
                CdrCost.UNRATED);
    }
}
