package io.careflow.pstn.cli;

import io.careflow.pstn.Capability;
import io.careflow.pstn.Option;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Settings that only one vendor has, by the names that its adapter gave them. */
final class VendorOptions {
    @picocli.CommandLine.Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "A setting that only this provider has; 'pstn doctor' lists them. May be repeated.")
    private Map<String, String> typed = new LinkedHashMap<>();

    /**
     * What was typed, as the capability wants it.
     *
     * @throws BadUsage naming the options that there are
     */
    Map<Option<?>, Object> of(Capability capability) {
        Map<Option<?>, Object> values = new LinkedHashMap<>();
        typed.forEach((name, text) -> {
            Option<?> option = capability.options().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new BadUsage("no option '" + name + "'; allowed are " + names(capability)));
            values.put(option, value(option, text));
        });
        return values;
    }

    private static Set<String> names(Capability capability) {
        TreeSet<String> names = new TreeSet<>();
        capability.options().forEach(option -> names.add(option.name()));
        return names;
    }

    private static Object value(Option<?> option, String text) {
        try {
            Class<?> type = option.type();
            if (type == String.class) {
                return text;
            } else if (type == Integer.class) {
                return Integer.valueOf(text);
            } else if (type == Long.class) {
                return Long.valueOf(text);
            } else if (type == Boolean.class) {
                return flag(text);
            } else if (type == URI.class) {
                return URI.create(text);
            } else if (type == Duration.class) {
                return Converters.duration(text);
            } else if (type.isEnum()) {
                return constant(type, text);
            }
        } catch (IllegalArgumentException e) {
            throw new BadUsage(
                    "option '" + option.name() + "' is '" + text + "'; expected "
                            + option.type().getSimpleName(),
                    e);
        }
        throw new BadUsage("option '" + option.name() + "' cannot be typed: it is a "
                + option.type().getSimpleName());
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no such constant");
    }
}
