package io.careflow.pstn.twilio;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.PstnProvider;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The outbound journey over Twilio: two accounts are the two ways to the public network. */
final class TwilioOutboundStage implements OutboundStage {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int OUT_OF_ORDER = 38;

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00.300Z"));
    private final SimAccount first = new SimAccount("twilio", time);
    private final SimAccount second = new SimAccount("twilio-backup", time);
    private final List<SimAccount> accounts = List.of(first, second);

    /** The same, but users have browsers instead of SIP phones. */
    TwilioOutboundStage withClients() {
        accounts.forEach(SimAccount::usersAreClients);
        return this;
    }

    /** Twilio tells times in whole seconds, and rings for 5 at least where the stories say 4. */
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
        return Pstn.of(new Current(first), new Current(second));
    }

    /** Twilio tells a new application nothing of what happened before. */
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
        accounts.forEach(account -> account.twilio().phone(sipAddress, phone));
    }

    @Override
    public void outside(PhoneNumber number, SimulatedPhone phone) {
        accounts.forEach(account -> account.twilio().phone(number.e164(), phone));
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
            account.throttle();
        } else {
            account.twilio()
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
        first.loseNext(SimAccount.Loss.ANSWER_AND_LIST);
        return true;
    }

    /** From a client of the Voice SDK. */
    @Override
    public boolean dials(String sipAddress, String dialled, Duration hangsUpAfterTalking) {
        String identity = SipAddress.parse(sipAddress).user();
        SimCall unused = first.twilio()
                .call(SimulatedCaller.from("client:" + identity)
                        .dialling(dialled)
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
                throw new AssertionError("it did not come about within " + PATIENCE);
            }
            time.run(STEP);
        }
    }

    @Override
    public Optional<List<Prompt>> heard() {
        return calls().stream().reduce((earlier, later) -> later).map(SimCall::heard);
    }

    @Override
    public Optional<Integer> placed() {
        return Optional.of(calls().size());
    }

    @Override
    public void close() {
        accounts.forEach(SimAccount::close);
    }

    private List<SimCall> calls() {
        List<SimCall> all = new ArrayList<>();
        accounts.forEach(account -> all.addAll(account.calls()));
        return all;
    }

    /** The provider of the application that runs now. */
    private record Current(SimAccount account) implements PstnProvider {
        @Override
        public ProviderId id() {
            return account.id();
        }

        @Override
        public <T extends Capability> Optional<T> find(Class<T> capability) {
            return account.provider().find(capability);
        }

        @Override
        public void close() {
            // The account closes what it made.
        }
    }
}
