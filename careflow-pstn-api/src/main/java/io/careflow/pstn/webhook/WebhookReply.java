package io.careflow.pstn.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the carrier is answered.
 *
 * @param status the HTTP status
 * @param contentType with its charset, or null if there is no body
 * @param body UTF-8 text; may be empty
 */
public record WebhookReply(int status, @Nullable String contentType, String body) {
    public WebhookReply {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("HTTP status is " + status + "; allowed are 200 to 599");
        }
        Objects.requireNonNull(body, "body");
        if (contentType == null && !body.isEmpty()) {
            throw new IllegalArgumentException("content type is missing; a body needs one");
        }
    }

    /** Taken; there is nothing to say. */
    public static WebhookReply noContent() {
        return new WebhookReply(204, null, "");
    }

    /** Refused. Says nothing about why: whoever forges learns nothing. */
    public static WebhookReply forbidden() {
        return new WebhookReply(403, null, "");
    }

    /** A text. */
    public static WebhookReply text(int status, String body) {
        return new WebhookReply(status, "text/plain; charset=utf-8", body);
    }

    /** The body as UTF-8. */
    public byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
