package io.careflow.pstn.tck;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.FlowHandler;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.routing.CallerIdRule;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.trunk.TrunkRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The outbound journey in memory and in virtual time. Not thread-safe. */
public final class InMemoryOutboundStage implements OutboundStage {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofMillis(100);

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
    private volatile FlowHandler handler = event -> {
        throw new IllegalStateException("the stage has not started");
    };
    private volatile Consumer<CallEvent> events = event -> {};
    private final InMemoryProvider pbx = InMemoryProvider.answeredBy(event -> handler.next(event))
            .time(time)
            .telling(event -> events.accept(event))
            .start();
    private final Pstn pstn = Pstn.of(pbx);

    /** A stage with nobody on it. */
    public InMemoryOutboundStage() {}

    /** The provider, for stories of one's own. */
    public InMemoryProvider provider() {
        return pbx;
    }

    @Override
    public Duration tolerance() {
        return Duration.ZERO;
    }

    @Override
    public Clock clock() {
        return time.clock();
    }

    @Override
    public Pstn start(FlowHandler asked, Consumer<CallEvent> told) {
        handler = asked;
        events = told;
        return pstn;
    }

    @Override
    public void restart(FlowHandler asked, Consumer<CallEvent> told) {
        pbx.calls().stream()
                .filter(call -> !call.isOver())
                .flatMap(call -> call.events().stream())
                .forEach(told);
        handler = asked;
        events = told;
    }

    @Override
    public List<Route> routes() {
        return List.of(route("first").withPriority(1), route("second").withPriority(2));
    }

    @Override
    public PhoneNumber callerId() {
        return new PhoneNumber("+18195550100");
    }

    @Override
    public void phone(String sipAddress, SimulatedPhone phone) {
        pbx.phone(sipAddress, phone);
    }

    @Override
    public void outside(PhoneNumber number, SimulatedPhone phone) {
        pbx.phone(Destination.number(number), phone);
    }

    @Override
    public boolean disturb(Route route, SimulatedPhone outcome) {
        pbx.carrier().trunk(Objects.requireNonNull(route.trunk()).id(), outcome);
        return true;
    }

    @Override
    public boolean loseNextAnswer() {
        Failure lost = Failure.of(pbx.id(), Operation.CALL_PLACE.toString(), Effect.UNKNOWN, "no answer in time");
        pbx.carrier().failNextAfterDoing(Operation.CALL_PLACE, new ProviderUnavailable(lost));
        return true;
    }

    @Override
    public boolean dials(String sipAddress, String dialled, Duration hangsUpAfterTalking) {
        SimulatedCall unused = pbx.call(
                SimulatedCaller.from(sipAddress).dialling(dialled).hangsUpAfterTalking(hangsUpAfterTalking),
                CallOrigin.of(SipAddress.parse(sipAddress)));
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
                throw new AssertionError("it did not come about within " + PATIENCE + ": " + story());
            }
            time.run(STEP);
        }
    }

    @Override
    public Optional<List<Prompt>> heard() {
        return last().map(SimulatedCall::prompts);
    }

    @Override
    public Optional<Integer> placed() {
        return Optional.of((int) pbx.calls().stream()
                .flatMap(call -> call.events().stream())
                .filter(OutboundCall.class::isInstance)
                .count());
    }

    @Override
    public void close() {
        pstn.close();
        if (!pbx.handlerFailures().isEmpty()) {
            throw new AssertionError("the handler failed", pbx.handlerFailures().get(0));
        }
    }

    private Route route(String id) {
        return Route.of(id, pbx.id(), CallerIdRule.ours())
                .over(new TrunkRef(pbx.id(), "trunk-" + id))
                .pricedAs(id);
    }

    private String story() {
        return last().map(call -> call.events().toString()).orElse("there is no call");
    }

    private Optional<SimulatedCall> last() {
        return pbx.calls().stream().reduce((earlier, later) -> later);
    }
}
