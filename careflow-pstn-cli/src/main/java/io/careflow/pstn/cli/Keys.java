package io.careflow.pstn.cli;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SecretSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The dotted keys of a file, asked for one by one. What is wrong is collected, to be told all at once. Not thread-safe. */
final class Keys {
    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();

    Keys(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    Optional<String> text(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    Optional<String> required(String key, String expected) {
        Optional<String> found = text(key);
        if (found.isEmpty()) {
            problem(key, "is missing; expected " + expected);
        }
        return found;
    }

    /** The value as something else; a problem where it cannot be that, told in the words of the exception. */
    <T> Optional<T> as(String key, Function<String, T> made) {
        return text(key).flatMap(text -> made(key, () -> made.apply(text)));
    }

    Optional<Integer> number(String key, int least, int most) {
        Optional<String> text = text(key);
        if (text.isPresent()
                && (!text.get().matches("[0-9]{1,9}")
                        || Integer.parseInt(text.get()) < least
                        || Integer.parseInt(text.get()) > most)) {
            problem(key, "is '" + Values.printable(text.get()) + "'; allowed are " + least + " to " + most);
            return Optional.empty();
        }
        return text.map(Integer::valueOf);
    }

    boolean flag(String key) {
        Optional<String> text = text(key);
        if (text.isPresent() && !text.get().matches("true|false")) {
            problem(key, "is '" + Values.printable(text.get()) + "'; allowed are true and false");
        }
        return text.filter("true"::equals).isPresent();
    }

    /** What stands between commas, or as elements of a JSON array; empty if there is nothing. */
    List<String> list(String key) {
        Stream<String> elements = IntStream.iterate(0, at -> values.containsKey(key + "." + at), at -> at + 1)
                .mapToObj(at -> text(key + "." + at).orElse(""));
        Stream<String> words = text(key).stream().flatMap(text -> Arrays.stream(text.split(",", -1)));
        return Stream.concat(words, elements)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** A file, whose name is relative to the folder of the file that names it. */
    Optional<Path> file(String key, Path folder) {
        return as(key, folder::resolve);
    }

    /** The secret that a reference stands for. */
    Optional<Secret> secret(String key, SecretSource secrets) {
        return as(key, text -> secrets.secret(new SecretRef(text)));
    }

    /** The secret that a reference stands for, and a problem if there is none. */
    Optional<Secret> requiredSecret(String key, SecretSource secrets) {
        return required(key, "env:NAME_OF_VARIABLE or file:/absolute/path").isEmpty()
                ? Optional.empty()
                : secret(key, secrets);
    }

    /** The first parts of the keys below this one, in order: {@code a} and {@code b} of {@code nodes.a.udp, nodes.b.udp}. */
    List<String> below(String key) {
        TreeSet<String> names = new TreeSet<>();
        for (String each : values.keySet()) {
            if (each.startsWith(key + ".")) {
                names.add(each.substring(key.length() + 1).replaceFirst("\\..*", ""));
            }
        }
        return List.copyOf(names);
    }

    boolean hasBelow(String key) {
        return !below(key).isEmpty();
    }

    /** Makes something of values; a problem in the words of the exception where that fails. */
    <T> Optional<T> made(String key, Make<T> make) {
        try {
            return Optional.of(make.make());
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    void problem(String key, String what) {
        problems.add(key + ": " + what);
    }

    /** All problems; keys that nobody asked for are among them. */
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        values.keySet().stream()
                .sorted()
                .filter(key -> !asked.contains(key))
                .forEach(key -> all.add(Values.printable(key) + ": there is no such key"));
        return all.stream().distinct().toList();
    }

    /** Makes something. */
    @FunctionalInterface
    interface Make<T> {
        /**
         * Makes it.
         *
         * @throws IllegalArgumentException saying what is wrong
         */
        T make();
    }
}
