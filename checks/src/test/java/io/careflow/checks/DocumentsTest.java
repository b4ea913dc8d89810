package io.careflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents show code that is compiled and run, and links that lead somewhere. */
class DocumentsTest {
    private static final Pattern REGION = Pattern.compile("(?s)\\n *// snippet: ([a-z-]+)\\n(.*?)\\n *// end\\n");
    private static final Pattern BLOCK = Pattern.compile("(?s)\\n```java\\n(.*?)\\n```\\n");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    private static final Pattern TEST_CLASS = Pattern.compile("(?<![\\w*<>])([A-Z]\\w*[a-z]\\w*(?:IT|Test))(?!\\w)");

    @Test
    void everyTestClassThatIsNamedExists() throws IOException {
        Set<String> classes = new HashSet<>();
        for (Path tests : testSources()) {
            for (Path source : files(tests, ".java")) {
                classes.add(source.getFileName().toString().replace(".java", ""));
            }
        }
        assertThat(classes).contains("DocumentsTest");
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
            Matcher named = TEST_CLASS.matcher(Files.readString(document));
            while (named.find()) {
                if (!classes.contains(named.group(1))) {
                    missing.add(Modules.ROOT.relativize(document) + " -> " + named.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyJavaBlockIsARegionOfACompiledFile() throws IOException {
        Map<String, String> regions = regions();
        Set<String> used = new HashSet<>();
        for (Path document : documents()) {
            Matcher blocks = BLOCK.matcher(Files.readString(document));
            while (blocks.find()) {
                String block = blocks.group(1).stripIndent().strip();
                assertThat(regions)
                        .as("%s: region with this code%n%s", document, block)
                        .containsValue(block);
                used.add(block);
            }
        }
        assertThat(used).as("regions that a document shows").containsAll(regions.values());
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            Matcher links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                String target = links.group(1);
                if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
                    dead.add(Modules.ROOT.relativize(document) + " -> " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new HashMap<>();
        for (String folder : List.of(
                "checks/src/test/java",
                "examples/inbound-routing/src/main/java",
                "examples/outbound-callback/src/main/java",
                "examples/cost-analysis/src/main/java",
                "examples/toy-adapter/src/main/java",
                "examples/toy-adapter/src/test/java")) {
            for (Path source : files(Modules.ROOT.resolve(folder), ".java")) {
                Matcher found = REGION.matcher(Files.readString(source));
                while (found.find()) {
                    String earlier = regions.put(
                            found.group(1), found.group(2).stripIndent().strip());
                    assertThat(earlier).as("two regions " + found.group(1)).isNull();
                }
            }
        }
        assertThat(regions).isNotEmpty();
        return regions;
    }

    private static Set<Path> documents() throws IOException {
        Set<Path> documents = new TreeSet<>(files(Modules.ROOT.resolve("docs"), ".md"));
        try (Stream<Path> top = Files.list(Modules.ROOT)) {
            top.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    private static List<Path> testSources() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path above : List.of(Modules.ROOT, Modules.ROOT.resolve("examples"))) {
            try (Stream<Path> modules = Files.list(above)) {
                modules.map(module -> module.resolve("src/test/java"))
                        .filter(Files::isDirectory)
                        .forEach(folders::add);
            }
        }
        return folders;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
