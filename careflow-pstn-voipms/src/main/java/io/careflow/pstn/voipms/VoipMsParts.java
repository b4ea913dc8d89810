package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkRegistrations;
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
        VoipMsTrunks trunks = new VoipMsTrunks(client, servers);
        add(TrunkControl.class, trunks);
        add(TrunkRegistrations.class, trunks);
        add(VoipMsSubAccounts.class, trunks);
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
