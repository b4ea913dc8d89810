package io.careflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
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
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars as they would be published. */
class JarsIT {
    private static final int JAVA_17 = 61;

    static List<String> modules() {
        return Modules.PUBLISHED;
    }

    @Test
    @DisplayName("no package is in two jars")
    void noSplitPackages() throws IOException {
        Map<String, Set<String>> jarsOf = new HashMap<>();
        for (String module : modules()) {
            for (JarEntry entry : classes(jar(module, ""))) {
                String name = entry.getName().substring(0, entry.getName().lastIndexOf('/'));
                jarsOf.computeIfAbsent(name, key -> new TreeSet<>()).add(module);
            }
        }
        assertThat(jarsOf)
                .isNotEmpty()
                .allSatisfy((name, jars) -> assertThat(jars).as(name).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void classesAreOfJava17(String module) throws IOException {
        Set<Integer> versions = new HashSet<>();
        try (JarFile jar = new JarFile(jar(module, "").toFile())) {
            for (JarEntry entry : classes(jar(module, ""))) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                    assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
                    in.readUnsignedShort();
                    versions.add(in.readUnsignedShort());
                }
            }
        }
        assertThat(versions).containsExactly(JAVA_17);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void modulesHaveTheNameOfTheirPackage(String module) throws IOException {
        try (JarFile jar = new JarFile(jar(module, "").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("io.careflow.pstn" + (module.equals("api") ? "" : "." + module));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void sourcesAndJavadocAreThere(String module) throws IOException {
        try (JarFile sources = new JarFile(jar(module, "-sources").toFile());
                JarFile javadoc = new JarFile(jar(module, "-javadoc").toFile())) {
            assertThat(sources.stream()).anyMatch(entry -> entry.getName().endsWith(".java"));
            assertThat(javadoc.getEntry("index.html")).isNotNull();
        }
    }

    private static List<JarEntry> classes(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return new ArrayList<>(jar.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList());
        }
    }

    private static Path jar(String module, String kind) throws IOException {
        try (Stream<Path> found = Files.list(Modules.folder(module).resolve("target"))) {
            return found.filter(file -> file.getFileName()
                            .toString()
                            .matches("careflow-pstn-[a-z]+-[0-9.]+(-SNAPSHOT)?" + kind + "\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar " + kind + " of " + module));
        }
    }
}
