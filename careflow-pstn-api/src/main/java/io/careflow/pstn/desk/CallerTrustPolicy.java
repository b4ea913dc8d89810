package io.careflow.pstn.desk;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.flow.Reject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is done with a call, by how far its caller's number is to be believed; other rules for single tenants. Immutable.
 *
 * @param rules a rule for every level
 * @param tenants the rules of tenants that have their own, each with a rule for every level
 */
public record CallerTrustPolicy(Map<Level, Rule> rules, Map<TenantId, Map<Level, Rule>> tenants) {
    private static final Rule ALLOW = new Allow();

    /** Every level needs a rule. */
    public CallerTrustPolicy {
        rules = complete("rules", rules);
        Map<TenantId, Map<Level, Rule>> own = new HashMap<>();
        tenants.forEach((tenant, theirs) -> own.put(tenant, complete("rules of tenant " + tenant, theirs)));
        tenants = Map.copyOf(own);
    }

    /** Every call rings as it is; the record says what was found. */
    public static CallerTrustPolicy allowing() {
        Map<Level, Rule> all = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            all.put(level, ALLOW);
        }
        return new CallerTrustPolicy(all, Map.of());
    }

    /** Forged numbers are shown as {@code [not verified]}, everything else rings as it is. */
    public static CallerTrustPolicy standard() {
        return allowing().labelling(Level.FAILED, "[not verified] ");
    }

    /** The same, where calls of this level ring as they are. */
    public CallerTrustPolicy allowing(Level level) {
        return with(level, ALLOW);
    }

    /** The same, where the name shown with calls of this level begins so. */
    public CallerTrustPolicy labelling(Level level, String prefix) {
        return with(level, new Label(prefix));
    }

    /** The same, where calls of this level are refused. */
    public CallerTrustPolicy rejecting(Level level, Reject.Reason reason) {
        return with(level, new Refuse(reason));
    }

    /** The same, where this tenant has the rules that the other policy has for everybody. */
    public CallerTrustPolicy forTenant(TenantId tenant, CallerTrustPolicy other) {
        Map<TenantId, Map<Level, Rule>> own = new HashMap<>(tenants);
        own.put(tenant, other.rules());
        return new CallerTrustPolicy(rules, own);
    }

    /** What is done with a call of this tenant and level. */
    public Rule rule(TenantId tenant, Level level) {
        return Objects.requireNonNull(tenants.getOrDefault(tenant, rules).get(level));
    }

    private CallerTrustPolicy with(Level level, Rule rule) {
        Map<Level, Rule> changed = new EnumMap<>(rules);
        changed.put(Objects.requireNonNull(level, "level"), rule);
        return new CallerTrustPolicy(changed, tenants);
    }

    private static Map<Level, Rule> complete(String what, Map<Level, Rule> given) {
        for (Level level : Level.values()) {
            if (given.get(level) == null) {
                throw new IllegalArgumentException(what + " say nothing of " + level + "; every level needs a rule");
            }
        }
        return Map.copyOf(given);
    }

    /** What is done with a call. */
    public sealed interface Rule permits Allow, Label, Refuse {}

    /** It rings as it is. */
    public record Allow() implements Rule {}

    /**
     * It rings, and the name shown to the user's phone says so. Needs a provider that can show one.
     *
     * @param prefix what the name begins with, 1 to 32 characters, such as {@code "[not verified] "}
     */
    public record Label(String prefix) implements Rule {
        private static final int LONGEST = 32;

        public Label {
            if (prefix.isBlank() || prefix.length() > LONGEST || prefix.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "label is not usable: 1 to " + LONGEST + " characters, no control characters");
            }
        }
    }

    /**
     * It is refused before anybody answers.
     *
     * @param reason what the caller's network is told
     */
    public record Refuse(Reject.Reason reason) implements Rule {
        public Refuse {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
