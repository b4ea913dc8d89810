package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Call;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.MemoryCredit;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.CommandRecords;
import io.careflow.pstn.desk.DeckPricing;
import io.careflow.pstn.desk.MemoryOutboundBook;
import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.desk.OutboundDeskBuilder;
import io.careflow.pstn.desk.OutboundEntry;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.desk.OutboundPricing;
import io.careflow.pstn.desk.OutboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.FlowSupport;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.guard.MemoryGuardStore;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.routing.CallerIdRule;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.routing.RouteOrder;
import io.careflow.pstn.routing.RoutePlanner;
import io.careflow.pstn.routing.RoutingPolicy;
import io.careflow.pstn.routing.RoutingTable;
import io.careflow.pstn.tck.InMemoryCdrStore;
import io.careflow.pstn.tck.InMemoryProvider;
import io.careflow.pstn.tck.Operation;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Outbound calls in trouble: who leaves in between, books that fail, nodes that die while they settle. What is counted is counted once. */
class OutboundTroubleTest {
    private static final PhoneNumber MAIN = new PhoneNumber("+18195550100");
    private static final PhoneNumber OUTSIDE = new PhoneNumber("+14165550142");
    private static final PhoneNumber THIRD = new PhoneNumber("+14165550143");
    private static final PhoneNumber MOBILE = new PhoneNumber("+14165550177");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CreditAccount ACCOUNT = new CreditAccount(TenantId.DEFAULT, "alice");
    private static final Money NOTHING = Money.of("0", "USD");

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
    private final InterruptedBook book = new InterruptedBook();
    private final InMemoryCdrStore cdrs = new InMemoryCdrStore();
    private final Counting guard = new Counting();
    private final MemoryCredit credit = ledger();
    private final LosingCredit losing = new LosingCredit(credit);
    private final MemoryGuardStore counters = new MemoryGuardStore(time.clock());
    private final InMemoryProvider east = InMemoryProvider.answeredBy(event -> open().next(event))
            .id("east")
            .time(time)
            .telling(this::told)
            .start();
    private final User alice = new User(
            "alice", TenantId.DEFAULT, new CareFlowId(1), "Alice", List.of(Destination.sip("sip:1001")), false);
    private final List<RuntimeException> failures = new ArrayList<>();
    private Rater rater = Rater.of(List.of(deck("east", "0.60"), deck("retail", "3.00")));
    private boolean retail;
    private boolean unheard;
    private @Nullable Admission admission;
    private @Nullable CallRef stuck;
    private final CdrRecorder recorder = recorder();

    @Test
    @DisplayName("a guest who is being called while the user leaves is given up all the same")
    void hostLeavesWhileInviting() {
        meeting();
        book.before("a/1", OutboundEntry.State.PLACED, () -> {
            told(left(entry("a").call()));
            unheard = true;
        });
        assertThat(open().callback(wants().with(THIRD.e164()))).isInstanceOf(CallbackAnswer.Placed.class);
        time.run(SECOND.multipliedBy(6));
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        assertThat(east.calls().stream().skip(1)).isNotEmpty().allMatch(call -> call.isOver());
        assertThat(entry("a/2").state()).isEqualTo(OutboundEntry.State.ENDED);
    }

    @Test
    @DisplayName("guests whose user stays go on ringing")
    void hostStays() {
        meeting();
        assertThat(open().callback(wants().with(THIRD.e164()))).isInstanceOf(CallbackAnswer.Placed.class);
        time.run(SECOND.multipliedBy(6));
        assertThat(east.calls()).hasSize(3).noneMatch(call -> call.isOver());
    }

