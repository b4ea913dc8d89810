package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.NumberInventory;
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
    Account.class,
    Messaging.class,
    NumberInventory.class,
    Prices.class,
    ProviderCdrs.class,
    ProviderHealth.class,
    Recordings.class,
    TrunkControl.class,
    Webhooks.class
})
class VoipMsConformanceTest extends ProviderConformance {
    private final VoipMsWire wire = new VoipMsWire();

    @Override
    protected Wire wire() {
        return wire;
    }

    @Override
    protected PstnProvider provider() {
        return VoipMsProvider.with(VoipMsWire.USER, VoipMsWire.PASSWORD)
                .baseUrl(wire.uri())
                .deadlines(Duration.ofSeconds(3), Duration.ofMillis(600), Duration.ofMillis(900))
                .writesWithin(Duration.ofMillis(900))
                .limits(Limits.none())
                .webhookToken(Secret.of(FakeRecords.TOKEN))
                .clock(Clock.fixed(WireMockVoipMs.NOW, ZoneOffset.UTC))
                .sleeper(pause -> {})
                .build();
    }

    @Override
    protected LogCapture logs() {
        return new LogbackCapture();
    }
}
