package io.careflow.pstn.conformance;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.AdmissionRequest;
import io.careflow.pstn.admission.AdmissionResult;
import io.careflow.pstn.admission.Admitted;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.CdrRecorder;
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
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardReport;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
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
import io.careflow.pstn.tck.OneStep;
import io.careflow.pstn.tck.SimulatedCall;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import io.careflow.pstn.tck.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A desk that takes guard and credit in one step, with nine dollars, a cent a second, and trouble on demand. */
final class AdmissionPlay {
    static final PhoneNumber OUTSIDE = new PhoneNumber("+14165550142");
    static final PhoneNumber MOBILE = new PhoneNumber("+14165550177");
    private static final PhoneNumber MAIN = new PhoneNumber("+18195550100");
    private static final CreditAccount ACCOUNT = new CreditAccount(TenantId.DEFAULT, "alice");

    final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
    final OneStep stores = OneStep.inMemory(time.clock());
    final GuardReport report = new GuardReport();
    final List<String> ended = new ArrayList<>();
    final InMemoryProvider east = InMemoryProvider.answeredBy(event -> desk().next(event))
            .id("east")
            .time(time)
            .telling(event -> {
                desk().accept(event);
                recorder().accept(event);
            })
            .start();
    private final User alice = new User(
            "alice", TenantId.DEFAULT, new CareFlowId(1), "Alice", List.of(Destination.sip("sip:1001")), false);
    private final MemoryOutboundBook book = new MemoryOutboundBook();
    private final InMemoryCdrStore cdrs = new InMemoryCdrStore();
    private final Rater rater = Rater.of(List.of(RateDeck.builder("east", "1", "east", Direction.OUTBOUND)
            .currency(Currency.getInstance("USD"))
            .add(Rate.builder("1").perMinute("0.60").increments(1, 1).build())
            .build()));
    private final GuardRules rules;
    private final CdrRecorder recorder;
    Runnable beforeAdmitting = () -> {};
    Runnable beforeEnding = () -> {};
    Runnable beforeWriting = () -> {};
    Runnable beforeProviders = () -> {};

    AdmissionPlay(GuardRules rules) {
        this.rules = rules;
        this.recorder = listening();
        stores.credit().open(ACCOUNT, CreditTerms.prepaid(Currency.getInstance("USD")));
        boolean unused = stores.credit().pay(new CommandId("paid-in"), ACCOUNT, Money.of("9.00", "USD"), "cash");
        phone(Destination.sip("sip:1001"));
        phone(Destination.number(MOBILE));
        east.phone(
                Destination.number(OUTSIDE),
                SimulatedPhone.answersAfter(Duration.ofSeconds(1)).hangingUpAfter(Duration.ofSeconds(10)));
    }

    /** As most stories need them. */
    static GuardRules lenient() {
        return GuardRules.standard("CA")
                .limit(GuardRule.PRICE_PER_MINUTE, Money.of("2.00", "USD"))
                .limit(GuardRule.USER_SPEND_HOUR, Money.of("100.00", "USD"))
                .limit(GuardRule.USER_SPEND_DAY, Money.of("100.00", "USD"));
    }

    private void phone(Destination destination) {
        east.phone(destination, SimulatedPhone.answersAfter(Duration.ofSeconds(1)));
    }

    CallbackRequest wants(String command) {
        return CallbackRequest.of(new CommandId(command), alice, OUTSIDE.e164(), MAIN);
    }

    /** The user's own phone dials. */
    void dials(PhoneNumber number) {
        SimulatedCall unused = east.call(
                SimulatedCaller.from("sip:1001").dialling(number.e164()).hangsUpAfterTalking(Duration.ofSeconds(5)),
                CallOrigin.of(SipAddress.parse("sip:1001")));
    }

    OutboundEntry entry(String command) {
        return book.find(new CommandId(command)).orElseThrow();
    }

    /** Somebody else spends from the account. */
    void spend(String amount) {
        Money less = Money.of("-" + amount, "USD");
        boolean unused = stores.credit().adjust(new CommandId("other-" + amount), ACCOUNT, less, "other");
    }

