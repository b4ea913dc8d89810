package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.tck.LogCapture;
import io.careflow.pstn.tck.LogbackCapture;
import io.careflow.pstn.tck.Offers;
import io.careflow.pstn.tck.ProviderConformance;
import io.careflow.pstn.tck.Wire;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.webhook.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

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
    Webhooks.class,
    ProviderHealth.class
})
class TelnyxConformanceTest extends ProviderConformance {
    private final TelnyxWire wire = new TelnyxWire();

    @Override
    protected Wire wire() {
        return wire;
    }

    @Override
    protected PstnProvider provider() {
        TelnyxProvider provider = TelnyxProvider.with(TelnyxWire.KEY)
                .baseUrl(wire.uri())
                .connection(FakeTelnyx.APPLICATION)
                .publicKey(Signing.PUBLIC_KEY)
                .answeredBy(event -> CallFlow.start().hangUp())
                .telling(wire::hear)
                .deadlines(Duration.ofSeconds(3), Duration.ofMillis(600), Duration.ofMillis(900))
                .limits(Limits.none())
                .clock(Clock.fixed(WireMockTelnyx.NOW, ZoneOffset.UTC))
                .sleeper(pause -> {})
                .build();
        wire.tell(provider.require(Webhooks.class));
        return provider;
    }

    @Override
    protected LogCapture logs() {
        return new LogbackCapture();
    }
}
