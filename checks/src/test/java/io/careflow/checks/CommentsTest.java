package io.careflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything public says what it is. Tags that would repeat the sentence above them are not asked for. */
class CommentsTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    static List<String> modules() {
        return Modules.PUBLISHED;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everythingPublicHasAComment(String module) throws IOException {
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, Locale.ENGLISH, null);
                Stream<Path> found = Files.walk(Modules.folder(module).resolve("src/main/java"))) {
            List<Path> sources =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            assertThat(missing(files, files.getJavaFileObjectsFromPaths(sources)))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("a missing comment is caught, and one on what is not public is not asked for")
    void bites() throws IOException {
        String source =
                "/** A class. */ public class A { /** Makes one. */ public A() {} public void b() {} void c() {} }";
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, Locale.ENGLISH, null)) {
            assertThat(missing(files, List.of(file))).singleElement().asString().startsWith("/A.java:1");
        }
    }

    private static List<String> missing(StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources)
            throws IOException {
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-Xdoclint:missing/protected",
                "-Xmaxwarns",
                "100000",
                "-classpath",
                System.getProperty("java.class.path"));
        JavacTask task = (JavacTask) COMPILER.getTask(null, files, said, options, null, sources);
        task.analyze();
        assertThat(said.getDiagnostics()).noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
        return said.getDiagnostics().stream()
                .filter(problem -> problem.getMessage(Locale.ENGLISH).startsWith("no comment"))
                .map(problem -> problem.getSource().toUri().getPath() + ":" + problem.getLineNumber())
                .distinct()
                .toList();
    }
}