    String available() {
        return stores.credit()
                .balance(ACCOUNT)
                .orElseThrow()
                .available()
                .amount()
                .stripTrailingZeros()
                .toPlainString();
    }

    String held() {
        return stores.credit()
                .balance(ACCOUNT)
                .orElseThrow()
                .held()
                .amount()
                .stripTrailingZeros()
                .toPlainString();
    }

    /** How many calls go on. */
    int atOnce() {
        return counted(GuardRule.USER_AT_ONCE).intValueExact();
    }

    /** What the guard counts under a rule, of anybody's calls. */
    BigDecimal counted(GuardRule rule) {
        return guard(lenient())
                .explain(GuardRequest.of("somebody else", TenantId.DEFAULT, "alice", GuardPurpose.CALL, OUTSIDE)
                        .pricedPerMinute(Money.of("0.01", "USD")))
                .rulings()
                .stream()
                .filter(ruling -> ruling.rule() == rule)
                .findFirst()
                .map(ruling -> new BigDecimal(ruling.current()))
                .orElseThrow();
    }

    private CallGuard guard(GuardRules by) {
        return new CallGuard(GuardRulesBook.always(by), stores.guards(), time.clock(), report);
    }

    /** Of another node each time: it keeps nothing. */
    OutboundDesk desk() {
        return builder()
                .guard(OutboundGuard.of(guard(rules)))
                .credit(stores.credit())
                .admission(new Troubled())
                .open();
    }

    /** All but guard and credit. */
    OutboundDeskBuilder builder() {
        return OutboundDesk.builder()
                .providers(this::providers, new ProviderId("east"))
                .directory(new Ours())
                .routing(
                        tenant -> RoutingTable.of(
                                List.of(Route.of("east", new ProviderId("east"), CallerIdRule.ours())), rater),
                        new RoutePlanner(time.clock(), new Random(1)),
                        RoutingPolicy.of(RouteOrder.PRIORITY, Currency.getInstance("USD")))
                .dialling(phone -> Optional.of(alice), user -> MAIN)
                .book(new Interrupted())
                .records(cdrs)
                .clock(time.clock())
                .settings(OutboundSettings.defaults().withHomeRegion("CA").talkingAtMost(Duration.ofHours(1)));
    }

    /** Something else happens before a provider is asked. */
    private Pstn providers() {
        beforeProviders.run();
        return Pstn.of(east);
    }

    private CdrRecorder recorder() {
        return recorder;
    }

    private CdrRecorder listening() {
        OutboundPricing pricing = new OutboundPricing(() -> rater, new DeckPricing(() -> rater));
        OutboundDesk desk = desk();
        return desk.recording(new CdrRecorder(cdrs, pricing, desk.settling(new Quiet())));
    }

    /** Something else happens before anything is taken or ended. */
    private final class Troubled implements Admission {
        @Override
        public Admitted admit(AdmissionRequest request) {
            beforeAdmitting.run();
            return stores.admission().admit(request);
        }

        @Override
        public Settlement complete(AdmissionResult result) {
            beforeEnding.run();
            ended.add(result.cost().toString());
            return stores.admission().complete(result);
        }

        @Override
        public void cancel(String holder, CommandId hold, List<String> spendKeys, String because) {
            beforeEnding.run();
            ended.add("nothing");
            stores.admission().cancel(holder, hold, spendKeys, because);
        }
    }

    /** Something else happens before anything is written. */
    private final class Interrupted implements OutboundBook {
        @Override
        public Opened open(OutboundEntry first) {
            return book.open(first);
        }

        @Override
        public boolean change(OutboundEntry next) {
            beforeWriting.run();
            return book.change(next);
        }

        @Override
        public Optional<OutboundEntry> find(CommandId command) {
            return book.find(command);
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

    private static final class Quiet implements CdrRecorder.Listener {
        @Override
        public void recorded(Cdr cdr, Appended result) {}

        @Override
        public void failed(Cdr cdr, RuntimeException failure) {
            throw failure;
        }

        @Override
        public void unsettled(Cdr cdr, RuntimeException failure) {
            // A sweep comes back to it.
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
