package io.careflow.pstn.cli;

import io.careflow.pstn.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one carrier. A variable of ours wins over the settings file, which wins over the variable that the carrier's own
 * tools read: who names a file means that account, even on a machine that is set up for another one.
 */
final class Settings {
    private final String carrier;
    private final Map<SettingKey, Found> found;

    private Settings(String carrier, Map<SettingKey, Found> found) {
        this.carrier = carrier;
        this.found = found;
    }

    /**
     * Looks all keys up.
     *
     * @throws BadUsage if the file has keys of this carrier that do not exist
     */
    static Settings of(Carrier carrier, Map<String, String> environment, SettingsFile file) {
        refuseUnknown(carrier, file);
        Map<SettingKey, Found> found = new LinkedHashMap<>();
        for (SettingKey key : carrier.settings()) {
            List<String> variables = key.variables(carrier.name());
            variable(environment, variables.get(0))
                    .or(() -> file.value(key.property(carrier.name()))
                            .map(value -> new Found(value, "file " + file.path())))
                    .or(() -> variable(environment, variables.get(1)))
                    .ifPresent(value -> found.put(key, value));
        }
        return new Settings(carrier.name(), found);
    }

    /** The same with this value where the carrier has such a setting and it is not set. */
    Settings or(Carrier carrier, String name, String value) {
        Map<SettingKey, Found> more = new LinkedHashMap<>(found);
        carrier.settings().stream()
                .filter(key -> key.name().equals(name))
                .forEach(key -> more.putIfAbsent(key, new Found(value, "what was typed")));
        return new Settings(carrier.name(), more);
    }

    /** What is needed and not there, each with where it is looked for; empty if all is there. */
    List<String> missing(Carrier carrier) {
        List<String> missing = new ArrayList<>();
        for (SettingKey key : carrier.settings()) {
            if (key.required() && !found.containsKey(key)) {
                missing.add(key.property(carrier.name()) + " (" + key.meaning() + "; or variable "
                        + String.join(" or ", key.variables(carrier.name())) + ")");
            }
        }
        return missing;
    }

    Optional<String> text(String name) {
        return find(name).map(Found::value);
    }

    Optional<Secret> secret(String name) {
        return find(name).map(Found::value).map(Secret::of);
    }

    Optional<URI> url(String name) {
        return text(name).map(text -> {
            try {
                return URI.create(text);
            } catch (IllegalArgumentException e) {
                throw new BadUsage(
                        "setting " + carrier + "." + name + " is no URL; expected one like https://example.org");
            }
        });
    }

    /** The values that are never shown. */
    List<String> secrets(Carrier carrier) {
        return carrier.settings().stream()
                .filter(SettingKey::secret)
                .flatMap(key -> Optional.ofNullable(found.get(key)).stream())
                .map(Found::value)
                .toList();
    }

    /**
     * Refuses secrets that are none.
     *
     * @throws BadUsage naming the setting, without its value
     */
    void requireLongSecrets(Carrier of, int shortest) {
        of.settings().stream().filter(SettingKey::secret).forEach(key -> {
            Found value = found.get(key);
            if (value != null && value.value().length() < shortest) {
                throw new BadUsage("setting " + key.property(carrier) + " is too short; expected at least " + shortest
                        + " characters");
            }
        });
    }

    /** Where the value comes from, for people; empty if there is none. */
    Optional<String> origin(SettingKey key) {
        return Optional.ofNullable(found.get(key)).map(Found::origin);
    }

    private Optional<Found> find(String name) {
        return found.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<Found> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(value -> new Found(value.strip(), "variable " + name));
    }

    private static void refuseUnknown(Carrier carrier, SettingsFile file) {
        List<String> known = carrier.settings().stream()
                .map(key -> key.property(carrier.name()))
                .toList();
        for (String key : file.values().keySet()) {
            if (key.startsWith(carrier.name() + ".") && !known.contains(key)) {
                throw new BadUsage("settings file " + file.path() + " has the key '" + key + "'; allowed are " + known);
            }
        }
    }

    private record Found(String value, String origin) {
        @Override
        public String toString() {
            return "from " + origin;
        }
    }
}