    @Test
    @DisplayName("a guest who cannot be hung up on keeps no other from being given up, and the failure is told")
    void oneCannotBeGivenUp() {
        meeting();
        assertThat(open().callback(wants().with(THIRD.e164()))).isInstanceOf(CallbackAnswer.Placed.class);
        time.run(SECOND.multipliedBy(6));
        Failure down = Failure.of(east.id(), "call.hang-up", Effect.NONE, "refused");
        east.carrier().failNext(Operation.CALL_HANG_UP, new ProviderUnavailable(down));
        told(left(entry("a").call()));
        time.run(SECOND);
        assertThat(failures).hasSize(1).first().isInstanceOf(ProviderUnavailable.class);
        // The end of the user's own call, which the room's end brings, is the second try.
        assertThat(east.calls()).hasSize(3).allMatch(call -> call.isOver());
    }

    @Test
    @DisplayName(
            "a guest who can never be hung up on: the other one is given up all the same, and every failure is told")
    void oneCanNeverBeGivenUp() {
        meeting();
        assertThat(open().callback(wants().with(THIRD.e164()))).isInstanceOf(CallbackAnswer.Placed.class);
        time.run(SECOND.multipliedBy(6));
        stuck = Objects.requireNonNull(entry("a/1").call());
        told(left(entry("a").call()));
        time.run(SECOND);
        assertThat(failures)
                .isNotEmpty()
                .allMatch(failure -> String.valueOf(failure.getMessage()).contains("stuck"));
        assertThat(isOver("a")).isTrue();
        assertThat(isOver("a/2")).isTrue();
        assertThat(isOver("a/1")).isFalse();
        assertThat(entry("a/2").state()).isEqualTo(OutboundEntry.State.ENDED);
    }

    private boolean isOver(String command) {
        CallRef call = entry(command).call();
        return east.calls().stream()
                .filter(known -> known.ref().equals(call))
                .findFirst()
                .orElseThrow()
                .isOver();
    }

