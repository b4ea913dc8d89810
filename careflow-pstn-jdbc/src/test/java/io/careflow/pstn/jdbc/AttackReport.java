package io.careflow.pstn.jdbc;

import static java.time.ZoneOffset.UTC;

import io.careflow.pstn.guard.GuardReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;

/**
 * Writes down how an attack went: whole to {@code target/attack-NAME.txt}, and with {@code -Dattack.report=../docs/guards.md} in short
 * between the markers of that name in the guide. Without it the guide must still have a place for it, in the form of today.
 */
final class AttackReport {
    private static final Path GUIDE = Path.of("..", "docs", "guards.md");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(UTC);
    private static final String ROW = "%-16s %7s  %-14s  %-14s  %s%n";
    private static final String HEAD = String.format(ROW, "guard", "refused", "first", "last", "why it did first");
    private static final int LONGEST_WHY = 60;

    private AttackReport() {}

    static void write(String name, String told, BigDecimal loss, String cap, GuardReport report) {
        String lost = told + "\nlost " + loss.toPlainString() + " USD; " + cap;
        String text = lost + "\n\n" + report;
        System.out.println(text);
        try {
            Files.writeString(Path.of("target", "attack-" + name + ".txt"), text);
            String guide = System.getProperty("attack.report", "");
            if (guide.isEmpty()) {
                Place.of(GUIDE, name).mustHold(HEAD);
            } else {
                Place.of(Path.of(guide), name).put(lost + inShort(report));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inShort(GuardReport report) {
        StringBuilder text =
                new StringBuilder("; " + report.allowed() + " allowed, " + report.denied() + " denied\n\n" + HEAD);
        for (GuardReport.Line line : report.lines()) {
            String why = line.because();
            text.append(String.format(
                    ROW,
                    line.rule().id(),
                    line.denied(),
                    TIME.format(line.first()),
                    TIME.format(line.last()),
                    why.length() > LONGEST_WHY ? why.substring(0, LONGEST_WHY) + "..." : why));
        }
        return text.toString();
    }

    /** What stands between two markers of a file. */
    private record Place(Path file, String text, int from, int to) {
        private static Place of(Path guide, String name) throws IOException {
            String text = Files.readString(guide);
            String begins = "<!-- attack: " + name + " -->\n";
            int from = text.indexOf(begins);
            int to = text.indexOf("<!-- end -->", from);
            if (from < 0 || to < 0) {
                throw new IllegalStateException("no place for the attack '" + name + "' in " + guide);
            }
            return new Place(guide, text, from + begins.length(), to);
        }

        private void mustHold(String line) {
            if (!text.substring(from, to).contains(line)) {
                throw new IllegalStateException(file + " has an attack in another form: run it with -Dattack.report");
            }
        }

        private void put(String report) throws IOException {
            String lines = report.lines().map(String::stripTrailing).reduce("", (one, next) -> one + next + "\n");
            Files.writeString(file, text.substring(0, from) + "```text\n" + lines + "```\n" + text.substring(to));
        }
    }
}
