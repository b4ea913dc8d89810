package io.careflow.pstn.telnyx;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.routing.CallerIdRule;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.tck.OutboundStage;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The outbound journey over Call Control: two accounts are the two ways to the public network. */
final class TelnyxOutboundStage implements OutboundStage {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int OUT_OF_ORDER = 38;

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00.300Z"));
    private final SimAccount first = new SimAccount("telnyx", time);
    private final SimAccount second = new SimAccount("telnyx-backup", time);
    private final List<SimAccount> accounts = List.of(first, second);

    /** As late as the end of a leg may be told after the end of the one that it talked with. */
    @Override
    public Duration tolerance() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Clock clock() {
        return time.clock();
    }

    @Override
    public Pstn start(FlowHandler handler, Consumer<CallEvent> events) {
        restart(handler, events);
        return Pstn.of(first, second);
    }

    /** What happened before is kept with the flows, and told again with the end of a call. */
    @Override
    public void restart(FlowHandler handler, Consumer<CallEvent> events) {
        accounts.forEach(account -> account.answeredBy(handler, events));
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("first", first.id(), CallerIdRule.ours())
                        .pricedAs("first")
                        .withPriority(1),
                Route.of("second", second.id(), CallerIdRule.ours())
                        .pricedAs("second")
                        .withPriority(2));
    }

    @Override
    public PhoneNumber callerId() {
        return new PhoneNumber("+18195550100");
    }

    @Override
    public void phone(String sipAddress, SimulatedPhone phone) {
        accounts.forEach(account -> account.telnyx().phone(sipAddress, phone));
    }

    @Override
    public void outside(PhoneNumber number, SimulatedPhone phone) {
        accounts.forEach(account -> account.telnyx().phone(number.e164(), phone));
    }

    /**
     * The first account is over its rate where it should be out of order, so that nothing is placed over it; the second is told so by
     * its network.
     */
    @Override
    public boolean disturb(Route route, SimulatedPhone outcome) {
        SimAccount account = route.provider().equals(first.id()) ? first : second;
        boolean refuses = outcome.cause().q850() == OUT_OF_ORDER;
        if (refuses && account == first) {
            account.telnyx().throttle();
        } else {
            account.telnyx()
                    .disturb(
                            refuses
                                    ? SimulatedPhone.fails(new HangupCause(OUT_OF_ORDER, 502, "Bad gateway"))
                                    : outcome);
        }
        return true;
    }

    @Override
    public Set<Lack> lacks() {
        return Set.of(Lack.TRUNKS, Lack.WARNING);
    }

    @Override
    public boolean loseNextAnswer() {
        first.telnyx().loseAnswers();
        return true;
    }

    /** Over a connection of the user's own, which parks the call. */
    @Override
    public boolean dials(String sipAddress, String dialled, Duration hangsUpAfterTalking) {
        String host = "@" + SimTelnyx.SIP_DOMAIN;
        SimLeg unused = first.telnyx()
                .dials(
                        SipAddress.parse(sipAddress),
                        SimulatedCaller.from(sipAddress + host)
                                .dialling("sip:" + dialled + host)
                                .hangsUpAfterTalking(hangsUpAfterTalking));
        return true;
    }

    @Override
    public void pass(Duration span) {
        time.run(span);
    }

    @Override
    public void until(BooleanSupplier done) {
        Instant last = time.now().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            if (time.now().isAfter(last)) {
                throw new AssertionError("it did not come about within " + PATIENCE + ":\n"
                        + String.join("\n", first.telnyx().commands()));
            }
            time.run(STEP);
        }
    }

    @Override
    public Optional<List<Prompt>> heard() {
        return placedLegs().reduce((earlier, later) -> later).map(SimLeg::heard);
    }

    @Override
    public Optional<Integer> placed() {
        return Optional.of((int) placedLegs().count());
    }

    @Override
    public void close() {
        accounts.forEach(SimAccount::close);
    }

    private Stream<SimLeg> placedLegs() {
        return accounts.stream().flatMap(account -> account.telnyx().placed().stream());
    }
}
