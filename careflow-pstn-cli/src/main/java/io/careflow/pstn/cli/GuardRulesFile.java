package io.careflow.pstn.cli;

import io.careflow.pstn.guard.GuardRule;
import io.careflow.pstn.guard.GuardRules;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of guards: the defaults, changed by a properties file. */
final class GuardRulesFile {
    private static final String LIMIT = "limit.";
    private static final Set<String> KEYS =
            Set.of("home", "countries", "denied-prefixes", "currency", "without", "reporting-only");

    private GuardRulesFile() {}

    /**
     * Reads the rules.
     *
     * @param home the home region, or null if the file says it
     * @param file the file, or null for the defaults
     * @throws BadUsage if something in it is wrong, or no home region is named
     */
    static GuardRules read(@Nullable String home, @Nullable Path file) {
        Map<String, String> values =
                file == null ? Map.of() : SettingsFile.read(file).values();
        values.keySet().stream()
                .filter(key -> !KEYS.contains(key) && !key.startsWith(LIMIT))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw new BadUsage("the file of rules has the key '" + key + "', which does not exist; allowed are "
                            + String.join(", ", KEYS.stream().sorted().toList()) + " and limit.RULE");
                });
        String region = home == null ? values.get("home") : home;
        if (region == null) {
            throw new BadUsage("no home country is named; give --home or the key 'home' of the file of rules");
        }
        try {
            return changed(GuardRules.standard(region), values);
        } catch (IllegalArgumentException e) {
            throw new BadUsage("the rules of the guard are wrong: " + e.getMessage(), e);
        }
    }

    private static GuardRules changed(GuardRules standard, Map<String, String> values) {
        GuardRules rules = standard.allowing(words(values, "countries").toArray(String[]::new))
                .denying(words(values, "denied-prefixes").toArray(String[]::new))
                .without(named(values, "without"))
                .reportingOnly(named(values, "reporting-only"));
        String currency = values.get("currency");
        if (currency != null) {
            rules = rules.inCurrency(currency(currency));
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (value.getKey().startsWith(LIMIT)) {
                rules = rules.limit(
                        rule(value.getKey().substring(LIMIT.length())), number(value.getKey(), value.getValue()));
            }
        }
        return rules;
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currency is '" + code + "'; expected an ISO 4217 code such as USD", e);
        }
    }

    private static BigDecimal number(String key, String value) {
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is '" + value + "'; expected a number such as 0.10", e);
        }
    }

    private static GuardRule[] named(Map<String, String> values, String key) {
        return words(values, key).stream().map(GuardRulesFile::rule).toArray(GuardRule[]::new);
    }

    private static GuardRule rule(String id) {
        return GuardRule.find(id)
                .orElseThrow(() -> new IllegalArgumentException("there is no rule '" + id + "'; allowed are "
                        + String.join(
                                ", ",
                                Arrays.stream(GuardRule.values())
                                        .map(GuardRule::id)
                                        .toList())));
    }

    /** Each once: the same twice means no more. */
    private static List<String> words(Map<String, String> values, String key) {
        return Arrays.stream(values.getOrDefault(key, "").split("[,\\s]+", -1))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }
}
