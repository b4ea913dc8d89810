package io.careflow.pstn.twilio;

import io.careflow.pstn.Capability;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** What Twilio can do: one line for each capability. */
final class TwilioParts {
    private final Map<Class<? extends Capability>, Capability> parts = new HashMap<>();

    TwilioParts(TwilioClient client) {
        addWebhooks(client.settings());
        add(Account.class, new TwilioAccount(client));
        TwilioNumbers numbers = new TwilioNumbers(client);
        add(NumberInventory.class, numbers);
        add(TrunkControl.class, new TwilioTrunks(client, numbers));
    }

    /** Flows and webhooks need a place at which Twilio finds us. */
    private void addWebhooks(TwilioSettings settings) {
        URI publicUrl = settings.publicUrl();
        if (publicUrl != null) {
            MemoSeal seal = new MemoSeal(settings.continuationKey());
            TwimlRenderer renderer = new TwimlRenderer(FlowSettings.of(settings, publicUrl), seal);
            WebhookSettings webhooks = WebhookSettings.of(settings, publicUrl);
            add(Webhooks.class, new TwilioWebhooks(webhooks, seal, renderer, new EndedCalls()));
        }
    }

    private <T extends Capability> void add(Class<T> capability, T part) {
        parts.put(capability, part);
    }

    Map<Class<? extends Capability>, Capability> all() {
        return Map.copyOf(parts);
    }
}
