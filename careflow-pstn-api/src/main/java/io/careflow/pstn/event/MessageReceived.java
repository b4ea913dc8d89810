package io.careflow.pstn.event;

import io.careflow.pstn.message.MessageRef;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A text message came in. Its {@code toString} does not show the text.
 *
 * @param from who sent it: a number, a short code or a name
 * @param to our number
 * @param text what it says; may be empty
 * @param media pictures and the like, where the provider keeps them
 */
public record MessageReceived(
        String id, Instant occurredAt, MessageRef message, String from, String to, String text, List<URI> media)
        implements PstnEvent {
    public MessageReceived {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(text, "text");
        media = List.copyOf(media);
    }

    @Override
    public String toString() {
        return "MessageReceived[" + id + ", " + occurredAt + ", " + message + ", " + from + " to " + to + ", "
                + text.length() + " characters]";
    }
}
