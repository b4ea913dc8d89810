package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.MemoryCredit;
import io.careflow.pstn.credit.NoCredit;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.DeckPricing;
import io.careflow.pstn.desk.MemoryOutboundBook;
import io.careflow.pstn.desk.OutboundDesk;
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
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the journey's stories do not tell: two providers, machines, what dead nodes left, customers' prices. */
class OutboundDeskTest {
    private static final PhoneNumber MAIN = new PhoneNumber("+18195550100");
    private static final PhoneNumber OUTSIDE = new PhoneNumber("+14165550142");
    private static final PhoneNumber MOBILE = new PhoneNumber("+14165550177");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CreditAccount ACCOUNT = new CreditAccount(TenantId.DEFAULT, "alice");

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
    private final MemoryOutboundBook book = new MemoryOutboundBook();
    private final InMemoryCdrStore cdrs = new InMemoryCdrStore();
    private Rater rater = Rater.of(List.of(deck("east", "0.60"), deck("west", "1.20"), deck("retail", "3.00")));
    private final InMemoryProvider east = provider("east");
    private final InMemoryProvider west = provider("west");
    private final User alice = new User(
            "alice", TenantId.DEFAULT, new CareFlowId(1), "Alice", List.of(Destination.sip("sip:1001")), false);
    private OutboundSettings settings = OutboundSettings.defaults().withHomeRegion("CA");
    private Pstn providers = Pstn.of(east, west);
    private boolean retail;
    private boolean unheard;
    private boolean misheard;
    private OutboundGuard guard = OutboundGuard.permissive();
    private Credit credit = new NoCredit(time.clock());
    private OutboundDesk desk = open();
    private CdrRecorder recorder = recorder();

