package io.careflow.pstn.voipms;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.tck.LogCapture;
import io.careflow.pstn.tck.LogbackCapture;
import io.careflow.pstn.tck.Offers;
import io.careflow.pstn.tck.ProviderConformance;
import io.careflow.pstn.tck.Wire;
import io.careflow.pstn.trunk.TrunkControl;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

@Offers({Account.class, NumberInventory.class, TrunkControl.class, ProviderHealth.class})
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
                .clock(Clock.fixed(WireMockVoipMs.NOW, ZoneOffset.UTC))
                .sleeper(pause -> {})
                .build();
    }

    @Override
    protected LogCapture logs() {
        return new LogbackCapture();
    }
}
