package io.careflow.pstn.voipms;

import java.util.ArrayList;
import java.util.List;

/** Divides a text into parts that VoIP.ms takes. */
final class TextParts {
    /** Characters that VoIP.ms takes in one text message. */
    static final int LONGEST = 160;

    private TextParts() {}

    /** The parts, in order: between words where there are some, never inside of a character. Blanks at a cut get lost. */
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > LONGEST) {
            int cut = cut(rest);
            String part = rest.substring(0, cut).stripTrailing();
            if (!part.isEmpty()) {
                parts.add(part);
            }
            rest = rest.substring(cut).stripLeading();
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return List.copyOf(parts);
    }

    private static int cut(String text) {
        for (int at = LONGEST; at > LONGEST / 2; at--) {
            if (Character.isWhitespace(text.charAt(at))) {
                return at;
            }
        }
        return Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    }
}
