package io.careflow.pstn.examples.outbound;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.desk.CallbackAnswer;
import io.careflow.pstn.desk.CallbackRequest;
import io.careflow.pstn.desk.CdrRecorder;
import io.careflow.pstn.desk.DeckPricing;
import io.careflow.pstn.desk.OutboundBook;
import io.careflow.pstn.desk.OutboundDesk;
import io.careflow.pstn.desk.OutboundGuard;
import io.careflow.pstn.desk.OutboundPricing;
import io.careflow.pstn.desk.OutboundSettings;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.routing.CallerIdRule;
import io.careflow.pstn.routing.Route;
import io.careflow.pstn.routing.RouteOrder;
import io.careflow.pstn.routing.RoutePlanner;
import io.careflow.pstn.routing.RoutingPolicy;
import io.careflow.pstn.routing.RoutingTable;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Users are called back and joined with whom they want, on any provider: their phone rings first, the destination once they have
 * answered; what the call may cost is set aside before, and taken exactly afterwards. What is kept between calls is given from outside:
 * in memory for a trial, {@code PstnDatabase} in earnest.
 */
public final class OutboundCallback {
    private static final Currency USD = Currency.getInstance("USD");

    private final OutboundDesk desk;
    private final CdrRecorder recorder;
    private final AtomicReference<Pstn> pstn = new AtomicReference<>(Pstn.of());

    /** An application over these stores, whose phones and lines are at this provider. */
    public OutboundCallback(
            ProviderId provider,
            Directory directory,
            OutboundGuard guard,
            Credit credit,
            Admission admission,
            OutboundBook book,
            CdrStore cdrs,
            CdrRecorder.Listener listener,
            Clock clock) {
        // snippet: outbound-desk
        Rater prices = Rater.of(List.of(RateDeck.builder("east", "2026-12", "east", Direction.OUTBOUND)
                .currency(USD)
                .add(Rate.builder("1").perMinute("0.0085").increments(6, 6).build())
                .build()));
        Route route = Route.of("east", provider, CallerIdRule.ours()).pricedAs("east");
        desk = OutboundDesk.builder()
                .providers(pstn::get, provider)
                .directory(directory) // numbers of the tenant may be shown; numbers and IDs of ours need no carrier
                .routing(
                        tenant -> RoutingTable.of(List.of(route), prices),
                        new RoutePlanner(clock, new SecureRandom()),
                        RoutingPolicy.of(RouteOrder.LEAST_COST, USD))
                .guard(guard)
                .credit(credit)
                .admission(admission) // takes what the guard counts and the money in one step
                .book(book)
                .records(cdrs)
                .clock(clock)
                .settings(OutboundSettings.defaults().withHomeRegion("CA"))
                .open();
        OutboundPricing pricing = new OutboundPricing(() -> prices, new DeckPricing(() -> prices));
        recorder = desk.recording(new CdrRecorder(cdrs, pricing, desk.settling(listener)));
        // end
    }

    /** Calls can be made from here on, over {@code AsteriskBuilder.of(...).handler(app.desk()).events(app::told).start()} or another. */
    public void start(PstnProvider provider) {
        pstn.set(Pstn.of(provider));
    }

    /** Whom the provider asks; with an {@code InboundDesk} for all other calls it would ask {@code desk().orElse(inbound)}. */
    public OutboundDesk desk() {
        return desk;
    }

    /** Calls the user back. The same command given again, on whatever node, calls nobody again. */
    public String call(String command, User user, String destination, PhoneNumber shown) {
        // snippet: outbound-callback
        CallbackAnswer answer = desk.callback(CallbackRequest.of(new CommandId(command), user, destination, shown));
        return answer instanceof CallbackAnswer.Placed placed
                ? "Your phone rings; you can talk for " + placed.talk().toMinutes() + " minutes"
                : answer instanceof CallbackAnswer.Denied denied
                        ? "Not allowed: " + denied.because()
                        : answer instanceof CallbackAnswer.Repeated ? "Asked for already" : "Not possible now";
        // end
    }

    /** Everything that the provider tells. */
    // snippet: outbound-events
    public void told(CallEvent event) {
        desk.accept(event);
        recorder.accept(event);
    }
    // end
}
