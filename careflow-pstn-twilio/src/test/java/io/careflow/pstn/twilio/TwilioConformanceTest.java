package io.careflow.pstn.twilio;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.flow.CallFlow;
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
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

@Offers({
    NumberInventory.class,
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
class TwilioConformanceTest extends ProviderConformance {
    private final TwilioWire wire = new TwilioWire();

    @Override
    protected Wire wire() {
        return wire;
    }

    @Override
    protected PstnProvider provider() {
        return TwilioProvider.at(WireMockTwilio.ACCOUNT, TwilioWire.TOKEN)
                .baseUrl(wire.uri())
                .publicUrl(URI.create(TwilioWire.PUBLIC_URL))
                .moreAuthTokens(TwilioWire.SECOND_TOKEN)
                .continuationKey(TwilioWire.CONTINUATION_KEY)
                .answeredBy(event -> CallFlow.start().hangUp())
                .telling(wire::hear)
                .deadlines(Duration.ofSeconds(3), Duration.ofMillis(600), Duration.ofMillis(900))
                .limits(Limits.none())
                .clock(Clock.fixed(WireMockTwilio.NOW, ZoneOffset.UTC))
                .sleeper(pause -> {})
                .build();
    }

    @Override
    protected LogCapture logs() {
        return new LogbackCapture();
    }
}
