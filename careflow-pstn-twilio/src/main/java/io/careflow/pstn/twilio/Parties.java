package io.careflow.pstn.twilio;

import io.careflow.pstn.call.Party;
import java.util.Locale;
import java.util.Set;

/** Who Twilio says is calling or called. */
final class Parties {
    /** Words and keypad spellings of "anonymous", "restricted" and so on that stand where a number should. */
    private static final Set<String> WITHHELD = Set.of(
            "anonymous",
            "restricted",
            "unknown",
            "unavailable",
            "private",
            "+266696687",
            "+2666966867",
            "+7378742833",
            "+86282452253",
            "+8656696",
            "+464");

    private static final int LONGEST = 256;

    private Parties() {}

    /** Numbers and SIP addresses stay as Twilio writes them; what says that there is none becomes anonymous. */
    static Party party(String text) {
        String plain = text.strip();
        if (WITHHELD.contains(plain.toLowerCase(Locale.ROOT))) {
            return Party.anonymous();
        }
        return Party.of(plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST));
    }
}
