package io.careflow.pstn.jdbc;

import io.careflow.pstn.guard.GuardReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down how an attack went: to {@code target/attack-NAME.txt}, and with {@code -Dattack.report=../docs/guards.md} between the
 * markers of that name in the guide.
 */
final class AttackReport {
    private AttackReport() {}

    static void write(String name, String told, BigDecimal loss, String cap, GuardReport report) {
        String text = told + "\nlost " + loss.toPlainString() + " USD; " + cap + "\n\n" + report;
        System.out.println(text);
        try {
            Files.writeString(Path.of("target", "attack-" + name + ".txt"), text);
            String guide = System.getProperty("attack.report", "");
            if (!guide.isEmpty()) {
                into(Path.of(guide), name, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void into(Path guide, String name, String text) throws IOException {
        String before = Files.readString(guide);
        String begins = "<!-- attack: " + name + " -->\n";
        int from = before.indexOf(begins);
        int to = before.indexOf("<!-- end -->", from);
        if (from < 0 || to < 0) {
            throw new IllegalStateException("no place for the attack '" + name + "' in " + guide);
        }
        String lines = text.lines().map(String::stripTrailing).reduce("", (one, next) -> one + next + "\n");
        Files.writeString(
                guide,
                before.substring(0, from + begins.length()) + "```text\n" + lines + "```\n" + before.substring(to));
    }
}
