package io.careflow.pstn.examples.acme;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.HttpTransportBuilder;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.tck.LogCapture;
import io.careflow.pstn.tck.LogbackCapture;
import io.careflow.pstn.tck.Offers;
import io.careflow.pstn.tck.ProviderConformance;
import io.careflow.pstn.tck.Wire;
import io.careflow.pstn.webhook.Webhooks;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

// snippet: adapter-conformance
@Offers({Messaging.class, Account.class, Webhooks.class, ProviderHealth.class})
class AcmeConformanceTest extends ProviderConformance {
    private static final ProviderId ID = new ProviderId("acme");
    private final AcmeWire acme = new AcmeWire();

    @Override
    protected Wire wire() {
        return acme;
    }

    @Override
    protected PstnProvider provider() {
        HttpTransportBuilder transport = HttpTransport.builder(ID, acme.uri())
                .deadlines(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(600))
                .reads(3, Duration.ofMillis(5))
                .limits(Limits.none());
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AcmeWebhooks webhooks = new AcmeWebhooks(ID, AcmeWire.WEBHOOK_KEY, event -> {}, seen);
        return new Acme(ID, transport, AcmeWire.API_KEY, webhooks);
    }

    @Override
    protected LogCapture logs() {
        return new LogbackCapture();
    }
}
// end
