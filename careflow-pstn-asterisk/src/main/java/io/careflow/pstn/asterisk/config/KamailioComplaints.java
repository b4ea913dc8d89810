package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.asterisk.config.ConfigFinding.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds in Kamailio's log which line of which rendered file is meant. */
final class KamailioComplaints {
    private static final Pattern LINE = Pattern.compile("^ *[0-9]+\\([0-9]+\\) (WARNING|ERROR|CRITICAL|ALERT): (.*)$");
    private static final Pattern SOURCE = Pattern.compile("^(\\S+) \\[[^]]*\\]: [a-zA-Z0-9_]+\\(\\): ");
    private static final Pattern PLACE = Pattern.compile("line:? ([0-9]{1,6})|\\.(?:cfg|list):([0-9]{1,6})\\b");
    private static final Pattern SECRET = Pattern.compile("= \"((?:[^\"\\\\]|\\\\.)+)\";|\"(postgres://[^\"]+)\"");
    private static final String END = "Thank you for flying kamailio";
    // Said at every start, whatever is configured: about the library, not about the files.
    private static final String ALWAYS_WITH_TLS = "openssl bug #1491";
    private static final int SHORTEST_SECRET = 4;

    private final RenderedConfig config;
    private final String folder;
    private final List<String> secrets;

    KamailioComplaints(RenderedConfig config, Path scratch) {
        this.config = config;
        this.folder = scratch + "/";
        this.secrets = config.files().stream()
                .filter(RenderedFile::secret)
                .flatMap(file -> SECRET.matcher(file.text()).results())
                .flatMap(KamailioComplaints::values)
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Stream<String> values(MatchResult match) {
        String value = match.group(1) == null ? match.group(2) : match.group(1);
        return Stream.of(value, value.replace("\\\"", "\"").replace("\\\\", "\\"));
    }

    /** May be added to. */
    List<ConfigFinding> read(List<String> log) {
        List<ConfigFinding> found = new ArrayList<>();
        for (String line : log) {
            // What it says while it ends is about its end.
            if (line.contains(END)) {
                break;
            }
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && !line.contains(ALWAYS_WITH_TLS)) {
                Severity severity = matcher.group(1).equals("WARNING") ? Severity.WARNING : Severity.ERROR;
                ConfigFinding finding = finding(severity, matcher.group(2));
                if (!found.contains(finding)) {
                    found.add(finding);
                }
            }
        }
        return found;
    }

    private ConfigFinding finding(Severity severity, String text) {
        String message = SOURCE.matcher(text).replaceFirst("$1: ").replace(folder, "");
        for (String secret : secrets) {
            message = message.replace(secret, "...");
        }
        String file = fileOf(message);
        Matcher place = PLACE.matcher(message);
        if (place.find()) {
            String number = place.group(1) == null ? place.group(2) : place.group(1);
            return new ConfigFinding(severity, file == null ? "kamailio.cfg" : file, Integer.parseInt(number), message);
        }
        return new ConfigFinding(severity, file, 0, message);
    }

    private @Nullable String fileOf(String message) {
        return config.files().stream()
                .map(RenderedFile::name)
                .filter(name -> name.contains(".") && message.contains(name))
                .findFirst()
                .orElse(null);
    }
}
