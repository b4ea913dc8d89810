package io.careflow.pstn.webhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An HTTP request of a carrier, byte for byte as it arrived: signatures cover the bytes. Take the raw body, never the
 * parameters that a framework parsed. Its {@code toString} shows neither query, headers nor body, nor who logs in by the URL. Immutable and thread-safe.
 */
public final class WebhookRequest {
    private static final Pattern URL = Pattern.compile("(https?|wss?)://[^\\s/?#]+([/?#]\\S*)?");

    private final String method;
    private final String url;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;

    /**
     * A request as it arrived.
     *
     * @param method such as {@code POST}
     * @param url the public URL as the carrier called it, with its query, not decoded. Behind a proxy that is not the URL that
     *     the application sees: put the public scheme, host and port in front of the path and query that arrived
     * @param headers all headers; names in any case
     * @param body the bytes of the body; empty if there is none
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public WebhookRequest(String method, String url, List<Map.Entry<String, String>> headers, byte[] body) {
        this.method = Objects.requireNonNull(method, "method");
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException("webhook URL is not absolute; expected the public URL that was called");
        }
        this.url = url;
        this.headers = headers.stream()
                .map(header -> Map.entry(header.getKey(), header.getValue()))
                .toList();
        this.body = body.clone();
    }

    /** A POST of this body, without headers. */
    public static WebhookRequest post(String url, String body) {
        return new WebhookRequest("POST", url, List.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header. */
    public WebhookRequest header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new WebhookRequest(method, url, more, body);
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The public URL that was called, with its query. */
    public String url() {
        return url;
    }

    /** All headers, in order. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The first header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String shown = url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
        return "WebhookRequest[" + method + " " + shown + ", " + body.length + " bytes]";
    }
}
