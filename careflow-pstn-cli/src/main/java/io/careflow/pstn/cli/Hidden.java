package io.careflow.pstn.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of configuration files without what may be a secret. Rather too much is hidden than too little. */
final class Hidden {
    private static final String SECRET = "[secret]";
    private static final Pattern SECTION = Pattern.compile("\\s*\\[[A-Za-z0-9_-]{1,60}](\\([A-Za-z0-9_,!-]*\\))?\\s*");
    /** What a script of Kamailio calls a thing, before its value. */
    private static final Pattern NAMED = Pattern.compile("(\\s*(?:\\$sht\\([A-Za-z0-9=>:._-]{1,120}\\)"
            + "|modparam\\(\"[a-z_]{1,40}\",\\s*\"[a-z0-9_]{1,40}\",?)\\s*=?\\s*)(.*)");

    private static final Pattern SETTING = Pattern.compile("(\\s*[A-Za-z0-9_.-]{1,40}\\s*=>?\\s*)(.*)");
    private static final Pattern SUSPECT = Pattern.compile(
            "(.*?(?:pass|pwd|secret|md5|ha1|cred|token|register|mask_key|db_url|key)[A-Za-z0-9_]*)(.+)",
            Pattern.CASE_INSENSITIVE);
    /** User and password of a URL, the password of a SIP address, and that of a channel's name. */
    private static final Pattern ADDRESS =
            Pattern.compile("(//|sips?:[^\\s:@;]{1,99}:|/[A-Za-z0-9._-]{1,99}:)[^/\\s@]{1,200}@");

    private Hidden() {}

    /** A line of a file that holds secrets: names only. */
    static String inSecretFile(String line) {
        if (line.isBlank() || SECTION.matcher(line).matches() || line.equals(ConfigDiff.NO_END)) {
            return line;
        }
        for (Pattern form : new Pattern[] {NAMED, SETTING}) {
            Matcher known = form.matcher(line);
            if (known.matches()) {
                return known.group(1) + SECRET + (line.endsWith(")") ? ")" : "");
            }
        }
        return SECRET;
    }

    /** A line that somebody else wrote into a file that need not hold secrets. */
    static String inStrangeFile(String line) {
        Matcher suspect = SUSPECT.matcher(line);
        if (suspect.matches()) {
            return suspect.group(1) + " " + SECRET;
        }
        return ADDRESS.matcher(line).replaceAll("$1" + SECRET + "@");
    }
}
