package io.careflow.pstn.messagedesk;

import io.careflow.pstn.PhoneNumber;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Whether somebody wants texts from a number of ours, as it was said at one moment.
 *
 * @param sender our number
 * @param recipient who chose
 * @param out true: no more texts; false: texts again
 * @param source who said so
 * @param word what was said, such as {@code STOP} or the carrier's code; what is longer than 64 characters is cut
 * @param at when, in milliseconds
 */
public record OptChoice(
        PhoneNumber sender, PhoneNumber recipient, boolean out, Source source, String word, Instant at) {
    private static final int LONGEST = 64;

    public OptChoice {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(source, "source");
        word = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether this counts where the other was said before, or is late. At the same moment, who wants none has the last word. */
    public boolean replaces(OptChoice other) {
        return at.isAfter(other.at) || (at.equals(other.at) && out && !other.out);
    }

    /** Who said so. */
    public enum Source {
        /** The recipient, by a text. */
        RECIPIENT,
        /** The carrier, which refused a text because of it. */
        CARRIER,
        /** The application, such as by a page of settings. */
        APPLICATION
    }
}
