package io.careflow.pstn.guard;

import io.careflow.pstn.TenantId;
import java.util.Map;
import java.util.Optional;

/** Where the rules of a tenant come from. Thread-safe. */
@FunctionalInterface
public interface GuardRulesBook {

    /** The rules of this tenant, or empty if there are none or they are not loaded yet: everything is refused then. */
    Optional<GuardRules> of(TenantId tenant);

    /** The same rules for everybody. */
    static GuardRulesBook always(GuardRules rules) {
        return tenant -> Optional.of(rules);
    }

    /** These rules, and others for some tenants. */
    static GuardRulesBook always(GuardRules rules, Map<TenantId, GuardRules> others) {
        Map<TenantId, GuardRules> kept = Map.copyOf(others);
        return tenant -> Optional.of(kept.getOrDefault(tenant, rules));
    }
}
