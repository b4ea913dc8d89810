package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkRegistrations;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What VoIP.ms can do: one line for each capability. */
final class VoipMsParts implements AutoCloseable {
    private final Map<Class<? extends Capability>, Capability> parts = new HashMap<>();
    private final List<Runnable> closing = new ArrayList<>();

    VoipMsParts(VoipMsClient client) {
        add(ProviderHealth.class, client::health);
        add(Account.class, new VoipMsAccount(client));
        Servers servers = new Servers(client);
        add(VoipMsServers.class, servers);
        add(NumberInventory.class, new VoipMsNumbers(client, servers));
        add(VoipMsStock.class, new Stock(client, servers));
        add(VoipMsCallerIdRules.class, new CallerIdRules(client));
        VoipMsTrunks trunks = new VoipMsTrunks(client, servers);
        add(TrunkControl.class, trunks);
        add(TrunkRegistrations.class, trunks);
        add(VoipMsSubAccounts.class, trunks);
        RecordSettings records = client.settings().records();
        VoipMsMessages messages = new VoipMsMessages(client, records.clock());
        add(MessageArchive.class, messages);
        add(Messaging.class, new VoipMsMessaging(client, records, messages));
        addCallbacks(client, records);
        VoipMsCdrs cdrs = new VoipMsCdrs(client, records.clock());
        add(ProviderCdrs.class, cdrs);
        VoipMsRecordings recordings = new VoipMsRecordings(client, cdrs);
        add(Recordings.class, recordings);
        add(AccountRecordings.class, recordings);
        VoipMsRates rates = new VoipMsRates(client, records.route());
        add(TerminationRates.class, rates);
        add(io.careflow.pstn.account.Prices.class, rates);
        add(EmergencyAddresses.class, new VoipMsEmergency(client));
    }

    // Without a token nobody could be told from VoIP.ms, so nothing is taken.
    private void addCallbacks(VoipMsClient client, RecordSettings records) {
        Secret token = records.webhookToken();
        URI url = records.webhookUrl();
        if (token == null) {
            return;
        }
        CallbackReader reader = new CallbackReader(client.id(), client.clock());
        add(Webhooks.class, new VoipMsWebhooks(client.id(), token, reader, records.telling()));
        if (url != null) {
            add(MessageCallbacks.class, new VoipMsCallbacks(client, url, token));
        }
    }

    private <T extends Capability> void add(Class<T> capability, T part) {
        parts.put(capability, part);
    }

    <T extends Capability> Optional<T> find(Class<T> capability) {
        return Optional.ofNullable(parts.get(capability)).map(capability::cast);
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
