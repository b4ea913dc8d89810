package io.careflow.pstn.asterisk.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Reads a configuration file as Asterisk does: sections, keys in order, comments away. */
record ConfSections(List<Section> sections) {
    record Section(String name, boolean more, Map<String, List<String>> values) {
        String value(String key) {
            List<String> found = values.getOrDefault(key, List.of());
            if (found.size() != 1) {
                throw new NoSuchElementException(name + " has " + found.size() + " of " + key + ": " + values);
            }
            return found.get(0);
        }

        boolean has(String key) {
            return values.containsKey(key);
        }

        List<String> all(String key) {
            return values.getOrDefault(key, List.of());
        }
    }

    static ConfSections of(RenderedConfig config, String name) {
        return parse(config.file(name)
                .orElseThrow(() -> new NoSuchElementException(name))
                .text());
    }

    static ConfSections parse(String text) {
        List<Section> sections = new ArrayList<>();
        for (String raw : text.lines().toList()) {
            String line = withoutComment(raw).strip();
            if (line.startsWith("[")) {
                sections.add(
                        new Section(line.substring(1, line.indexOf(']')), line.endsWith("(+)"), new LinkedHashMap<>()));
            } else if (line.startsWith("#include ")) {
                sections.add(new Section(line, false, new LinkedHashMap<>()));
            } else if (!line.isEmpty()) {
                int equals = line.indexOf('=');
                sections.get(sections.size() - 1)
                        .values()
                        .computeIfAbsent(line.substring(0, equals).strip(), key -> new ArrayList<>())
                        .add(line.substring(equals + 1).replaceFirst("^>", "").strip());
            }
        }
        return new ConfSections(sections);
    }

    /** A backslash takes a semicolon its meaning; everywhere else it is itself. */
    private static String withoutComment(String line) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == ';') {
                kept.append(line.charAt(++i));
            } else if (c == ';') {
                return kept.toString();
            } else {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** The only section of that name and type. */
    Section one(String name, String type) {
        List<Section> found = sections.stream()
                .filter(section ->
                        section.name().equals(name) && section.all("type").contains(type))
                .toList();
        if (found.size() != 1) {
            throw new NoSuchElementException(found.size() + " of [" + name + "] type " + type + " in " + sections);
        }
        return found.get(0);
    }

    /** The only section of that name. */
    Section one(String name) {
        List<Section> found = sections.stream()
                .filter(section -> section.name().equals(name) && !section.more())
                .toList();
        if (found.size() != 1) {
            throw new NoSuchElementException(found.size() + " of [" + name + "] in " + sections);
        }
        return found.get(0);
    }

    List<String> names() {
        return sections.stream().map(Section::name).toList();
    }

    List<String> names(String type) {
        return sections.stream()
                .filter(section -> section.all("type").contains(type))
                .map(Section::name)
                .toList();
    }
}
