package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.asterisk.config.ConfigFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds in Asterisk's log which line of which rendered file is meant. */
final class ComplaintReader {
    private static final Pattern LINE =
            Pattern.compile("^(?:\\[[^]]*\\] )?(WARNING|ERROR)\\[[0-9]+\\](?:\\[[^]]*\\])?:? (.*)$");
    private static final Pattern FILE = Pattern.compile("([A-Za-z0-9_]+\\.conf)");
    private static final Pattern NUMBER = Pattern.compile("\\bline ([0-9]{1,6})\\b");
    private static final Pattern OBJECT = Pattern.compile("type '([a-z]+)' with id '([^']+)'");
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Pattern PASSWORD = Pattern.compile("(?m)^(?:password|secret) = (.+)$");
    private static final Pattern REGISTERED = Pattern.compile("(?m)^register = [^:]+://[^:]+:([^@]+)@.*$");

    private static final String FUTURE = "will be deprecated in Asterisk version";

    private final RenderedConfig config;
    private final List<String> passwords;

    ComplaintReader(RenderedConfig config) {
        this.config = config;
        this.passwords = config.files().stream()
                .filter(RenderedFile::secret)
                .flatMap(file -> Stream.concat(
                        PASSWORD.matcher(file.text()).results(),
                        REGISTERED.matcher(file.text()).results()))
                .map(match -> match.group(1).replace("\\;", ";"))
                .toList();
    }

    List<ConfigFinding> read(List<String> log) {
        List<ConfigFinding> found = new ArrayList<>();
        for (String line : log) {
            Matcher matcher = LINE.matcher(line);
            // We sent it there ourselves, and what becomes of a module one day is nothing that is wrong with the files.
            if (matcher.matches() && !line.contains(HarmlessCopy.NOWHERE) && !line.contains(FUTURE)) {
                found.add(finding(Severity.valueOf(matcher.group(1)), withoutPasswords(matcher.group(2))));
            }
        }
        return found.stream().distinct().toList();
    }

    private ConfigFinding finding(Severity severity, String message) {
        List<RenderedFile> named = FILE.matcher(message)
                .results()
                .flatMap(match -> config.file(match.group(1)).stream())
                .toList();
        Matcher number = NUMBER.matcher(message);
        int line = number.find() ? Integer.parseInt(number.group(1)) : 0;
        for (RenderedFile file : line > 0 ? (named.isEmpty() ? config.files() : named) : List.<RenderedFile>of()) {
            // Sometimes a line is told without its file; then it is the one that has the words in that line.
            if (!named.isEmpty() || holdsAQuotedWord(file, line, message)) {
                return new ConfigFinding(severity, file.name(), line, message);
            }
        }
        Matcher object = OBJECT.matcher(message);
        if (object.find()) {
            String section = "[" + object.group(2) + "]\ntype = " + object.group(1) + "\n";
            for (RenderedFile file : config.files()) {
                int at = file.text().indexOf("\n" + section);
                if (at >= 0) {
                    int lines = Math.toIntExact(
                            file.text().substring(0, at + 1).lines().count());
                    return new ConfigFinding(severity, file.name(), lines + 1, message);
                }
            }
        }
        return new ConfigFinding(severity, named.isEmpty() ? null : named.get(0).name(), 0, message);
    }

    private static boolean holdsAQuotedWord(RenderedFile file, int line, String message) {
        List<String> lines = file.text().lines().toList();
        return line <= lines.size()
                && QUOTED.matcher(message)
                        .results()
                        .anyMatch(word -> lines.get(line - 1).startsWith(word.group(1) + " ="));
    }

    private String withoutPasswords(String message) {
        String shown = message;
        for (String password : passwords) {
            shown = shown.replace(password, "...");
        }
        return shown;
    }
}
