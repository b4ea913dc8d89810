package io.careflow.pstn.telnyx;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.Conferences;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.flow.MemoryFlowStore;
import io.careflow.pstn.message.Messaging;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberReservations;
import io.careflow.pstn.recording.Recordings;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.webhook.Webhooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Telnyx can do: one line for each capability. */
final class TelnyxParts implements AutoCloseable {
    private final Map<Class<? extends Capability>, Capability> parts = new HashMap<>();
    private final List<Runnable> closing = new ArrayList<>();

    TelnyxParts(TelnyxClient client) {
        add(Account.class, new TelnyxAccount(client));
        add(NumberInventory.class, new TelnyxNumbers(client));
        add(NumberReservations.class, new TelnyxReservations(client));
        add(NumberRequirements.class, new TelnyxRequirements(client));
        add(CallerIds.class, new TelnyxCallerIds(client));
        add(ProviderHealth.class, client::health);
        TelnyxSettings settings = client.settings();
        FlowEngine engine = new FlowEngine(client, FlowDesk.of(settings), new SystemAlarm(settings.clock()));
        boolean heard = !settings.publicKeys().isEmpty() || !(settings.flows() instanceof MemoryFlowStore);
        TelnyxCallControl calls = new TelnyxCallControl(engine, heard);
        add(CallControl.class, calls);
        add(Conferences.class, new TelnyxConferences(client, calls));
        closing.add(engine::close);
        if (!settings.publicKeys().isEmpty()) {
            PublicKeys keys = new PublicKeys(settings.publicKeys());
            FlowEngine unused = engine.start();
            TelnyxEvents events = engine.desk().events();
            add(
                    Webhooks.class,
                    new TelnyxWebhooks(client.id(), keys, events, settings.clock(), settings.telling(), engine));
        }
        add(TrunkControl.class, new TelnyxTrunks(client));
        add(CallApplications.class, new TelnyxApplications(client));
        add(Recordings.class, new TelnyxRecordings(client));
        add(Messaging.class, new TelnyxMessaging(client));
        add(ProviderCdrs.class, new TelnyxCdrs(client));
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
