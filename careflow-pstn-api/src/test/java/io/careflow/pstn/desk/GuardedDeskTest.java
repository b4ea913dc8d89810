package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.InputGathered;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.GatheredInput;
import io.careflow.pstn.flow.Reject;
import io.careflow.pstn.guard.GuardStore;
import io.careflow.pstn.guard.InboundGuard;
import io.careflow.pstn.guard.InboundLimits;
import io.careflow.pstn.guard.MemoryGuardStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An inbound desk with limits of callers: two nodes share the store. */
class GuardedDeskTest {
    private static final TenantId CLINIC = new TenantId("clinic");
    private static final String CALLER = "+14165550142";

    private final Hand clock = new Hand();
    private final MemoryGuardStore store = new MemoryGuardStore(clock);
    private final InboundDesk east = desk();
    private final InboundDesk west = desk();
    private final InboundDesk open =
            new InboundDesk(new One(new ArrayList<>()), InboundPrompts.english(), InboundSettings.defaults());
    private int calls;

    @Test
    @DisplayName(
            "six calls of a caller in a minute are answered, the seventh is busy on every node; others are not concerned")
    void callerRate() {
        for (int i = 0; i < 6; i++) {
            assertThat(arrive(i % 2 == 0 ? east : west, CALLER).ending()).isInstanceOf(Gather.class);
        }
        CallFlow refused = arrive(west, "(416) 555-0142");
        assertThat(refused.ending()).isEqualTo(new Reject(Reject.Reason.BUSY));
        assertThat(refused.note().outcome()).isEqualTo(Disposition.DENIED);
        assertThat(arrive(east, "+14165550143").ending()).isInstanceOf(Gather.class);
        assertThat(arrive(open, CALLER).ending()).isInstanceOf(Gather.class);
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertThat(arrive(east, CALLER).ending()).isInstanceOf(Gather.class);
    }

    @Test
    @DisplayName("callers without a number are counted together, however that is written")
    void anonymous() {
        for (int i = 0; i < 30; i++) {
            assertThat(arrive(east, i % 2 == 0 ? "" : "Anonymous").ending()).isInstanceOf(Gather.class);
        }
        assertThat(arrive(east, "unknown").ending()).isEqualTo(new Reject(Reject.Reason.BUSY));
        assertThat(arrive(east, CALLER).ending()).isInstanceOf(Gather.class);
    }

    @Test
    @DisplayName("all callers together have a limit too")
    void allCallers() {
        for (int i = 0; i < 300; i++) {
            assertThat(arrive(east, "+1416555" + (1000 + i)).ending()).isInstanceOf(Gather.class);
        }
        assertThat(arrive(west, "+14165559999").ending()).isEqualTo(new Reject(Reject.Reason.BUSY));
    }

    @Test
    @DisplayName(
            "after three wrong IDs, spread over calls and nodes, a right one is answered like a wrong one, for ten minutes")
    void lockOut() {
        for (int i = 0; i < 3; i++) {
            CallFlow wrong = type(i % 2 == 0 ? east : west, arrive(east, CALLER), "777" + i);
            assertThat(wrong.note().outcome()).isNull();
        }
        CallFlow right = type(west, arrive(west, CALLER), "0001");
        CallFlow wrong = type(east, arrive(east, CALLER), "7777");
        assertThat(right.ending()).isEqualTo(wrong.ending());
        assertThat(right.steps()).isEqualTo(wrong.steps());
        assertThat(right.note().userId()).isNull();
        assertThat(right.note().outcome()).isEqualTo(Disposition.DENIED);
        assertThat(right.note().typed()).isEqualTo("0001");
        assertThat(type(east, arrive(east, "+14165550143"), "0001").ending()).isInstanceOf(Dial.class);
        assertThat(type(open, arrive(open, CALLER), "0001").ending()).isInstanceOf(Dial.class);
        clock.now = clock.now.plus(Duration.ofMinutes(10));
        assertThat(type(east, arrive(east, CALLER), "0001").ending()).isInstanceOf(Dial.class);
    }

