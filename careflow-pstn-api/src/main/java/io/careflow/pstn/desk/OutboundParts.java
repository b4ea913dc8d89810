package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Pstn;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.admission.Admission;
import io.careflow.pstn.admission.GuardedAdmission;
import io.careflow.pstn.call.SipAddress;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.cdr.CdrStore;
import io.careflow.pstn.credit.Credit;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.directory.Directory;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.routing.Failover;
import io.careflow.pstn.routing.RoutePlanner;
import io.careflow.pstn.routing.RoutingPolicy;
import io.careflow.pstn.routing.RoutingTable;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an outbound desk works with. */
record OutboundParts(
        Supplier<Pstn> pstn,
        ProviderId home,
        Directory directory,
        Function<SipAddress, Optional<User>> phones,
        Function<User, PhoneNumber> shown,
        BiPredicate<TenantId, PhoneNumber> verified,
        Function<TenantId, RoutingTable> routes,
        RoutePlanner planner,
        RoutingPolicy policy,
        Failover failover,
        Supplier<Rater> selling,
        Function<User, Optional<String>> priceList,
        OutboundGuard guard,
        Credit credit,
        @Nullable Admission admission,
        Function<User, CreditAccount> account,
        OutboundBook book,
        CdrStore cdrs,
        Consumer<CallEvent> telling,
        Clock clock,
        OutboundSettings settings,
        OutboundPrompts prompts,
        @Nullable OutboundRecording recording,
        Consumer<RuntimeException> failing) {

    /** How a call takes what it counts for and its money. */
    Taking taking() {
        if (admission == null) {
            return new TakingApart(guard, credit, settings);
        } else if (guard instanceof GuardedCalls calls) {
            GuardedAdmission together = new GuardedAdmission(calls.guard(), credit, admission);
            return new TakingAtOnce(calls, credit, together, settings);
        }
        throw new IllegalStateException(
                "admission needs OutboundGuard.of(...), whose counters it asks together with the"
                        + " money; a guard of your own is asked by itself: give the builder no admission");
    }

    CallControl control(ProviderId provider) {
        return provider(provider).require(CallControl.class);
    }

    /** Throws {@link NotFound} where none of this id is registered: a route may name one that is not there, or not yet. */
    PstnProvider provider(ProviderId id) {
        Pstn registered = pstn.get();
        try {
            return registered.provider(id);
        } catch (IllegalArgumentException e) {
            String none = Objects.requireNonNullElse(e.getMessage(), "no provider '" + id + "'");
            throw new NotFound(Failure.of(id, "provider", Effect.NONE, none), e);
        }
    }
}
