package io.careflow.pstn.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.careflow.pstn.asterisk.config.RenderedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a rendered file differs from the one that is there.
 *
 * @param file its name
 * @param change what writing it would do
 * @param diff as diff(1) writes it with {@code -u}, without secrets; empty if the text is the same
 */
record ConfigDiff(String file, Change change, List<String> diff) {
    /** What stands in place of a line end that is missing. */
    static final String NO_END = "\\ No newline at end of file";

    private static final int CONTEXT = 3;

    /**
     * Compares.
     *
     * @throws BadUsage if what is there cannot be read
     */
    static ConfigDiff of(RenderedFile file, Path folder) {
        Path there = folder.resolve(file.name());
        if (!Files.exists(there)) {
            return new ConfigDiff(file.name(), Change.NEW, diff("/dev/null", there, List.of(), file));
        }
        String text = read(there);
        if (!text.equals(file.text())) {
            return new ConfigDiff(file.name(), Change.CHANGED, diff(there.toString(), there, lines(text), file));
        }
        boolean open = file.secret() && OwnerOnly.isOpenToOthers(there);
        return new ConfigDiff(file.name(), open ? Change.CLOSED : Change.SAME, List.of());
    }

    boolean isDifferent() {
        return change != Change.SAME;
    }

    private static List<String> diff(String old, Path there, List<String> before, RenderedFile file) {
        List<String> after = lines(file.text());
        List<String> raw = UnifiedDiffUtils.generateUnifiedDiff(
                old, there.toString(), before, DiffUtils.diff(before, after), CONTEXT);
        Set<String> ours = new HashSet<>(after);
        List<String> shown = new ArrayList<>();
        for (int at = 0; at < raw.size(); at++) {
            String line = raw.get(at);
            // The first two name the files; every line of a file has one character before it, which is never this one.
            boolean content = at > 1 && !line.startsWith("@@");
            // diff(1) counts the lines of what is not there from 0.
            String head = before.isEmpty() ? line.replaceFirst("^@@ -1,0 ", "@@ -0,0 ") : line;
            shown.add(printable(content ? line.charAt(0) + hidden(line.substring(1), file, ours) : head));
        }
        return shown;
    }

    private static String hidden(String line, RenderedFile file, Set<String> ours) {
        if (file.secret()) {
            return Hidden.inSecretFile(line);
        }
        return ours.contains(line) ? line : Hidden.inStrangeFile(line);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.remove(lines.size() - 1);
        if (!last.isEmpty()) {
            lines.add(last);
            lines.add(NO_END);
        }
        return lines;
    }

    private static String printable(String line) {
        return line.replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
    }

    private static String read(Path file) {
        try {
            // Whatever its characters are: bytes that differ give texts that differ.
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                    ? text
                    : new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new BadUsage("file " + file + " cannot be read; expected one that this user may read", e);
        }
    }

    /** What writing a file does. */
    enum Change {
        /** It is not there. */
        NEW,
        /** It is there with another text. */
        CHANGED,
        /** Its text stays; others than its owner can read it no longer. */
        CLOSED,
        /** Nothing. */
        SAME
    }
}
