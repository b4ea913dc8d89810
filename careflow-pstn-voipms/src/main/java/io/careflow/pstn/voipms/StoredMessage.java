package io.careflow.pstn.voipms;

import io.careflow.pstn.message.Message;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A message with what it says. Its {@code toString} does not show the text.
 *
 * @param message who, when and what became of it
 * @param text may be empty
 * @param media pictures and the like, where VoIP.ms keeps them
 * @param timeAmbiguous whether its time lies in the hour that comes twice when summer time ends; it is then the earlier one
 */
public record StoredMessage(Message message, String text, List<URI> media, boolean timeAmbiguous) {
    public StoredMessage {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(text, "text");
        media = List.copyOf(media);
    }

    @Override
    public String toString() {
        return "StoredMessage[" + message + ", " + text.length() + " characters, " + media.size() + " media]";
    }
}
