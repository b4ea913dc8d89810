package io.careflow.pstn.twilio;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.webhook.Webhooks;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** What Twilio can do: one line for each capability. */
final class TwilioParts {
    private final Map<Class<? extends Capability>, Capability> parts = new HashMap<>();

    TwilioParts(TwilioClient client) {
        EndedCalls ended = new EndedCalls();
        add(Account.class, new TwilioAccount(client));
        TwilioNumbers numbers = new TwilioNumbers(client);
        add(NumberInventory.class, numbers);
        add(TrunkControl.class, new TwilioTrunks(client, numbers));
        add(DialingPermissions.class, new TwilioPermissions(client));
        add(Prices.class, new TwilioPrices(client));
        add(ProviderHealth.class, client.http()::health);
        add(Recordings.class, new TwilioRecordings(client));
        add(ProviderCdrs.class, new TwilioCdrs(client));
        addWebhooks(client.settings(), ended);
        addCalls(client, ended);
    }

    /** Webhooks need a place at which Twilio finds us. */
    private void addWebhooks(TwilioSettings settings, EndedCalls ended) {
        URI publicUrl = settings.publicUrl();
        if (publicUrl != null) {
            MemoSeal seal = new MemoSeal(settings.continuationKey());
            TwimlRenderer renderer = new TwimlRenderer(FlowSettings.of(settings, publicUrl), seal);
            WebhookSettings webhooks = WebhookSettings.of(settings, publicUrl);
            add(Webhooks.class, new TwilioWebhooks(webhooks, seal, renderer, ended));
        }
    }

    private void addCalls(TwilioClient client, EndedCalls ended) {
        TwilioSettings settings = client.settings();
        Callbacks callbacks = Callbacks.of(settings);
        Telling telling = new Telling(settings.id(), settings.clock(), settings.telling());
        InlineFlows flows = new InlineFlows(settings.id(), FlowWriter.of(settings));
        CallForm form = new CallForm(settings.id(), callbacks, settings.sipDomain(), settings.usersAreClients());
        Rooms rooms = new Rooms(client);
        TwilioCallControl calls =
                new TwilioCallControl(client, flows, form, rooms, new CallEnding(client, telling, ended), telling);
        add(CallControl.class, calls);
        add(Conferences.class, new TwilioConferences(client, rooms, calls));
        add(Messaging.class, new TwilioMessaging(client, callbacks));
    }

    private <T extends Capability> void add(Class<T> capability, T part) {
        parts.put(capability, part);
    }

    Map<Class<? extends Capability>, Capability> all() {
        return Map.copyOf(parts);
    }
}
