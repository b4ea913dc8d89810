package io.careflow.pstn.directory;

import io.careflow.pstn.flow.SpokenDigits;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The short id under which a user is called: {@code 0001} on a keypad, {@code care4w-001} or {@code care4w-0000001} in
 * writing. Leading zeros make no difference.
 *
 * @param number 1 to 9999999
 */
public record CareFlowId(int number) {
    private static final int MOST = 9_999_999;
    private static final Pattern SPELLING = Pattern.compile("(?:care4w[-_ ]?)?([0-9]{1,10})");
    private static final Pattern SPOKEN = Pattern.compile(
            "(?:care ?(?:4|four|for|fore) ?(?:w|double (?:u|you)) ?|care ?flow(?: (?:id|number))? )?(.+)");

    public CareFlowId {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException("CareFlow ID " + number + " is out of range; allowed are 1 to " + MOST);
        }
    }

    /**
     * Reads an id in any of its spellings; case, blanks around it and leading zeros do not matter.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CareFlowId parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not a CareFlow ID; expected digits like 0001 or care4w-001, from 1 to " + MOST));
    }

    /** Like {@link #parse}, for input that is often wrong: what a caller typed. */
    public static Optional<CareFlowId> find(String text) {
        Matcher matcher = SPELLING.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return number < 1 || number > MOST ? Optional.empty() : Optional.of(new CareFlowId((int) number));
    }

    /**
     * Reads an id as recognisers write down what a caller said: {@code zero zero zero one}, {@code care four w 001} or any of
     * the spellings.
     */
    public static Optional<CareFlowId> findSpoken(String words) {
        String separated =
                words.toLowerCase(Locale.ROOT).replaceAll("[-_.,;:!?\\s]+", " ").strip();
        Matcher matcher = SPOKEN.matcher(separated);
        return matcher.matches() ? SpokenDigits.find(matcher.group(1)).flatMap(CareFlowId::find) : Optional.empty();
    }

    /** As typed on a keypad: at least four digits. */
    public String keypad() {
        return String.format(Locale.ROOT, "%04d", number);
    }

    /** As written: {@code care4w-0000001}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "care4w-%07d", number);
    }
}
