package io.careflow.pstn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Appended;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import io.careflow.pstn.credit.NoCredit;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.DeckPricing;
import io.careflow.pstn.desk.MemoryOutboundBook;
import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.desk.OutboundEntry;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.desk.OutboundPricing;
import io.careflow.pstn.desk.OutboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
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

@DisplayName("The book of an outbound desk goes away while calls go on")
class OutboundFailuresTest {
    private static final PhoneNumber MAIN = new PhoneNumber("+18195550100");
    private static final PhoneNumber OUTSIDE = new PhoneNumber("+14165550142");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-01-05T12:00:00Z"));
    private final Shelf book = new Shelf();
    private final InMemoryCdrStore cdrs = new InMemoryCdrStore();
    private final List<RuntimeException> failures = new ArrayList<>();
    private final Rater rater = Rater.of(List.of(RateDeck.builder("east", "1", "east", Direction.OUTBOUND)
            .currency(Currency.getInstance("USD"))
            .add(Rate.builder("1").perMinute("0.60").increments(1, 1).build())
            .build()));
    private final InMemoryProvider east = InMemoryProvider.answeredBy(event -> desk().next(event))
            .id("east")
            .time(time)
            .telling(event -> {
                desk().accept(event);
                recorder().accept(event);
            })
            .start();
    private final User alice = new User(
            "alice", TenantId.DEFAULT, new CareFlowId(1), "Alice", List.of(Destination.sip("sip:1001")), false);
    private final OutboundDesk desk = open();
    private final CdrRecorder recorder = desk.recording(new CdrRecorder(
            cdrs,
            new OutboundPricing(() -> rater, new DeckPricing(() -> rater)),
            desk.settling(new CdrRecorder.Listener() {
                @Override
                public void recorded(Cdr cdr, Appended result) {}

                @Override
                public void failed(Cdr cdr, RuntimeException failure) {
                    throw failure;
                }
            })));

    @Test
    @DisplayName("once a provider was asked nothing is thrown: the answer says that it rings, and the sweep settles it")
    void rings() {
        answering();
        book.away(2);
        CallbackAnswer answer = desk.callback(wants());
        assertThat(answer).isInstanceOf(CallbackAnswer.Placed.class);
        assertThat(failures).isNotEmpty();
        book.back();
        time.runUntilIdle();
        assertThat(only().disposition()).isEqualTo(Disposition.ANSWERED);
        int unused = desk.sweep();
        assertThat(book.find(new CommandId("a")).orElseThrow().state()).isEqualTo(OutboundEntry.State.ENDED);
        assertThat(desk.callback(wants())).isInstanceOf(CallbackAnswer.Repeated.class);
    }

    @Test
    @DisplayName("the recorder hears of every event, and the record is made; who listens to failures hears why")
    void recorded() {
        answering();
        desk.callback(wants());
        time.run(SECOND.multipliedBy(4));
        book.away(0);
        time.runUntilIdle();
        assertThat(only().disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(failures).isNotEmpty();
        book.back();
        int unused = desk.sweep();
    }

    @Test
    @DisplayName("before a provider was asked what the book throws is thrown on, and nothing rings")
    void nothingRings() {
        answering();
        book.away(0);
        assertThatThrownBy(() -> desk.callback(wants())).hasMessage("the book is away");
        time.runUntilIdle();
        assertThat(east.calls()).isEmpty();
    }

    private Cdr only() {
        List<Cdr> all = new ArrayList<>();
        cdrs.each(CdrQuery.between(Instant.EPOCH, time.now().plus(Duration.ofDays(1))), all::add);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void answering() {
        east.phone("sip:1001", SimulatedPhone.answersAfter(SECOND));
        east.phone(
                Destination.number(OUTSIDE),
                SimulatedPhone.answersAfter(SECOND).hangingUpAfter(SECOND.multipliedBy(10)));
    }

    private CallbackRequest wants() {
        return CallbackRequest.of(new CommandId("a"), alice, OUTSIDE.e164(), MAIN);
    }

    private OutboundDesk desk() {
        return desk;
    }

    private CdrRecorder recorder() {
        return recorder;
    }

    private OutboundDesk open() {
        return OutboundDesk.builder()
                .providers(() -> Pstn.of(east), new ProviderId("east"))
                .directory(new Ours())
                .routing(
                        tenant -> RoutingTable.of(
                                List.of(Route.of("east", new ProviderId("east"), CallerIdRule.ours())), rater),
                        new RoutePlanner(time.clock(), new Random(1)),
                        RoutingPolicy.of(RouteOrder.PRIORITY, Currency.getInstance("USD")))
                .guard(OutboundGuard.permissive())
                .credit(new NoCredit(time.clock()))
                .book(book)
                .records(cdrs)
                .clock(time.clock())
                .settings(OutboundSettings.defaults().withHomeRegion("CA"))
                .failures(failures::add)
                .open();
    }

    /** A book that may go away. */
    private static final class Shelf implements OutboundBook {
        private final MemoryOutboundBook kept = new MemoryOutboundBook();
        private boolean goes;
        private int left;

        /** After so many more requests. */
        void away(int requests) {
            goes = true;
            left = requests;
        }

        void back() {
            goes = false;
        }

        private MemoryOutboundBook here() {
            if (goes && left-- <= 0) {
                throw new IllegalStateException("the book is away");
            }
            return kept;
        }

        @Override
        public Opened open(OutboundEntry first) {
            return here().open(first);
        }

        @Override
        public boolean change(OutboundEntry next) {
            return here().change(next);
        }

        @Override
        public Optional<OutboundEntry> find(CommandId command) {
            return here().find(command);
        }

        @Override
        public Optional<OutboundEntry> find(CallRef call) {
            return here().find(call);
        }

        @Override
        public List<OutboundEntry> stale(Instant before, int most) {
            return here().stale(before, most);
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
