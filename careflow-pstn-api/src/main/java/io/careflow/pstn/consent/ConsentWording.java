package io.careflow.pstn.consent;

import io.careflow.pstn.flow.Prompt;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What parties hear about the recording. The texts are the application's; a new text is a new id, so that records tell what was said.
 *
 * @param id such as {@code de-2026-01}: 1 to 64 letters, digits, dots and dashes
 * @param notice what is played inside the recording, such as "This call is recorded"
 * @param question what asks for the key, such as "Press 1 if we may record this call"
 */
public record ConsentWording(String id, Prompt notice, Prompt question) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    public ConsentWording {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "wording id '" + id + "' is not usable: 1 to 64 letters, digits, dots and dashes");
        }
        Objects.requireNonNull(notice, "notice");
        Objects.requireNonNull(question, "question");
    }
}
