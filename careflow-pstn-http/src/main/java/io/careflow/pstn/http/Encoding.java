package io.careflow.pstn.http;

import io.careflow.pstn.http.HttpCall.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Percent-encoding, in its two dialects. */
final class Encoding {
    private Encoding() {}

    /**
     * For paths and queries. A raw '+' is a blank to some servers and a plus to others; RFC 3986's unreserved characters are
     * safe everywhere.
     */
    static String url(String plain) {
        return URLEncoder.encode(plain, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** A body as HTML forms send it: a blank is a plus. */
    static String form(List<Parameter> fields) {
        return fields.stream()
                .map(f -> URLEncoder.encode(f.name(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(f.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
