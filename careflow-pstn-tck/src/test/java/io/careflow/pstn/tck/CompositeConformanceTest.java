package io.careflow.pstn.tck;

import io.careflow.pstn.CompositeProvider;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.webhook.Webhooks;
import java.util.List;

/** A carrier that sells numbers and cannot call, joined with a PBX that can; neither tells health or permissions. */
@Offers({
    NumberInventory.class,
    NumberReservations.class,
    NumberRequirements.class,
    CallerIds.class,
    TrunkControl.class,
    Messaging.class,
    Account.class,
    Webhooks.class,
    CallControl.class,
    Conferences.class,
    Recordings.class,
    ProviderCdrs.class
})
class CompositeConformanceTest extends ProviderConformance {
    private final MemoryWire wire = new MemoryWire(
            () -> List.of(carrier(), pbx()), parts -> CompositeProvider.of("memory", parts.get(0), parts.get(1)));

    @Override
    protected Wire wire() {
        return wire;
    }

    @Override
    protected PstnProvider provider() {
        return wire.provider();
    }

    @Override
    protected LogCapture logs() {
        return new LogbackCapture();
    }

    private static InMemoryProvider.Builder carrier() {
        return MemoryWire.partWithWebhooks()
                .without(CallControl.class)
                .without(Conferences.class)
                .without(Recordings.class)
                .without(ProviderCdrs.class)
                .without(DialingPermissions.class)
                .without(ProviderHealth.class);
    }

    private static InMemoryProvider.Builder pbx() {
        return MemoryWire.part()
                .without(NumberInventory.class)
                .without(NumberReservations.class)
                .without(NumberRequirements.class)
                .without(CallerIds.class)
                .without(TrunkControl.class)
                .without(Messaging.class)
                .without(Account.class)
                .without(DialingPermissions.class)
                .without(ProviderHealth.class);
    }
}
