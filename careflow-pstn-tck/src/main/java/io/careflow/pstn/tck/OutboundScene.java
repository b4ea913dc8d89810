package io.careflow.pstn.tck;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.consent.ConsentDesk;
import io.careflow.pstn.consent.ConsentRecord;
import io.careflow.pstn.consent.ConsentRules;
import io.careflow.pstn.consent.ConsentWording;
import io.careflow.pstn.consent.Jurisdiction;
import io.careflow.pstn.consent.RecordingPolicy;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.DeckPricing;
import io.careflow.pstn.desk.MemoryOutboundBook;
import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.desk.OutboundDeskBuilder;
import io.careflow.pstn.desk.OutboundEntry;
import io.careflow.pstn.desk.OutboundPricing;
import io.careflow.pstn.desk.OutboundPrompts;
import io.careflow.pstn.desk.OutboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.routing.RouteOrder;
import io.careflow.pstn.routing.RoutePlanner;
import io.careflow.pstn.routing.RoutingPolicy;
import io.careflow.pstn.routing.RoutingTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One story: a desk on a stage, with all that it needs. */
final class OutboundScene implements AutoCloseable {
    static final TenantId TENANT = new TenantId("clinic");

    private final OutboundStage stage;
    private final Currency dollars = Currency.getInstance("USD");
    private final Rater rater = Rater.of(List.of(deck("first", "0.60"), deck("second", "1.20")));
    private final InMemoryCdrStore cdrs = new InMemoryCdrStore();
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private final InMemoryConsentLog consents = new InMemoryConsentLog();
    private final Supplier<? extends OutboundBook> books;
    private final OutboundBook book;
    private final Gate gate;
    private final OutboundSettings settings;
    private final User alice = user("alice", 1, "sip:1001");
    private final User bob = user("bob", 2, "sip:1002");
    private final List<Route> routes;
    private @Nullable Pstn pstn;
    private OutboundDesk desk;
    private CdrRecorder recorder;
    private @Nullable Jurisdiction place;

    /** With a book in the memory of this process. */
    OutboundScene(OutboundStage stage, OutboundSettings settings, Gate gate, List<Route> routes) {
        this(stage, settings, gate, routes, inMemory());
    }

    /** Each node asks for the book once. */
    OutboundScene(
            OutboundStage stage,
            OutboundSettings settings,
            Gate gate,
            List<Route> routes,
            Supplier<? extends OutboundBook> books) {
        this.stage = stage;
        this.books = books;
        this.book = books.get();
        this.routes = List.copyOf(routes);
        this.settings = settings;
        this.gate = gate;
        this.desk = open();
        this.recorder = recorder(desk);
        this.pstn = stage.start(desk.orElse(desk), this::told);
    }

    static Supplier<OutboundBook> inMemory() {
        OutboundBook book = new MemoryOutboundBook();
        return () -> book;
    }

    Gate gate() {
        return gate;
    }

    OutboundDesk desk() {
        return desk;
    }

    /** Of the provider of the users' phones. */
    CallControl control() {
        return Objects.requireNonNull(pstn, "pstn")
                .provider(routes.get(0).provider())
                .require(CallControl.class);
    }

    User alice() {
        return alice;
    }

    /** Calls may be recorded, and everybody is here. */
    OutboundScene recordingIn(String jurisdiction) {
        place = new Jurisdiction(jurisdiction);
        restart();
        return this;
    }

    List<ConsentRecord.Answer> consents(CallRef call) {
        return consents.of(call).stream().map(ConsentRecord::answer).toList();
    }

    boolean flowsKnow(String part) {
        return Objects.requireNonNull(pstn)
                .provider(stage.routes().get(0).provider())
                .require(CallControl.class)
                .flows()
                .supported()
                .contains(part);
    }

    /** Another node of the same application. */
    OutboundDesk node() {
        return open();
    }

    /** The application dies and another one begins on the same stores. */
    void restart() {
        desk = open();
        recorder = recorder(desk);
        stage.restart(desk.orElse(desk), this::told);
    }

    CallbackRequest wants(String command, String destination) {
        return CallbackRequest.of(new CommandId(command), alice, destination, stage.callerId());
    }

    /** Calls back, and waits for the record and its settlement. */
    Cdr callback(CallbackRequest request) {
        CallbackAnswer answer = desk.callback(request);
        if (!(answer instanceof CallbackAnswer.Placed)) {
            throw new AssertionError("the call was not placed: " + answer);
        }
        return ended(request.command());
    }

