package io.careflow.pstn.flow;

import java.net.URI;

/**
 * Plays a recording. Answers the call if it is not answered yet.
 *
 * @param media where it is: {@code https:} for every provider; a PBX also takes {@code file:} and its own
 *     {@code sound:name}
 */
public record Play(URI media) implements Prompt {
    public Play {
        if (media.getScheme() == null) {
            throw new IllegalArgumentException("media '" + media + "' has no scheme; expected https:, file: or sound:");
        }
    }

    @Override
    public String name() {
        return "play";
    }
}
