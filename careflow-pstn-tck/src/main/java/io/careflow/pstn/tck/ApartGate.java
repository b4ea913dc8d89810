package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.desk.OutboundDeskBuilder;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A guard and a credit of the story's own, each asked by itself. */
final class ApartGate implements Gate {
    private final OutboundGuard guard;
    private final Purse purse;

    ApartGate(Kind kind, Money credit) {
        this.guard = kind == Kind.OPEN ? OutboundGuard.permissive() : new Refusing(kind == Kind.FAILING);
        this.purse = new Purse(credit);
    }

    @Override
    public OutboundDeskBuilder before(OutboundDeskBuilder desk) {
        return desk.guard(guard).credit(purse);
    }

    @Override
    public Optional<Money> taken(CommandId command) {
        return purse.taken(command);
    }

    @Override
    public Money held() {
        return purse.held();
    }

    @Override
    public Optional<String> miscounted() {
        return Optional.empty();
    }

    @Override
    public String refusing() {
        return "no-calls";
    }

    @Override
    public String failing() {
        return "undecided";
    }

    private record Refusing(boolean fails) implements OutboundGuard {
        @Override
        public Ruling decide(Question question) {
            if (fails) {
                throw new IllegalStateException("store is down");
            }
            return new Ruling(false, List.of("no-calls"), "nobody calls anybody", Duration.ZERO, "");
        }

        @Override
        public void renew(String ticket, Duration lease) {}

        @Override
        public void settle(String ticket, Duration talk, Money cost) {}
    }
}