    /** The record of a command that is about to end. */
    Cdr ended(CommandId command) {
        stage.until(() -> entry(command).state() == OutboundEntry.State.ENDED);
        return record(command);
    }

    Cdr record(CommandId command) {
        OutboundEntry entry = entry(command);
        return cdrs.find(Optional.ofNullable(entry.call())
                        .orElse(new CallRef(new ProviderId("outbound"), command.value())))
                .orElseThrow(() -> new AssertionError("no record of " + entry));
    }

    OutboundEntry entry(CommandId command) {
        return book.find(command).orElseThrow(() -> new AssertionError("no entry of " + command));
    }

    CommandId commandOf(Cdr cdr) {
        return book.find(cdr.call())
                .orElseThrow(() -> new AssertionError("no entry of " + cdr.call()))
                .command();
    }

    List<Cdr> records() {
        List<Cdr> all = new ArrayList<>();
        cdrs.each(CdrQuery.between(Instant.EPOCH, stage.clock().instant().plus(Duration.ofDays(1))), all::add);
        return all;
    }

    @Override
    public void close() {
        stage.close();
        if (!failures.isEmpty()) {
            throw new AssertionError("recording failed", failures.get(0));
        }
    }

    private void told(CallEvent event) {
        desk.accept(event);
        recorder.accept(event);
    }

    private OutboundDesk open() {
        return gate.before(recording(OutboundDesk.builder()))
                .providers(
                        () -> Objects.requireNonNull(pstn, "the stage has not started"),
                        stage.routes().get(0).provider())
                .directory(new Lists())
                .routing(
                        tenant -> RoutingTable.of(routes, rater),
                        new RoutePlanner(stage.clock(), new Random(1)),
                        RoutingPolicy.of(RouteOrder.PRIORITY, dollars))
                .book(books.get())
                .records(cdrs)
                .telling(event -> recorder.accept(event))
                .dialling(
                        phone -> List.of(alice, bob).stream()
                                .filter(user -> user.endpoints().contains(Destination.sip(phone)))
                                .findFirst(),
                        user -> stage.callerId())
                .clock(stage.clock())
                .settings(settings)
                .open();
    }

    private OutboundDeskBuilder recording(OutboundDeskBuilder builder) {
        Jurisdiction everybody = place;
        if (everybody == null) {
            return builder;
        }
        Prompt spoken = OutboundPrompts.english().warning();
        return builder.recording(
                new RecordingPolicy(ConsentRules.standard(), party -> everybody),
                new ConsentDesk(consents, new ConsentWording("en-1", spoken, spoken), stage.clock()),
                failures::add);
    }

    private CdrRecorder recorder(OutboundDesk of) {
        CdrRecorder.Listener listener = new CdrRecorder.Listener() {
            @Override
            public void recorded(Cdr cdr, Appended result) {}

            @Override
            public void failed(Cdr cdr, RuntimeException failure) {
                failures.add(failure);
            }

            @Override
            public void unpriced(Cdr cdr, RuntimeException failure) {
                failures.add(failure);
            }

            @Override
            public void incomplete(Cdr cdr, RuntimeException failure) {
                failures.add(failure);
            }

            @Override
            public void unsettled(Cdr cdr, RuntimeException failure) {
                failures.add(failure);
            }
        };
        OutboundPricing pricing = new OutboundPricing(() -> rater, new DeckPricing(() -> rater));
        return of.recording(new CdrRecorder(cdrs, pricing, of.settling(listener)));
    }

    private static RateDeck deck(String carrier, String perMinute) {
        return RateDeck.builder(carrier, "1", carrier, Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .add(Rate.builder("1").perMinute(perMinute).increments(1, 1).build())
                .build();
    }

    private static User user(String id, int number, String phone) {
        return new User(id, TENANT, new CareFlowId(number), id, List.of(Destination.sip(phone)), false);
    }

    private final class Lists implements Directory {
        @Override
        public Optional<Did> did(PhoneNumber number) {
            if (number.equals(stage.callerId())) {
                return Optional.of(new Did(number, TENANT, "first", null));
            }
            return number.e164().equals(OutboundJourneyConformance.OF_BOB)
                    ? Optional.of(new Did(number, TENANT, "first", bob))
                    : Optional.empty();
        }

        @Override
        public Optional<User> user(TenantId tenant, CareFlowId id) {
            return List.of(alice, bob).stream()
                    .filter(user ->
                            user.tenant().equals(tenant) && user.careFlowId().equals(id))
                    .findFirst();
        }
    }
}
