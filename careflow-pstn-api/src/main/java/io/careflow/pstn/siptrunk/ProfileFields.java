package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.trunk.IpRange;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dotted keys one by one; notes what cannot be read and goes on. Whatever nobody asked for is a problem too. */
final class ProfileFields {
    private static final Pattern INDEXED = Pattern.compile("(0|[1-9][0-9]{0,3})(\\..+)?");

    private final Map<String, String> values;
    private final Set<String> read = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    ProfileFields(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether there is anything below this key. */
    boolean hasBelow(String key) {
        return values.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
    }

    @Nullable
    String text(String key) {
        read.add(key);
        String value = values.get(key);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String text(String key, String otherwise) {
        String value = text(key);
        return value == null ? otherwise : value;
    }

    /** What the function makes of the text; a text that it refuses is a problem. Null if there is none. */
    <T> @Nullable T as(String key, String expected, Function<String, T> reader) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
            problem(key, "is '" + Texts.shown(value) + "'; expected " + expected);
            return null;
        }
    }

    <T> T as(String key, String expected, T otherwise, Function<String, T> reader) {
        T value = as(key, expected, reader);
        return value == null ? otherwise : value;
    }

    <E extends Enum<E>> E word(String key, Class<E> type, E otherwise) {
        E value = word(key, type);
        return value == null ? otherwise : value;
    }

    <E extends Enum<E>> @Nullable E word(String key, Class<E> type) {
        return as(
                key,
                "one of " + Arrays.toString(type.getEnumConstants()),
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    boolean flag(String key, boolean otherwise) {
        return as(key, "true or false", otherwise, text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException(text);
            }
            return text.equals("true");
        });
    }

    @Nullable
    Integer number(String key) {
        return as(key, "a whole number", Integer::valueOf);
    }

    int number(String key, int otherwise) {
        Integer value = number(key);
        return value == null ? otherwise : value;
    }

    /** Seconds as a number, or a span as ISO 8601 has it. */
    Duration span(String key, Duration otherwise) {
        return as(
                key,
                "seconds such as 60, or a span such as PT1M",
                otherwise,
                text -> text.startsWith("P") ? Duration.parse(text) : Duration.ofSeconds(Long.parseLong(text)));
    }

    @Nullable
    Instant instant(String key) {
        return as(key, "a moment such as 2026-01-01T00:00:00Z", Instant::parse);
    }

    @Nullable
    Money money(String key, @Nullable Currency currency) {
        if (currency == null) {
            if (text(key) != null) {
                problem(key, "is an amount without a currency; name that as pricing.currency");
            }
            return null;
        }
        return as(key, "an amount such as 24.99", text -> Money.of(text, currency.getCurrencyCode()));
    }

    @Nullable
    PhoneNumber phone(String key) {
        return as(key, "a number in E.164 such as +14165550100", PhoneNumber::new);
    }

    /** Values with commas between them, or one each under {@code key.0}, {@code key.1} and so on. */
    <T> List<T> list(String key, String expected, Function<String, T> reader) {
        List<T> list = new ArrayList<>();
        String joined = text(key);
        if (joined != null) {
            for (String part : Arrays.asList(joined.split(",", -1))) {
                try {
                    list.add(reader.apply(part.strip()));
                } catch (IllegalArgumentException e) {
                    problem(key, "has '" + Texts.shown(part.strip()) + "'; expected " + expected);
                }
            }
        }
        for (int index : indexes(key)) {
            T value = as(key + "." + index, expected, reader);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    <T> Set<T> set(String key, String expected, Function<String, T> reader) {
        return new LinkedHashSet<>(list(key, expected, reader));
    }

    List<IpRange> ranges(String key) {
        return list(key, "addresses such as 192.0.2.10 or 192.0.2.0/24", IpRange::parse);
    }

    /** The numbers that stand below a key, in order. */
    Set<Integer> indexes(String key) {
        Set<Integer> found = new TreeSet<>();
        for (String known : values.keySet()) {
            if (known.startsWith(key + ".")) {
                Matcher index = INDEXED.matcher(known.substring(key.length() + 1));
                if (index.matches()) {
                    found.add(Integer.valueOf(index.group(1)));
                }
            }
        }
        return found;
    }

    /** The words that stand below a key, in order. */
    Set<String> wordsBelow(String key) {
        Set<String> found = new TreeSet<>();
        for (String known : values.keySet()) {
            if (known.startsWith(key + ".")) {
                found.add(known.substring(key.length() + 1));
            }
        }
        return found;
    }

    void problem(String key, String what) {
        problems.add(key + ": " + what);
    }

    /** Everything noted so far, and the keys that nobody asked for. */
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        new TreeSet<>(values.keySet())
                .stream()
                        .filter(key -> !read.contains(key))
                        .forEach(key -> all.add(Texts.shown(key) + ": is not known"));
        return all;
    }
}