    @Test
    @DisplayName("a locked call ends with the same goodbye, and its record says denied")
    void lockedToTheEnd() {
        for (int i = 0; i < 3; i++) {
            type(east, arrive(east, CALLER), "777" + i);
        }
        CallFlow flow = arrive(east, CALLER);
        for (int i = 0; i < 3; i++) {
            flow = type(east, flow, "0001");
        }
        assertThat(flow.steps())
                .containsExactly(
                        InboundPrompts.english().unknownId(),
                        InboundPrompts.english().goodbye());
        assertThat(flow.note().outcome()).isEqualTo(Disposition.DENIED);
    }

    @Test
    @DisplayName("right IDs lock nobody out, and an event that comes twice counts once")
    void rightIds() {
        for (int i = 0; i < 5; i++) {
            assertThat(type(east, arrive(east, CALLER), "0001").ending()).isInstanceOf(Dial.class);
        }
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        CallFlow asked = arrive(east, CALLER);
        for (int i = 0; i < 5; i++) {
            assertThat(type(east, asked, "7777").note().outcome()).isNull();
        }
        assertThat(type(east, arrive(east, CALLER), "0001").ending()).isInstanceOf(Dial.class);
    }

    @Test
    @DisplayName("while the store is away, calls are busy and IDs are not looked up; once it is back, all is as before")
    void storeDown() {
        List<RuntimeException> told = new ArrayList<>();
        List<CareFlowId> looked = new ArrayList<>();
        AtomicBoolean down = new AtomicBoolean();
        GuardStore failing = whileNot(down);
        InboundDesk desk = new InboundDesk(
                        new One(looked),
                        InboundPrompts.english(),
                        InboundSettings.defaults(),
                        (event, failure) -> told.add(failure))
                .guardedBy(new InboundGuard(InboundLimits.standard(), failing));
        CallFlow asked = arrive(desk, CALLER);
        down.set(true);
        CallFlow typed = type(desk, asked, "0001");
        assertThat(looked).isEmpty();
        assertThat(typed.steps()).containsExactly(InboundPrompts.english().sorry());
        assertThat(typed.note().outcome()).isEqualTo(Disposition.FAILED);
        CallFlow refused = arrive(desk, CALLER);
        assertThat(refused.ending()).isEqualTo(new Reject(Reject.Reason.BUSY));
        assertThat(refused.note().outcome()).isEqualTo(Disposition.DENIED);
        assertThat(told).hasSize(2).allSatisfy(failure -> assertThat(failure).hasMessage("the store is away"));
        down.set(false);
        assertThat(type(desk, arrive(desk, CALLER), "0001").ending()).isInstanceOf(Dial.class);
        assertThat(looked).hasSize(1);
    }

    /** The store, as a client sees it whose network comes and goes. */
    private GuardStore whileNot(AtomicBoolean down) {
        return (GuardStore) Proxy.newProxyInstance(
                GuardStore.class.getClassLoader(), new Class<?>[] {GuardStore.class}, (proxy, method, arguments) -> {
                    if (down.get()) {
                        throw new IllegalStateException("the store is away");
                    }
                    return method.invoke(store, arguments);
                });
    }

    private InboundDesk desk() {
        return new InboundDesk(new One(new ArrayList<>()), InboundPrompts.english(), InboundSettings.defaults())
                .guardedBy(new InboundGuard(InboundLimits.standard(), store));
    }

    private CallFlow arrive(InboundDesk desk, String from) {
        calls++;
        return desk.next(new InboundCall("e" + calls, clock.now, call(), Party.of(from), Party.of("+18195550100")));
    }

    private CallFlow type(InboundDesk desk, CallFlow asked, String digits) {
        Gather gather = (Gather) asked.ending();
        return desk.next(new InputGathered(
                "g" + calls,
                clock.now,
                call(),
                gather.then(),
                GatheredInput.digits(digits, GatheredInput.End.TIMEOUT)));
    }

    private CallRef call() {
        return new CallRef(new ProviderId("test"), "c" + calls);
    }

    /** One user, and who was looked for. */
    private record One(List<CareFlowId> looked) implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return Optional.of(new Did(number, CLINIC, "telnyx", null));
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            looked.add(id);
            return id.number() == 1
                    ? Optional.of(new User("anna", CLINIC, id, "Anna", List.of(Destination.sip("1001")), false))
                    : Optional.empty();
        }
    }

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-03-02T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
