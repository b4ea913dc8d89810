package io.careflow.pstn.examples.acme;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.HttpTransportBuilder;
import io.careflow.pstn.http.Refusal;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.webhook.Webhooks;
import java.util.Map;
import java.util.Optional;

/** One account at Acme: text messages out and in, and the balance. Thread-safe. */
public final class Acme implements PstnProvider {
    private final ProviderId id;
    private final HttpTransport http;
    private final Map<Class<?>, Capability> capabilities;

    // snippet: adapter-entry
    /** An account; the transport's settings know where Acme is and how patient we are. */
    public Acme(ProviderId id, HttpTransportBuilder transport, Secret apiKey, Webhooks webhooks) {
        this.id = id;
        http = transport.bearerAuth(apiKey).refusals(Acme::refusal).build();
        Account account = () -> http.send(HttpCall.of("account.balance", "GET", "v1", "account"))
                .fields()
                .requireMoney("balance", "currency");
        ProviderHealth health = http::health;
        capabilities = Map.of(
                Messaging.class, new AcmeMessages(id, http),
                Account.class, account,
                Webhooks.class, webhooks,
                ProviderHealth.class, health);
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return Optional.ofNullable(capabilities.get(capability)).map(capability::cast);
    }
    // end

    @Override
    public ProviderId id() {
        return id;
    }

    @Override
    public void close() {
        http.close();
    }

    private static Refusal refusal(HttpReply reply) {
        Fields error = reply.fields();
        return Refusal.byStatus(
                error.text("code").orElse(null), error.text("message").orElse(null));
    }
}
