package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.HttpDownload;
import io.careflow.pstn.http.HttpReply;
import io.careflow.pstn.http.HttpTransport;
import io.careflow.pstn.http.Refusal;
import io.careflow.pstn.http.Refusal.Kind;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Opens links to media. They lie elsewhere and are signed themselves, so they are asked without our key; and over TLS only,
 * unless they are where the API itself is. Thread-safe.
 */
final class MediaLinks implements AutoCloseable {
    private final ProviderId provider;
    private final HttpTransport withoutKey;
    private final URI api;

    /** @param withoutKey sends no credentials, whatever the host */
    MediaLinks(ProviderId provider, HttpTransport withoutKey, URI api) {
        this.provider = provider;
        this.withoutKey = withoutKey;
        this.api = api;
    }

    /** A link that has run out is answered 403, which says nothing about our key. */
    static Refusal refusal(HttpReply reply) {
        return switch (reply.status()) {
            case 400, 401, 403, 404, 410 -> new Refusal(Kind.NOT_FOUND, null, "the link to the file does not work");
            default -> Refusal.byStatus();
        };
    }

    HttpDownload open(String operation, URI link) {
        return withoutKey.at(origin(operation, link)).open(HttpCall.page(operation, link));
    }

    private URI origin(String operation, URI link) {
        boolean ofApi = String.valueOf(link.getScheme()).equals(api.getScheme())
                && String.valueOf(link.getHost()).equals(api.getHost())
                && link.getPort() == api.getPort();
        if (link.getHost() == null || !(ofApi || "https".equals(link.getScheme()))) {
            throw refused(operation);
        }
        try {
            return new URI(link.getScheme(), null, link.getHost(), link.getPort(), "/", null, null);
        } catch (URISyntaxException e) {
            throw refused(operation);
        }
    }

    private ProtocolError refused(String operation) {
        return new ProtocolError(Failure.of(
                provider, operation, Effect.NONE, "the link to the file is no https link, and was not followed"));
    }

    @Override
    public void close() {
        withoutKey.close();
    }
}
