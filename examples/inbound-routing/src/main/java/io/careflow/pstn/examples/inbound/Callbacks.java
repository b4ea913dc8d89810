package io.careflow.pstn.examples.inbound;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.asterisk.AsteriskProvider;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.DeckPricing;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.desk.OutboundPricing;
import io.careflow.pstn.desk.OutboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.jdbc.PstnDatabase;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.routing.CallerIdRule;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.routing.RouteOrder;
import io.careflow.pstn.routing.RoutePlanner;
import io.careflow.pstn.routing.RoutingPolicy;
import io.careflow.pstn.routing.RoutingTable;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.TrunkRef;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users are called back: their phone rings, then that of whom they want. Guards, credit and the book of commands are in the database,
 * so any number of nodes can do this. Customers pay by the deck {@code customers} of {@code call_rates}; a trunk's own deck has its id.
 */
final class Callbacks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Callbacks.class);
    private static final ProviderId PBX = new ProviderId("asterisk");
    private static final Currency USD = Currency.getInstance("USD");

    private final PstnDatabase database;
    private final OutboundDesk desk;
    private final CdrRecorder recorder;
    private final AtomicReference<Pstn> pstn = new AtomicReference<>(Pstn.of());
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor();

    Callbacks(PstnDatabase tables, CdrStore cdrs, Supplier<Rater> rates, List<SipTrunkProfile> trunks, String region) {
        database = tables;
        Clock clock = Clock.systemUTC();
        List<Route> routes = trunks.stream()
                .map(trunk -> Route.of(trunk.id(), PBX, CallerIdRule.ours())
                        .over(new TrunkRef(PBX, trunk.id()))
                        .pricedAs(trunk.id()))
                .toList();
        desk = OutboundDesk.builder()
                .providers(pstn::get, PBX)
                .directory(tables.directory())
                .routing(
                        tenant -> RoutingTable.of(routes, rates.get()),
                        new RoutePlanner(clock, new SecureRandom()),
                        RoutingPolicy.of(RouteOrder.LEAST_COST, USD))
                .selling(rates, user -> Optional.of("customers"))
                .guard(OutboundGuard.of(
                        new CallGuard(GuardRulesBook.always(GuardRules.standard(region)), tables.guards(), clock)))
                .credit(tables.credit())
                .admission(tables.admission())
                .book(tables.outbound())
                .records(cdrs)
                .settings(OutboundSettings.defaults().withHomeRegion(region))
                .open();
        OutboundPricing pricing = new OutboundPricing(rates, new DeckPricing(rates));
        recorder = desk.recording(new CdrRecorder(cdrs, pricing, desk.settling(new CdrLog())));
    }

    /** Whom Asterisk asks about these calls. */
    OutboundDesk desk() {
        return desk;
    }

    /** Everything that Asterisk tells, of all calls. */
    void told(CallEvent event) {
        desk.accept(event);
        recorder.accept(event);
    }

    /** From here on users can be called. What nodes that died have left is brought to its end each minute. */
    void start(AsteriskProvider asterisk) {
        pstn.set(Pstn.of(asterisk));
        ScheduledFuture<?> unused = sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
    }

    /** Calls the user of this CareFlow ID, then the destination. The same command again calls nobody again. */
    CallbackAnswer call(String command, String careFlowId, String destination, String shown) {
        User user = database.directory()
                .user(TenantId.DEFAULT, CareFlowId.parse(careFlowId))
                .orElseThrow(() -> new IllegalArgumentException("no user has the CareFlow ID " + careFlowId));
        return desk.callback(CallbackRequest.of(new CommandId(command), user, destination, new PhoneNumber(shown)));
    }

    private void sweep() {
        try {
            int ended =
                    desk.sweep() + database.credit().sweep() + database.guards().sweep();
            log.debug("{} leftovers were cleared away", ended);
        } catch (RuntimeException e) {
            log.warn("The sweep failed; the next one is in a minute", e);
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
