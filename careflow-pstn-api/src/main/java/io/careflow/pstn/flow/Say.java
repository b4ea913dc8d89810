package io.careflow.pstn.flow;

import java.util.Locale;

/**
 * Speaks a text with a synthetic voice. Answers the call if it is not answered yet.
 *
 * @param text 1 to 3000 characters
 * @param language the language it is written in
 */
public record Say(String text, Locale language) implements Prompt {
    private static final int LONGEST = 3000;

    public Say {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "text to say has " + text.length() + " characters; allowed are 1 to " + LONGEST);
        }
        if (language.getLanguage().isEmpty()) {
            throw new IllegalArgumentException(
                    "language of the text to say is empty; expected one like Locale.ENGLISH");
        }
    }

    @Override
    public String name() {
        return "say";
    }
}
