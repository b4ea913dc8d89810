package io.careflow.pstn.consent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the rules that lie in the jar: a line of code and name, and below it indented lines of what holds there. */
final class RulesReader {
    private static final String RESOURCE = "rules.txt";

    private RulesReader() {}

    static List<ConsentRule> standard() {
        InputStream resource = RulesReader.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("the rules are missing in the jar: " + RESOURCE);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return read(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ConsentRule> read(List<String> lines) {
        List<ConsentRule> rules = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                block.add(line.strip());
            } else if (!block.isEmpty()) {
                rules.add(rule(block));
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            rules.add(rule(block));
        }
        return rules;
    }

    private static ConsentRule rule(List<String> block) {
        String[] head = block.get(0).split(" ", 2);
        List<String> words = List.of(block.get(1).split(" "));
        List<String> actions = List.of(words.get(1).split("/", -1));
        TreeMap<String, String> facts = new TreeMap<>();
        for (String line : block.subList(2, block.size())) {
            int colon = line.indexOf(": ");
            facts.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return new ConsentRule(
                new Jurisdiction(head[0]),
                head[1],
                ConsentBasis.valueOf(constant(words.get(0))),
                ConsentAction.valueOf(constant(actions.get(0))),
                ConsentAction.valueOf(constant(actions.get(1))),
                words.contains("disputed"),
                words.contains("unchecked"),
                facts.getOrDefault("statute", ""),
                facts.getOrDefault("source", ""),
                ConsentRule.Confidence.valueOf(constant(facts.getOrDefault("confidence", "none"))),
                places(facts.getOrDefault("members", "")),
                facts.getOrDefault("note", ""));
    }

    private static Set<Jurisdiction> places(String codes) {
        return Arrays.stream(codes.split(" "))
                .filter(code -> !code.isEmpty())
                .map(Jurisdiction::new)
                .collect(Collectors.toSet());
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
