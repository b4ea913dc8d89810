package io.careflow.pstn.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp by itself, as its defaults are, sending a request that was seen before: same method, path, headers and body. The body's
 * bytes lie ready. The answer is read whole and looked at no further than its status.
 */
final class OkHttpPeer {
    /** OkHttp writes these itself. */
    private static final Set<String> ITS_OWN =
            Set.of("host", "connection", "content-length", "content-type", "accept-encoding");

    private final OkHttpClient client = new OkHttpClient();
    private final String url;
    private final String method;
    private final Headers headers;
    private final byte @Nullable [] body;
    private final @Nullable MediaType type;

    /** @param seen the request, byte for byte */
    OkHttpPeer(URI base, String seen) {
        int head = seen.indexOf("\r\n\r\n");
        String[] lines = seen.substring(0, head).split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        this.method = first[0];
        this.url = base + first[1];
        Headers.Builder own = new Headers.Builder();
        String contentType = null;
        for (int i = 1; i < lines.length; i++) {
            String name = lines[i].substring(0, lines[i].indexOf(':'));
            String value = lines[i].substring(name.length() + 1).strip();
            if (name.equalsIgnoreCase("content-type")) {
                contentType = value;
            }
            if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                own.add(name, value);
            }
        }
        this.headers = own.build();
        this.type = contentType == null ? null : MediaType.get(contentType);
        this.body = method.equals("GET") ? null : seen.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends it and reads the answer's body. */
    byte[] send() {
        Request request = new Request.Builder()
                .url(url)
                .headers(headers)
                .method(method, body == null ? null : RequestBody.create(body, type))
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IllegalStateException("HTTP " + response.code());
            }
            return response.body().bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
