package io.careflow.pstn.flow;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Plays a notice inside the recording of the call. If none runs yet, one is begun first, and the prompt is not played before the
 * provider says that it runs; one that rests goes on. If it cannot be begun, the notice is not played and the step fails. Answers the call if it is not
 * answered yet.
 *
 * <p>When the prompt is over, {@code NoticePlayed} tells where in the recording it began.
 *
 * @param wording the application's id of what is said: 1 to 64 letters, digits, dots and dashes
 * @param prompt what is heard; no {@link Pause}
 */
public record Notice(String wording, Prompt prompt) implements Step {
    private static final Pattern WORDING = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    public Notice {
        if (!WORDING.matcher(wording).matches()) {
            throw new IllegalArgumentException(
                    "wording '" + wording + "' is not usable: 1 to 64 letters, digits, dots and dashes");
        }
        Objects.requireNonNull(prompt, "prompt");
        if (prompt instanceof Pause) {
            throw new IllegalArgumentException("a notice is heard; a pause is not");
        }
    }

    @Override
    public String name() {
        return "notice";
    }
}
