package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.NeutralCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.routing.CauseTable;
import io.careflow.pstn.routing.CauseVerdict;
import io.careflow.pstn.routing.FailoverClass;
import io.careflow.pstn.routing.FailoverDecision;
import io.careflow.pstn.routing.RouteAttempt;
import io.careflow.pstn.routing.TriedRoute;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records of outbound calls: one for each command, whatever became of it. Thread-safe. */
final class OutboundRecords {
    /** Calls that never reached a provider. */
    static final ProviderId NOWHERE = new ProviderId("outbound");

    private static final CdrCost NOTHING = new CdrCost(zero(), BigDecimal.ZERO.setScale(10), "");
    private static final int NORMAL = 16;

    private OutboundRecords() {}

    /** What the book knows added to what the events told: the user, the wanted destination, both legs, the carrier. */
    static Cdr completed(Cdr told, OutboundOrder order, OutboundEntry entry) {
        List<CdrLeg> wanted = told.legs().stream()
                .filter(leg -> !leg.leg().equals(told.call().id()))
                .toList();
        if (order.room() != null) {
            return met(told, order);
        }
        boolean own = order.isDirect();
        boolean talked = wanted.stream().anyMatch(leg -> leg.answered() != null);
        CdrTimes times = own || talked || !wanted.isEmpty() ? told.times() : silent(told.times());
        List<CdrLeg> legs = new ArrayList<>();
        if (!own) {
            legs.add(first(told, order));
        }
        legs.addAll(wanted);
        boolean userHungUp = !own && !talked && told.releasedBy() == ReleasedBy.CALLEE;
        boolean cut = isCut(told, wanted, order);
        Cdr cdr = new Cdr(
                told.call(),
                order.tenant(),
                order.onNet() ? Direction.ON_NET : Direction.OUTBOUND,
                order.onNet() ? null : carrier(told, order),
                told.from(),
                Party.of(order.wanted()),
                told.typed(),
                order.user(),
                times,
                disposition(told, wanted, talked, userHungUp),
                cut ? HangupCause.TIMER_EXPIRED : told.cause(),
                cut ? ReleasedBy.SYSTEM : userHungUp ? ReleasedBy.CALLER : told.releasedBy(),
                legs,
                told.recording(),
                told.cost(),
                attempts(told, order, wanted, refused(told, order)),
                told.trust());
        return entry.state() == OutboundEntry.State.DENIED ? cdr.costing(nothing(entry.because())) : cdr;
    }

    /** Where nobody listened when the limit cut the talk, the network only knows that somebody hung up. */
    private static boolean isCut(Cdr told, List<CdrLeg> wanted, OutboundOrder order) {
        return told.times().endExact()
                && wanted.stream().anyMatch(leg -> {
                    Instant answered = leg.answered();
                    Instant ended = leg.ended() == null ? told.times().ended() : leg.ended();
                    return answered != null && Duration.between(answered, ended).compareTo(order.longest()) >= 0;
                });
    }

    /** Providers that took nothing are told to whoever listens at that moment; the book knows them still. */
    private static List<TriedRoute> refused(Cdr told, OutboundOrder order) {
        List<TriedRoute> all = new ArrayList<>(order.tried().stream()
                .filter(tried -> told.attempts().stream()
                        .noneMatch(known -> known.began().equals(tried.began())
                                && known.attempt()
                                        .route()
                                        .equals(tried.attempt().route())))
                .toList());
        all.addAll(told.attempts());
        return all;
    }

    /** Somebody in a conference: their own call is the only leg, and talk from its answer on. */
    private static Cdr met(Cdr told, OutboundOrder order) {
        CdrTimes times = told.times();
        Instant answered = times.pickedUp();
        CdrTimes own = new CdrTimes(
                times.started(),
                answered,
                null,
                null,
                answered,
                answered == null ? null : times.ended(),
                times.ended(),
                times.endExact());
        String phone = order.isDirect() ? order.destinations().get(0).address() : order.phone();
        CdrLeg leg = new CdrLeg(told.call().id(), phone, times.started(), null, answered, times.ended(), told.cause());
        return new Cdr(
                told.call(),
                order.tenant(),
                order.onNet() ? Direction.ON_NET : Direction.OUTBOUND,
                order.onNet() ? null : carrier(told, order),
                told.from(),
                Party.of(order.wanted()),
                told.typed(),
                order.user(),
                own,
                answered == null ? Disposition.unanswered(told.cause()) : Disposition.ANSWERED,
                told.cause(),
                told.releasedBy() == ReleasedBy.CALLEE && !order.isDirect() ? ReleasedBy.CALLER : told.releasedBy(),
                List.of(leg),
                told.recording(),
                told.cost(),
                told.attempts(),
                told.trust());
    }

