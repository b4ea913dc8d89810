package io.careflow.pstn.tck;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A request that reached the carrier. Its {@code toString} shows neither headers nor body.
 *
 * @param method the HTTP method; for a provider without HTTP a word of its own
 * @param target the path with its query, as it was sent
 * @param headers all headers in order, as they were sent
 * @param body the body as text; empty if there was none
 * @param write whether it changes something at the carrier
 */
public record SentRequest(
        String method, String target, List<Map.Entry<String, String>> headers, String body, boolean write) {
    public SentRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** A request of which GET, HEAD and OPTIONS read, and every other method writes. */
    public static SentRequest http(String method, String target, List<Map.Entry<String, String>> headers, String body) {
        boolean read = List.of("GET", "HEAD", "OPTIONS").contains(method.toUpperCase(Locale.ROOT));
        return new SentRequest(method, target, headers, body, !read);
    }

    /** The same, for carriers whose methods do not tell: it writes, or it reads. */
    public SentRequest writing(boolean value) {
        return new SentRequest(method, target, headers, body, value);
    }

    @Override
    public String toString() {
        return method + " " + target.replaceFirst("[?].*", "?...") + (write ? " (writes)" : " (reads)");
    }
}
