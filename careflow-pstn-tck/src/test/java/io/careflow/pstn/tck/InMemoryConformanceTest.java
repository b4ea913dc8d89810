package io.careflow.pstn.tck;

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

@Offers({
    NumberInventory.class,
    NumberReservations.class,
    NumberRequirements.class,
    CallerIds.class,
    TrunkControl.class,
    CallControl.class,
    Conferences.class,
    Messaging.class,
    Recordings.class,
    ProviderCdrs.class,
    Account.class,
    DialingPermissions.class,
    Webhooks.class,
    ProviderHealth.class
})
class InMemoryConformanceTest extends ProviderConformance {
    private final MemoryWire wire = new MemoryWire(() -> List.of(MemoryWire.partWithWebhooks()), parts -> parts.get(0));

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
}