    /** The record of a command that no call came of. */
    static Cdr none(OutboundOrder order, Disposition disposition, String because, List<TriedRoute> tried, Instant now) {
        CdrTimes times = new CdrTimes(order.asked(), null, null, null, null, null, later(order.asked(), now), true);
        return new Cdr(
                reference(order.command()),
                order.tenant(),
                order.onNet() ? Direction.ON_NET : Direction.OUTBOUND,
                null,
                Party.of(order.callerId()),
                Party.of(order.wanted()),
                null,
                order.user(),
                times,
                disposition,
                disposition == Disposition.DENIED ? HangupCause.CALL_REJECTED : HangupCause.TEMPORARY_FAILURE,
                ReleasedBy.SYSTEM,
                List.of(),
                null,
                nothing(because),
                tried);
    }

    static CallRef reference(CommandId command) {
        return new CallRef(NOWHERE, command.value());
    }

    private static CdrCost nothing(String because) {
        return new CdrCost(NOTHING.amount(), NOTHING.exact(), because);
    }

    private static Disposition disposition(Cdr told, List<CdrLeg> wanted, boolean talked, boolean userHungUp) {
        boolean open = told.disposition() == Disposition.FAILED || told.disposition() == Disposition.ANSWERED;
        if (talked || !open) {
            return told.disposition();
        }
        boolean answered = told.times().pickedUp() != null;
        if (answered && userHungUp && told.cause().q850() == NORMAL) {
            return Disposition.ABANDONED;
        }
        return answered || !wanted.isEmpty() ? Disposition.FAILED : Disposition.unanswered(told.cause());
    }

    /** The user's own phone. */
    private static CdrLeg first(Cdr told, OutboundOrder order) {
        CdrTimes times = told.times();
        CdrLeg known = told.legs().stream()
                .filter(leg -> leg.leg().equals(told.call().id()))
                .findFirst()
                .orElse(null);
        HangupCause cause = times.pickedUp() == null ? told.cause() : HangupCause.NORMAL_CLEARING;
        return new CdrLeg(
                told.call().id(),
                order.phone(),
                times.started(),
                known == null ? null : known.ringing(),
                times.pickedUp(),
                times.ended(),
                cause);
    }

    /** Nobody who was wanted was reached. */
    private static CdrTimes silent(CdrTimes times) {
        return new CdrTimes(times.started(), times.pickedUp(), null, null, null, null, times.ended(), times.endExact());
    }

    /**
     * A provider's own way is an attempt like a trunk. No event tells of it, as there is nothing to choose; its only leg does.
     */
    private static List<TriedRoute> attempts(
            Cdr told, OutboundOrder order, List<CdrLeg> wanted, List<TriedRoute> sofar) {
        if (order.onNet() || order.lines().isEmpty() || wanted.size() != 1) {
            return sofar;
        }
        OutboundOrder.Line line = order.lines().get(0);
        CdrLeg leg = wanted.get(0);
        boolean known = sofar.stream().anyMatch(tried -> tried.line().equals(line.route()));
        if (!line.trunk().isEmpty() || known || leg.dialled() == null) {
            return sofar;
        }
        boolean gaveUp = leg.answered() == null && leg.cause().q850() == NORMAL;
        CauseVerdict verdict = leg.answered() != null
                ? new CauseVerdict(NeutralCause.COMPLETED, FailoverClass.FINAL)
                : gaveUp
                        ? new CauseVerdict(NeutralCause.CANCELED, FailoverClass.FINAL)
                        : CauseTable.standard().judge(leg.cause(), List.of()).verdict();
        RouteAttempt attempt = new RouteAttempt(
                sofar.size() + 1,
                line.route(),
                told.call().provider(),
                null,
                verdict,
                leg.cause(),
                null,
                leg.answered() != null ? "answered" : gaveUp ? "the caller hung up" : "not answered");
        List<TriedRoute> all = new ArrayList<>(sofar);
        all.add(new TriedRoute(
                attempt,
                leg.destination(),
                "",
                leg.dialled(),
                leg.ringing(),
                leg.answered(),
                leg.ended() == null ? told.times().ended() : leg.ended(),
                FailoverDecision.Move.STOP));
        return all;
    }

    /** Of the call to whom was wanted; the user's own telephone number may have been called over another trunk. */
    private static @Nullable String carrier(Cdr told, OutboundOrder order) {
        List<TriedRoute> wanted = told.attempts().stream()
                .filter(tried -> order.isDirect() || !tried.called().equals(order.phone()))
                .toList();
        TriedRoute last = wanted.stream()
                .filter(tried -> tried.answered() != null)
                .findFirst()
                .or(() -> wanted.stream().reduce((earlier, later) -> later))
                .orElse(null);
        return order.carrier(last == null ? null : last.line());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static Money zero() {
        return Objects.requireNonNull(Money.zero(Currency.getInstance("XXX")));
    }
}