    @Test
    @DisplayName("a provider that takes nothing is followed by the next one of the plan, and the record tells of both")
    void nextProvider() {
        Failure down = Failure.of(east.id(), "call.place", Effect.NONE, "refused");
        east.carrier().failNext(Operation.CALL_PLACE, new ProviderUnavailable(down));
        answering(west);
        assertThat(desk.callback(wants("a")))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Placed.class,
                        placed -> assertThat(placed.call().provider()).isEqualTo(west.id()));
        time.runUntilIdle();
        Cdr cdr = only();
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.carrier()).isEqualTo("west");
        assertThat(cdr.attempts()).extracting(tried -> tried.attempt().route()).contains("east");
    }

    @Test
    @DisplayName("a provider whose answer is lost is the last one that is tried")
    void doubtIsFinal() {
        Failure lost = Failure.of(east.id(), "call.place", Effect.UNKNOWN, "no answer");
        east.carrier().failNext(Operation.CALL_PLACE, new ProviderUnavailable(lost));
        answering(west);
        assertThat(desk.callback(wants("a"))).isInstanceOf(CallbackAnswer.InDoubt.class);
        time.runUntilIdle();
        assertThat(west.calls()).isEmpty();
        assertThat(desk.sweep()).isZero();
        time.run(Duration.ofMinutes(10));
        assertThat(desk.sweep()).isEqualTo(1);
        assertThat(only().disposition()).isEqualTo(Disposition.FAILED);
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        assertThat(desk.sweep()).isZero();
    }

    @Test
    @DisplayName("a user who answers after the command was given up is not joined with anybody")
    void tooLate() {
        answering(east);
        east.phone("sip:1001", SimulatedPhone.answersAfter(Duration.ofSeconds(20)));
        desk.callback(wants("a"));
        OutboundEntry placed = entry("a");
        assertThat(book.change(placed.become(OutboundEntry.State.ENDED, "given up", time.now())))
                .isTrue();
        time.runUntilIdle();
        assertThat(only().legs()).extracting(leg -> leg.destination()).containsExactly("sip:1001");
    }

    @Test
    @DisplayName("no provider takes it: a record with every attempt, nothing rings")
    void nobodyTakesIt() {
        east.carrier().goesDown("maintenance");
        west.carrier().goesDown("maintenance");
        assertThat(desk.callback(wants("a"))).isInstanceOf(CallbackAnswer.NoRoute.class);
        assertThat(only().attempts()).hasSize(2);
        assertThat(only().disposition()).isEqualTo(Disposition.FAILED);
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
    }

    @Test
    @DisplayName("a route whose provider is not registered is passed over; the next one carries the call")
    void unregistered() {
        providers = Pstn.of(west);
        answering(west);
        assertThat(desk.callback(wants("a")))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Placed.class,
                        placed -> assertThat(placed.call().provider()).isEqualTo(west.id()));
        time.runUntilIdle();
        assertThat(only().carrier()).isEqualTo("west");
        assertThat(only().attempts())
                .extracting(tried -> tried.attempt().because())
                .anySatisfy(because -> assertThat(because).contains("no provider 'east'"));
    }

    @Test
    @DisplayName("no provider is registered yet: an answer that says so, a record, and nothing stays set aside")
    void nobodyRegistered() {
        MemoryCredit ledger = ledger();
        providers = Pstn.of();
        assertThat(desk.callback(wants("a")))
                .isInstanceOfSatisfying(
                        CallbackAnswer.NoRoute.class,
                        none -> assertThat(none.because()).contains("no provider"));
        assertThat(only().disposition()).isEqualTo(Disposition.FAILED);
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        assertThat(ledger.balance(ACCOUNT).orElseThrow().held().signum()).isZero();
    }

    @Test
    @DisplayName("a conference where no provider is registered yet: denied, and nothing stays set aside for its guests")
    void nobodyRegisteredForGuests() {
        settings = settings.talkingAtMost(SECOND.multipliedBy(60));
        MemoryCredit ledger = ledger();
        providers = Pstn.of();
        assertThat(desk.callback(wants("a").with("+14165550143")))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.because()).contains("no provider"));
        assertThat(only().disposition()).isEqualTo(Disposition.DENIED);
        assertThat(ledger.balance(ACCOUNT).orElseThrow().held().signum()).isZero();
    }

    @Test
    @DisplayName("a machine on the user's phone is hung up on; without the setting nobody listens")
    void machine() {
        settings = settings.detectingMachines();
        desk = open();
        recorder = recorder();
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND).asMachine());
        east.phone(Destination.number(OUTSIDE), SimulatedPhone.neverAnswers());
        desk.callback(wants("a"));
        time.runUntilIdle();
        assertThat(only().times().answered()).isNull();
        assertThat(only().releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
        assertThat(Duration.between(only().times().started(), only().times().ended()))
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("a user on a telephone number pays for both legs, by the carrier's prices or by their own list")
    void mobile() {
        east.phone(Destination.number(MOBILE), SimulatedPhone.answersAfter(SECOND));
        east.phone(
                Destination.number(OUTSIDE),
                SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND.multipliedBy(10)));
        desk.callback(wants("a").on(Destination.number(MOBILE)));
        time.runUntilIdle();
        // 11 seconds of the mobile, 10 of the destination, at one cent a second.
        assertThat(only().cost().amount()).isEqualTo(Money.of("0.21", "USD"));
        assertThat(entry("a").because()).contains("0.21 USD");
    }

    @Test
    @DisplayName("a customer with a price list is charged by it, and the record keeps what the carrier takes")
    void retail() {
        retail = true;
        answering(east);
        desk.callback(wants("a"));
        time.runUntilIdle();
        assertThat(only().cost().amount()).isEqualTo(Money.of("0.03", "USD"));
        assertThat(entry("a").because()).startsWith("0.15 USD");
    }

    @Test
    @DisplayName("a record whose settlement failed is settled by the sweep of any node")
    void sweptSettlement() {
        answering(east);
        desk.callback(wants("a"));
        CdrRecorder bare = new CdrRecorder(cdrs, cdr -> cdr.cost(), new Quiet());
        recorder = desk.recording(bare);
        time.runUntilIdle();
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.PLACED);
        time.run(Duration.ofMinutes(2));
        assertThat(open().sweep()).isEqualTo(1);
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        // The recorder knew no price, the desk's own routes do.
        assertThat(entry("a").because()).startsWith("0.03 USD");
    }

    @Test
    @DisplayName("a provider that took nothing stands in the record also if the application died in between")
    void triedBeforeRestart() {
        Failure down = Failure.of(east.id(), "call.place", Effect.NONE, "refused, today");
        east.carrier().failNext(Operation.CALL_PLACE, new ProviderUnavailable(down));
        answering(west);
        desk.callback(wants("a"));
        desk = open();
        recorder = recorder();
        west.calls().forEach(call -> call.events().forEach(this::told));
        time.runUntilIdle();
        assertThat(only().attempts().get(0).attempt().route()).isEqualTo("east");
        assertThat(only().attempts().get(0).attempt().because()).contains("refused, today");
        assertThat(only().attempts().stream()
                        .filter(tried -> tried.attempt().route().equals("east")))
                .hasSize(1);
    }

    @Test
    @DisplayName("a call cut at its limit while nobody listened says so, whatever the network says")
    void cutUnheard() {
        settings = settings.talkingAtMost(SECOND.multipliedBy(7));
        desk = open();
        recorder = recorder();
        misheard = true;
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        east.phone(Destination.number(OUTSIDE), SimulatedPhone.answersAfter(SECOND));
        desk.callback(wants("a"));
        time.runUntilIdle();
        assertThat(only().cause()).isEqualTo(HangupCause.TIMER_EXPIRED);
        assertThat(only().releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName(
            "a call that is over without a record is never free: it stays in doubt and held until somebody settles it")
    void unknownEnd() {
        MemoryCredit ledger = ledger();
        settings = settings.talkingAtMost(SECOND.multipliedBy(60));
        desk = open();
        answering(east);
        desk.callback(wants("a"));
        unheard = true;
        time.runUntilIdle();
        sweepFor(Duration.ofHours(3));
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.IN_DOUBT);
        assertThat(desk.unsettled()).extracting(OutboundEntry::command).containsExactly(new CommandId("a"));
        assertThat(ledger.balance(ACCOUNT).orElseThrow().held().signum()).isPositive();
        assertThatThrownBy(() -> desk.settle(new CommandId("a"), SECOND, Money.of("0.03", "EUR"), "carrier's record"))
                .isInstanceOf(IllegalArgumentException.class);

        desk.settle(new CommandId("a"), SECOND.multipliedBy(3), Money.of("0.03", "USD"), "carrier's record");
        assertThat(ledger.balance(ACCOUNT).orElseThrow().available()).isEqualTo(Money.of("8.97", "USD"));
        assertThat(desk.unsettled()).isEmpty();
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        assertThatThrownBy(() -> desk.settle(new CommandId("a"), SECOND, Money.of("0.04", "USD"), "again"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a record that comes late settles a call that was in doubt")
    void lateRecord() {
        MemoryCredit ledger = ledger();
        answering(east);
        desk.callback(wants("a"));
        unheard = true;
        time.runUntilIdle();
        sweepFor(Duration.ofHours(3));
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.IN_DOUBT);
        unheard = false;
        east.calls().forEach(call -> call.events().forEach(this::told));
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.ENDED);
        assertThat(ledger.balance(ACCOUNT).orElseThrow().available()).isEqualTo(Money.of("8.97", "USD"));
    }

    @Test
    @DisplayName("a price that is gone at the end: nobody pays for what was not answered, else all that was set aside")
    void priceGone() {
        MemoryCredit ledger = ledger();
        answering(east);
        east.phone(Destination.number(OUTSIDE), SimulatedPhone.neverAnswers());
        desk.callback(wants("a"));
        Rater before = rater;
        rater = Rater.of(List.of());
        time.runUntilIdle();
        assertThat(ledger.balance(ACCOUNT).orElseThrow().available()).isEqualTo(Money.of("9.00", "USD"));
        rater = before;
        answering(east);
        desk.callback(wants("b"));
        Money held = ledger.balance(ACCOUNT).orElseThrow().held();
        rater = Rater.of(List.of());
        time.runUntilIdle();
        assertThat(entry("b").because()).startsWith("all of " + held);
        assertThat(ledger.balance(ACCOUNT).orElseThrow().booked())
                .isEqualTo(Money.of("9.00", "USD").minus(held));
    }

    @Test
    @DisplayName("a command that cannot be ended now keeps a sweep from no other")
    void sweepGoesOn() {
        Failure down = Failure.of(east.id(), "call.place", Effect.NONE, "refused");
        east.carrier().failNext(Operation.CALL_PLACE, new ProviderUnavailable(down));
        answering(west);
        desk.callback(wants("a"));
        answering(east);
        desk.callback(wants("b"));
        recorder = desk.recording(new CdrRecorder(cdrs, cdr -> cdr.cost(), new Quiet()));
        unheard = true;
        time.run(Duration.ofMinutes(2));
        unheard = false;
        east.calls().forEach(call -> call.events().forEach(this::told));
        west.carrier().goesDown("maintenance");
        assertThatThrownBy(() -> desk.sweep()).isInstanceOf(ProviderUnavailable.class);
        assertThat(entry("a").state()).isEqualTo(OutboundEntry.State.PLACED);
        assertThat(entry("b").state()).isEqualTo(OutboundEntry.State.ENDED);
    }

    @Test
    @DisplayName("a user whose age is told calls abroad; one of whom it is not known calls home only")
    void userSince() {
        GuardRules rules = GuardRules.standard("CA")
                .limit(GuardRule.PRICE_PER_MINUTE, Money.of("2.00", "USD"))
                .allowing("US");
        CallGuard library =
                new CallGuard(GuardRulesBook.always(rules), new MemoryGuardStore(time.clock()), time.clock());
        guard = OutboundGuard.of(library);
        desk = open();
        answering(east);
        CallbackRequest abroad = CallbackRequest.of(new CommandId("a"), alice, "+12125550142", MAIN);
        assertThat(desk.callback(abroad))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.rules()).containsExactly("new-user"));
        guard = OutboundGuard.of(
                library, (tenant, user) -> Optional.of(time.now().minus(Duration.ofDays(2))));
        desk = open();
        recorder = recorder();
        assertThat(desk.callback(CallbackRequest.of(new CommandId("b"), alice, "+12125550142", MAIN)))
                .isInstanceOf(CallbackAnswer.Placed.class);
    }

    @Test
    @DisplayName(
            "short codes, emergency numbers among them, and numbers that nobody can read are refused with a record")
    void unreadable() {
        assertThat(desk.callback(CallbackRequest.of(new CommandId("a"), alice, "911", MAIN)))
                .isInstanceOf(CallbackAnswer.Denied.class);
        assertThat(desk.callback(CallbackRequest.of(new CommandId("b"), alice, "call me", MAIN)))
                .isInstanceOf(CallbackAnswer.Denied.class);
        assertThat(desk.callback(CallbackRequest.of(new CommandId("c"), alice, "9999", MAIN)))
                .isInstanceOf(CallbackAnswer.Denied.class);
        assertThat(records()).hasSize(3).allMatch(cdr -> cdr.disposition() == Disposition.UNKNOWN_NUMBER);
    }

    @Test
    @DisplayName("an application hangs up by the command; one that is not known is no error")
    void hangUp() {
        answering(east);
        desk.callback(wants("a"));
        time.run(Duration.ofMillis(2500));
        desk.hangUp(new CommandId("a"));
        desk.hangUp(new CommandId("nobody"));
        time.runUntilIdle();
        assertThat(only().releasedBy()).isEqualTo(ReleasedBy.SYSTEM);
    }

    @Test
    @DisplayName("a desk without a guard, credit, book or records is not opened")
    void incomplete() {
        assertThatThrownBy(() -> OutboundDesk.builder().open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("providers");
    }

    @Test
    @DisplayName(
            "the library's guard and ledger: a dear or foreign number is refused by its rules, an allowed one is settled")
    void guardAndLedger() {
        GuardRules rules = GuardRules.standard("CA")
                .inCurrency(Currency.getInstance("USD"))
                .limit(GuardRule.PRICE_PER_MINUTE, Money.of("2.00", "USD"))
                .allowing("CA", "US");
        guard = OutboundGuard.of(
                new CallGuard(GuardRulesBook.always(rules), new MemoryGuardStore(time.clock()), time.clock()));
        MemoryCredit ledger = new MemoryCredit(time.clock());
        CreditAccount account = new CreditAccount(TenantId.DEFAULT, "alice");
        ledger.open(account, CreditTerms.prepaid(Currency.getInstance("USD")));
        assertThat(ledger.pay(new CommandId("paid-in"), account, Money.of("1.00", "USD"), "cash"))
                .isTrue();
        credit = ledger;
        settings = settings.talkingAtMost(Duration.ofSeconds(60));
        desk = open();
        recorder = recorder();
        answering(east);
        assertThat(desk.callback(wants("a"))).isInstanceOf(CallbackAnswer.Placed.class);
        time.runUntilIdle();
        assertThat(only().disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(ledger.balance(account).orElseThrow().available()).isEqualTo(Money.of("0.97", "USD"));
        assertThat(ledger.balance(account).orElseThrow().held().signum()).isZero();
        CallbackRequest abroad = CallbackRequest.of(new CommandId("b"), alice, "+18765550142", MAIN);
        assertThat(desk.callback(abroad))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.rules()).contains("country"));
    }

    @Test
    @DisplayName("three meet in a conference; the user leaves and it ends for all; each outside is recorded and paid")
    void conference() {
        PhoneNumber third = new PhoneNumber("+14165550143");
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND.multipliedBy(12)));
        east.phone(Destination.number(OUTSIDE), SimulatedPhone.answersAfter(SECOND));
        east.phone(Destination.number(third), SimulatedPhone.answersAfter(SECOND.multipliedBy(2)));
        assertThat(desk.callback(wants("a").with(third.e164()))).isInstanceOf(CallbackAnswer.Placed.class);
        time.runUntilIdle();
        assertThat(records()).hasSize(3).allMatch(cdr -> cdr.disposition() == Disposition.ANSWERED);
        assertThat(records())
                .extracting(cdr -> cdr.cost().amount())
                .containsExactlyInAnyOrder(Money.of("0", "XXX"), Money.of("0.11", "USD"), Money.of("0.10", "USD"));
        assertThat(List.of(
                        entry("a").state(), entry("a/1").state(), entry("a/2").state()))
                .containsOnly(OutboundEntry.State.ENDED);
        assertThat(east.calls()).hasSize(3);
    }

    @Test
    @DisplayName("a user who does not come to the conference is not waited for: nobody else is called")
    void conferenceWithoutUser() {
        east.phone("sip:1001", SimulatedPhone.neverAnswers());
        assertThat(desk.callback(wants("a").with("+14165550143"))).isInstanceOf(CallbackAnswer.Placed.class);
        time.runUntilIdle();
        assertThat(east.calls()).hasSize(1);
        assertThat(List.of(
                        entry("a").state(), entry("a/1").state(), entry("a/2").state()))
                .containsOnly(OutboundEntry.State.ENDED);
    }

    @Test
    @DisplayName("a meeting ends when its user leaves also while no application listens")
    void hostLeavesUnheard() {
        PhoneNumber third = new PhoneNumber("+14165550143");
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND.multipliedBy(12)));
        east.phone(Destination.number(OUTSIDE), SimulatedPhone.answersAfter(SECOND));
        east.phone(Destination.number(third), SimulatedPhone.answersAfter(SECOND));
        assertThat(desk.callback(wants("a").with(third.e164()))).isInstanceOf(CallbackAnswer.Placed.class);
        time.run(SECOND.multipliedBy(8));
        assertThat(east.calls()).hasSize(3).noneMatch(call -> call.isOver());
        unheard = true;
        time.run(SECOND.multipliedBy(8));
        assertThat(east.calls()).allMatch(call -> call.isOver());
    }

    @Test
    @DisplayName(
            "each guest of a meeting passes the guard and has money set aside: else nothing rings and all is given back")
    void guestsAreGuardedAndPaid() {
        GuardRules rules = GuardRules.standard("CA")
                .limit(GuardRule.PRICE_PER_MINUTE, Money.of("2.00", "USD"))
                .limit(GuardRule.USER_SPEND_HOUR, Money.of("9.00", "USD"))
                .limit(GuardRule.USER_SPEND_DAY, Money.of("9.00", "USD"));
        guard = OutboundGuard.of(
                new CallGuard(GuardRulesBook.always(rules), new MemoryGuardStore(time.clock()), time.clock()));
        settings = settings.talkingAtMost(SECOND.multipliedBy(60));
        MemoryCredit ledger = ledger();
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        assertThat(desk.callback(wants("a").with("+19005550142")))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.rules()).contains("number-type"));
        assertThat(ledger.balance(ACCOUNT).orElseThrow().held().signum()).isZero();
        // What is left pays a minute of one guest, and a quarter of the other one's.
        assertThat(ledger.adjust(new CommandId("less"), ACCOUNT, Money.of("-7.50", "USD"), "test"))
                .isTrue();
        CallbackAnswer poor = desk.callback(CallbackRequest.of(new CommandId("b"), alice, OUTSIDE.e164(), MAIN)
                .with("+14165550143"));
        assertThat(poor).isInstanceOf(CallbackAnswer.Placed.class);
        assertThat(ledger.balance(ACCOUNT).orElseThrow().held()).isEqualTo(Money.of("1.50", "USD"));
        time.runUntilIdle();
        assertThat(east.calls()).isNotEmpty();
    }

    @Test
    @DisplayName("a provider without conferences refuses the third party before anything rings")
    void noConference() {
        InMemoryProvider bare = InMemoryProvider.answeredBy(event -> desk.next(event))
                .id("east")
                .time(time)
                .without(Conferences.class)
                .start();
        providers = Pstn.of(bare, west);
        bare.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        assertThat(desk.callback(wants("a").with("+14165550143")))
                .isInstanceOfSatisfying(
                        CallbackAnswer.Denied.class,
                        denied -> assertThat(denied.rules()).containsExactly("conference"));
        time.runUntilIdle();
        assertThat(bare.calls()).isEmpty();
        assertThat(only().disposition()).isEqualTo(Disposition.DENIED);
    }

    private void answering(InMemoryProvider provider) {
        provider.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        provider.phone(
                Destination.number(OUTSIDE),
                SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND.multipliedBy(3)));
    }

    private CallbackRequest wants(String command) {
        return CallbackRequest.of(new CommandId(command), alice, OUTSIDE.e164(), MAIN);
    }

    private OutboundEntry entry(String command) {
        return book.find(new CommandId(command)).orElseThrow();
    }

    private Cdr only() {
        assertThat(records()).hasSize(1);
        return records().get(0);
    }

    private List<Cdr> records() {
        List<Cdr> all = new ArrayList<>();
        cdrs.each(CdrQuery.between(Instant.EPOCH, time.now().plusSeconds(1)), all::add);
        return all;
    }

    private InMemoryProvider provider(String id) {
        return InMemoryProvider.answeredBy(event -> desk.next(event))
                .id(id)
                .time(time)
                .telling(this::told)
                .start();
    }

    private void told(CallEvent event) {
        if (unheard) {
            return;
        }
        CallEvent heard = misheard && event instanceof CallEnded ended
                ? new CallEnded(
                        ended.id(),
                        ended.occurredAt(),
                        ended.call(),
                        HangupCause.NORMAL_CLEARING,
                        ReleasedBy.CALLEE,
                        true)
                : event;
        desk.accept(heard);
        recorder.accept(heard);
    }

    private MemoryCredit ledger() {
        MemoryCredit ledger = new MemoryCredit(time.clock());
        ledger.open(ACCOUNT, CreditTerms.prepaid(Currency.getInstance("USD")));
        assertThat(ledger.pay(new CommandId("paid-in"), ACCOUNT, Money.of("9.00", "USD"), "cash"))
                .isTrue();
        credit = ledger;
        desk = open();
        recorder = recorder();
        return ledger;
    }

    private void sweepFor(Duration span) {
        for (Instant end = time.now().plus(span); time.now().isBefore(end); ) {
            time.run(Duration.ofMinutes(1));
            int unused = desk.sweep();
        }
    }

    private OutboundDesk open() {
        return OutboundDesk.builder()
                .providers(() -> providers, new ProviderId("east"))
                .directory(new Ours())
                .routing(
                        tenant -> RoutingTable.of(List.of(route("east", 1), route("west", 2)), rater),
                        new RoutePlanner(time.clock(), new Random(1)),
                        RoutingPolicy.of(RouteOrder.PRIORITY, Currency.getInstance("USD")))
                .selling(() -> rater, user -> retail ? Optional.of("retail") : Optional.empty())
                .guard(guard)
                .credit(credit)
                .book(book)
                .records(cdrs)
                .telling(event -> recorder.accept(event))
                .clock(time.clock())
                .settings(settings)
                .open();
    }

    private CdrRecorder recorder() {
        OutboundPricing pricing = new OutboundPricing(() -> rater, new DeckPricing(() -> rater));
        return desk.recording(new CdrRecorder(cdrs, pricing, desk.settling(new Quiet())));
    }

    private static Route route(String id, int priority) {
        return Route.of(id, new ProviderId(id), CallerIdRule.ours()).withPriority(priority);
    }

    private static RateDeck deck(String carrier, String perMinute) {
        return RateDeck.builder(carrier, "1", carrier, Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .add(Rate.builder("1").perMinute(perMinute).increments(1, 1).build())
                .build();
    }

    private static final class Quiet implements CdrRecorder.Listener {
        @Override
        public void recorded(Cdr cdr, Appended result) {}

        @Override
        public void failed(Cdr cdr, RuntimeException failure) {
            throw failure;
        }

        @Override
        public void unsettled(Cdr cdr, RuntimeException failure) {
            throw failure;
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