    @Test
    @DisplayName(
            "a user's phone outside is guarded by itself, and the call's money counts once, before it and after it")
    void countedOnce() {
        east.phone(Destination.number(MOBILE), SimulatedPhone.answersAfter(SECOND));
        east.phone(
                Destination.number(OUTSIDE),
                SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND.multipliedBy(10)));
        open().callback(wants().on(Destination.number(MOBILE)));
        assertThat(guard.counted).hasSize(2);
        // An hour of the destination, an hour and 55 seconds of the mobile, at one cent a second.
        Money most = Money.of("72.55", "USD");
        assertThat(guard.counted()).isEqualTo(most);
        time.runUntilIdle();
        // 11 seconds of the mobile, 10 of the destination.
        assertThat(guard.counted()).isEqualTo(Money.of("0.21", "USD"));
        assertThat(guard.settled).hasSize(2);
        assertThat(guard.talked()).isEqualTo(SECOND.multipliedBy(10));
    }

    @Test
    @DisplayName("guests of whom one has a command that exists already: nobody is called, nothing stays set aside")
    void commandExists() {
        meeting();
        OutboundEntry other = OutboundEntry.first(new CommandId("a/2"), "other", "", time.now());
        // Somebody was faster by a hair: nobody had that command when it was asked for.
        book.before(
                "a/2",
                OutboundEntry.State.OPENED,
                () -> assertThat(book.open(other).mine()).isTrue());
        assertThat(open().callback(wants().with(THIRD.e164())))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.because()).contains("a/2 exists already"));
        nothingIsLeft();
        assertThat(guard.counted).isEmpty();
        assertThat(entry("a/1").state()).isEqualTo(OutboundEntry.State.DENIED);
        CommandRecords records = open().records(new CommandId("a"));
        assertThat(records.complete()).isTrue();
        assertThat(records.records())
                .singleElement()
                .satisfies(cdr -> assertThat(cdr.disposition()).isEqualTo(Disposition.DENIED));
    }

    @Test
    @DisplayName("guests who cannot be written down: nobody is called, nothing stays set aside")
    void bookFails() {
        meeting();
        lastGuest(() -> {
            throw new IllegalStateException("the book is closed");
        });
        assertThatThrownBy(() -> open().callback(wants().with(THIRD.e164()))).hasMessage("the book is closed");
        nothingIsLeft();
        assertThat(guard.counted).hasSize(2);
    }

    @Test
    @DisplayName("guests whose commands cannot be written down: nobody is called, nothing is even taken")
    void bookFailsBefore() {
        meeting();
        book.before("a/2", OutboundEntry.State.OPENED, () -> {
            throw new IllegalStateException("the book is closed");
        });
        assertThatThrownBy(() -> open().callback(wants().with(THIRD.e164()))).hasMessage("the book is closed");
        nothingIsLeft();
        assertThat(guard.counted).isEmpty();
        time.run(Duration.ofMinutes(7));
        assertThat(open().sweep()).isEqualTo(2);
    }

    @Test
    @DisplayName("guests who were given up while it was decided about them: nobody is called, nothing stays set aside")
    void slowToDecide() {
        meeting();
        lastGuest(() -> {
            time.run(Duration.ofMinutes(7));
            assertThat(open().sweep()).isEqualTo(3);
        });
        assertThat(open().callback(wants().with(THIRD.e164())))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.rules()).containsExactly("conference"));
        nothingIsLeft();
        assertThat(guard.counted).hasSize(2);
    }

    /** Before the last guest's decision is written down. */
    private void lastGuest(Runnable happening) {
        book.before("a/2", OutboundEntry.State.OPENED, () -> book.before("a/2", OutboundEntry.State.OPENED, happening));
    }

    @Test
    @DisplayName(
            "a node dies between credit and guard, prices change: the next one ends it with the amount that was taken")
    void priceChangesWhileSettling() {
        retail = true;
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        east.phone(
                Destination.number(OUTSIDE),
                SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND.multipliedBy(3)));
        guard.failing = true;
        open().callback(wants());
        time.runUntilIdle();
        assertThat(failures).hasSize(1);
        assertThat(credit.balance(ACCOUNT).orElseThrow().booked()).isEqualTo(Money.of("899.85", "USD"));
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.PLACED);
        guard.failing = false;
        rater = Rater.of(List.of(deck("east", "0.60"), deck("retail", "6.00")));
        time.run(Duration.ofMinutes(2));
        assertThat(open().sweep()).isEqualTo(1);
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        assertThat(entry("a").because()).startsWith("0.15 USD");
        assertThat(guard.counted()).isEqualTo(Money.of("0.15", "USD"));
        assertThat(credit.balance(ACCOUNT).orElseThrow().available()).isEqualTo(Money.of("899.85", "USD"));
    }

    @Test
    @DisplayName("money whose reservation is done while its answer is lost is free again at once, and nothing rings")
    void answerOfReserveIsLost() {
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        losing.afterReserving = () -> {
            throw new IllegalStateException("the answer is lost");
        };
        for (Admission together : Arrays.asList(null, Admission.of(counters, losing))) {
            admission = together;
            assertThat(open().callback(wants("lost-" + (together == null))))
                    .isInstanceOfSatisfying(
                            CallbackAnswer.Denied.class,
                            denied -> assertThat(denied.rules()).containsExactly("credit"));
            assertThat(credit.balance(ACCOUNT).orElseThrow().held()).isEqualTo(NOTHING);
        }
        assertThat(losing.reserved).isEqualTo(2);
        assertThat(guard.counted()).isEqualTo(NOTHING);
        assertThat(east.calls()).isEmpty();
    }

    @Test
    @DisplayName(
            "a command given to two nodes at once: the one that does not own it reserves nothing and frees nothing")
    void sameCommandTwice() {
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        List<CallbackAnswer> second = new ArrayList<>();
        losing.afterReserving = () -> {
            losing.afterReserving = () -> {
                throw new IllegalStateException("the answer is lost");
            };
            second.add(open().callback(wants()));
        };
        assertThat(open().callback(wants())).isInstanceOf(CallbackAnswer.Placed.class);
        assertThat(second).singleElement().isInstanceOf(CallbackAnswer.Repeated.class);
        assertThat(losing.reserved).isEqualTo(1);
        assertThat(credit.balance(ACCOUNT).orElseThrow().held().signum()).isPositive();
    }

    private void meeting() {
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        east.phone(Destination.number(OUTSIDE), SimulatedPhone.neverAnswers());
        east.phone(Destination.number(THIRD), SimulatedPhone.neverAnswers());
    }

    private void nothingIsLeft() {
        time.runUntilIdle();
        assertThat(east.calls()).isEmpty();
        assertThat(credit.balance(ACCOUNT).orElseThrow().held().signum()).isZero();
        assertThat(guard.counted()).isEqualTo(NOTHING);
    }

    private CallEnded left(@Nullable CallRef call) {
        return new CallEnded(
                "left", time.now(), Objects.requireNonNull(call), HangupCause.NORMAL_CLEARING, ReleasedBy.CALLEE, true);
    }

    private CallbackRequest wants() {
        return wants("a");
    }

    private CallbackRequest wants(String command) {
        return CallbackRequest.of(new CommandId(command), alice, OUTSIDE.e164(), MAIN);
    }

    private OutboundEntry entry(String command) {
        return book.find(new CommandId(command)).orElseThrow();
    }

    private void told(CallEvent event) {
        if (unheard) {
            return;
        }
        open().accept(event);
        recorder.accept(event);
    }

    private MemoryCredit ledger() {
        MemoryCredit ledger = new MemoryCredit(time.clock());
        ledger.open(ACCOUNT, CreditTerms.prepaid(Currency.getInstance("USD")));
        assertThat(ledger.pay(new CommandId("paid-in"), ACCOUNT, Money.of("900.00", "USD"), "cash"))
                .isTrue();
        return ledger;
    }

    /** A desk of another node each time: it keeps nothing. */
    private OutboundDesk open() {
        OutboundDeskBuilder builder = OutboundDesk.builder()
                .providers(() -> Pstn.of(new Sticking(east)), new ProviderId("east"))
                .directory(new Ours())
                .routing(
                        tenant -> RoutingTable.of(
                                List.of(Route.of("east", new ProviderId("east"), CallerIdRule.ours())), rater),
                        new RoutePlanner(time.clock(), new Random(1)),
                        RoutingPolicy.of(RouteOrder.PRIORITY, Currency.getInstance("USD")))
                .selling(() -> rater, user -> retail ? Optional.of("retail") : Optional.empty())
                .guard(guard)
                .credit(losing)
                .book(book)
                .records(cdrs)
                .telling(event -> recorder.accept(event))
                .clock(time.clock())
                .settings(OutboundSettings.defaults().withHomeRegion("CA").talkingAtMost(Duration.ofHours(1)))
                .failures(failures::add);
        Admission together = admission;
        return together == null
                ? builder.open()
                : builder.admission(together).guard(OutboundGuard.of(lenient())).open();
    }

    private CallGuard lenient() {
        Money much = Money.of("1000", "USD");
        return new CallGuard(
                GuardRulesBook.always(GuardRules.standard("CA")
                        .limit(GuardRule.PRICE_PER_MINUTE, much)
                        .limit(GuardRule.USER_SPEND_HOUR, much)
                        .limit(GuardRule.USER_SPEND_DAY, much)),
                counters,
                time.clock());
    }

    private CdrRecorder recorder() {
        OutboundPricing pricing = new OutboundPricing(() -> rater, new DeckPricing(() -> rater));
        return open().recording(new CdrRecorder(cdrs, pricing, open().settling(new Told())));
    }

    private static RateDeck deck(String carrier, String perMinute) {
        return RateDeck.builder(carrier, "1", carrier, Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .add(Rate.builder("1").perMinute(perMinute).increments(1, 1).build())
                .build();
    }

    private final class Told implements CdrRecorder.Listener {
        @Override
        public void recorded(Cdr cdr, Appended result) {}

        @Override
        public void failed(Cdr cdr, RuntimeException failure) {
            failures.add(failure);
        }

        @Override
        public void unsettled(Cdr cdr, RuntimeException failure) {
            failures.add(failure);
        }
    }

    /** A provider that cannot hang up on one call. */
    private final class Sticking implements PstnProvider {
        private final PstnProvider whole;

        Sticking(PstnProvider whole) {
            this.whole = whole;
        }

        @Override
        public ProviderId id() {
            return whole.id();
        }

        @Override
        public <T extends Capability> Optional<T> find(Class<T> capability) {
            return capability == CallControl.class
                    ? Optional.of(capability.cast(new StickingCalls(whole.require(CallControl.class))))
                    : whole.find(capability);
        }

        @Override
        public void close() {
            whole.close();
        }
    }

    private final class StickingCalls implements CallControl {
        private final CallControl calls;

        StickingCalls(CallControl calls) {
            this.calls = calls;
        }

        @Override
        public FlowSupport flows() {
            return calls.flows();
        }

        @Override
        public void check(CallRequest request) {
            calls.check(request);
        }

        @Override
        public Call place(CallRequest request) {
            return calls.place(request);
        }

        @Override
        public void redirect(CallRef call, CallFlow flow) {
            calls.redirect(call, flow);
        }

        @Override
        public void join(CallRef one, CallRef other) {
            calls.join(one, other);
        }

        @Override
        public void sendDigits(CallRef call, String digits) {
            calls.sendDigits(call, digits);
        }

        @Override
        public void hangUp(CallRef call, HangupCause cause) {
            if (call.equals(stuck)) {
                throw new ProviderUnavailable(Failure.of(east.id(), "call.hang-up", Effect.NONE, "stuck"));
            }
            calls.hangUp(call, cause);
        }

        @Override
        public Optional<Call> fetch(CallRef call) {
            return calls.fetch(call);
        }
    }

    /** A book during whose writing something else happens, once. */
    private static final class InterruptedBook implements OutboundBook {
        private final MemoryOutboundBook book = new MemoryOutboundBook();
        private String command = "";
        private OutboundEntry.State state = OutboundEntry.State.OPENED;
        private Runnable meanwhile = () -> {};

        void before(String wanted, OutboundEntry.State becomes, Runnable happening) {
            command = wanted;
            state = becomes;
            meanwhile = happening;
        }

        private void interrupt(OutboundEntry entry) {
            if (entry.command().value().equals(command) && entry.state() == state) {
                command = "";
                meanwhile.run();
            }
        }

        @Override
        public Opened open(OutboundEntry first) {
            interrupt(first);
            return book.open(first);
        }

        @Override
        public boolean change(OutboundEntry next) {
            interrupt(next);
            return book.change(next);
        }

        @Override
        public Optional<OutboundEntry> find(CommandId wanted) {
            return book.find(wanted);
        }

        @Override
        public Optional<OutboundEntry> find(CallRef call) {
            return book.find(call);
        }

        @Override
        public List<OutboundEntry> stale(Instant before, int most) {
            return book.stale(before, most);
        }
    }

    /** A guard that lets everything pass and counts what it is told, until its node dies. */
    private static final class Counting implements OutboundGuard {
        private final Map<String, Money> counted = new HashMap<>();
        private final Map<String, Duration> settled = new HashMap<>();
        private boolean failing;

        @Override
        public Ruling decide(Question question) {
            counted.put(question.holder(), question.whole().apply(question.wanted()));
            return new Ruling(true, List.of(), "counted", question.wanted(), question.holder());
        }

        @Override
        public void renew(String ticket, Duration lease) {}

        @Override
        public void settle(String ticket, Duration talk, Money cost) {
            if (failing) {
                throw new IllegalStateException("the node died");
            }
            counted.put(ticket, cost);
            settled.put(ticket, talk);
        }

        Money counted() {
            return counted.values().stream().reduce(NOTHING, Money::plus);
        }

        Duration talked() {
            return settled.values().stream().reduce(Duration.ZERO, Duration::plus);
        }
    }

    private static final class Ours implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            return number.equals(MAIN) ? Optional.of(new Did(MAIN, TenantId.DEFAULT, "east", null)) : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return Optional.empty();
        }
    }
}
