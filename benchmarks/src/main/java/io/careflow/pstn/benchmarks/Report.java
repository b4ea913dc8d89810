package io.careflow.pstn.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** What a benchmark says: printed at once, and kept to be written into the documentation by the benchmark itself. */
final class Report {
    private static final Path DOCUMENT = Path.of("docs", "benchmarks.md");
    private static final String TITLE = """
            # Benchmarks

            Written by `./bench NAME --write-docs`; not edited by hand.
            """;

    private final String name;
    private final StringBuilder text = new StringBuilder();

    Report(String name) {
        this.name = name;
    }

    void line(String line) {
        System.out.println(line);
        text.append(line).append('\n');
    }

    /** The result, in the one form that programs read. */
    void figure(String figure, String peer, double ours, double theirs, int decimals, String more) {
        double ratio = ours == theirs ? 1 : ours / theirs;
        String number = "%." + decimals + "f";
        line(String.format(
                Locale.ROOT,
                "figure %s ours=" + number + " peer=" + number + " ratio=%.2f peer-is=%s%s",
                figure,
                ours,
                theirs,
                ratio,
                peer,
                more.isEmpty() ? "" : " " + more));
    }

    /** How the benchmark was called. */
    static String command(CommandSpec spec) {
        return "./bench "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }

    /** Replaces this benchmark's section of the document, or adds it. */
    void writeDocs(String description, String command) {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->\n";
        String section = begin + "## " + name + "\n\n" + description.strip() + "\n\n`" + command + "`, "
                + LocalDate.now(Clock.system(ZoneOffset.UTC)) + "\n\n```text\n" + text + "```\n" + end;
        try {
            String document = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : TITLE;
            int from = document.indexOf(begin);
            int to = document.indexOf(end);
            Files.createDirectories(Path.of("docs"));
            Files.writeString(
                    DOCUMENT,
                    from < 0 || to < 0
                            ? document + "\n" + section
                            : document.substring(0, from) + section + document.substring(to + end.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
