package io.careflow.pstn.guard;

import io.careflow.pstn.TenantId;
import java.util.Optional;

/** Rules that are loaded, and loaded again, while calls are decided. Until they are first loaded, everything is refused. Thread-safe. */
public final class ReloadableRules implements GuardRulesBook {
    private volatile GuardRulesBook loaded = tenant -> Optional.empty();

    /** Decisions from now on go by these. */
    public void load(GuardRulesBook rules) {
        loaded = rules;
    }

    /** There are no rules any more: everything is refused until others are loaded. */
    public void unload() {
        loaded = tenant -> Optional.empty();
    }

    @Override
    public Optional<GuardRules> of(TenantId tenant) {
        return loaded.of(tenant);
    }
}
