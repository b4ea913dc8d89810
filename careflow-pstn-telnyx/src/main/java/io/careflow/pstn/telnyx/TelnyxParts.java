package io.careflow.pstn.telnyx;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.trunk.TrunkControl;
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
        add(ProviderHealth.class, client::health);
        add(TrunkControl.class, new TelnyxTrunks(client));
        add(CallApplications.class, new TelnyxApplications(client));
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
