package io.careflow.pstn.http;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Settings of one {@link HttpTransport}: leave it alone after {@link #build}. Not thread-safe. */
public final class HttpTransportBuilder {
    final ProviderId provider;
    final HttpUrl base;
    Duration connect = Duration.ofSeconds(3);
    Duration read = Duration.ofSeconds(10);
    Duration call = Duration.ofSeconds(15);
    Duration idle = Duration.ofSeconds(5);
    int idleConnections = 32;
    int readAttempts = 3;
    Duration backOff = Duration.ofMillis(100);
    long maxBody = 8L * 1024 * 1024;
    String userAgent = "careflow-pstn";
    String authHeader = "Authorization";

    @Nullable
    Secret authValue;

    PstnObserver observer = PstnObserver.none();
    Sleeper sleeper = Sleeper.system();
    RandomGenerator random = new Random();
    Json json = new Json();
    Function<HttpReply, @Nullable String> errorCode = reply -> null;
    String requestIdHeader = "x-request-id";

    HttpTransportBuilder(ProviderId provider, URI base) {
        this.provider = Objects.requireNonNull(provider, "provider");
        if (base.getUserInfo() != null) {
            throw new IllegalArgumentException("credentials do not belong in the base URI");
        }
        HttpUrl url = HttpUrl.get(base);
        if (url == null) {
            throw new IllegalArgumentException("base URI is not http or https");
        }
        this.base = url;
    }

    /**
     * Deadlines. Each must be positive.
     *
     * @param connecting for the TCP and TLS handshakes
     * @param silence between two bytes
     * @param whole for one attempt from start to the last byte
     */
    public HttpTransportBuilder deadlines(Duration connecting, Duration silence, Duration whole) {
        connect = positive(connecting);
        read = positive(silence);
        call = positive(whole);
        return this;
    }

    /**
     * Connections kept open between requests.
     *
     * @param count as many as requests run at once in a busy second; more are opened when needed, and closed afterwards
     * @param longest unused; choose less than the server's own limit, or a write may meet a connection that is just closing
     */
    public HttpTransportBuilder keepAlive(int count, Duration longest) {
        idleConnections = count;
        idle = positive(longest);
        return this;
    }

    /** How often a read is tried, and the pause before the second try; pauses double and vary by half. */
    public HttpTransportBuilder reads(int attempts, Duration pause) {
        readAttempts = Math.max(1, attempts);
        backOff = positive(pause);
        return this;
    }

    /** The largest body accepted, in bytes. */
    public HttpTransportBuilder maxBody(long bytes) {
        maxBody = bytes;
        return this;
    }

    /** What we call ourselves. */
    public HttpTransportBuilder userAgent(String value) {
        userAgent = value;
        return this;
    }

    /** HTTP basic authentication. */
    public HttpTransportBuilder basicAuth(String user, Secret password) {
        return headerAuth("Authorization", Secret.of(Credentials.basic(user, password.reveal())));
    }

    /** {@code Authorization: Bearer ...}. */
    public HttpTransportBuilder bearerAuth(Secret token) {
        return headerAuth("Authorization", Secret.of("Bearer " + token.reveal()));
    }

    /** A header of any name that carries the credential. */
    public HttpTransportBuilder headerAuth(String name, Secret value) {
        // OkHttp would quote the offending value in its message.
        if (value.reveal().chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("the credential for " + name + " holds characters that no header may");
        }
        authHeader = name;
        authValue = value;
        return this;
    }

    /** Who is told of every operation. */
    public HttpTransportBuilder observer(PstnObserver value) {
        observer = value;
        return this;
    }

    /** Time and chance for the pauses between reads. */
    public HttpTransportBuilder pauses(Sleeper waiting, RandomGenerator chance) {
        sleeper = waiting;
        random = chance;
        return this;
    }

    /** Where the provider puts its own error code, and the header of its request id. Must not return free text. */
    public HttpTransportBuilder errors(Function<HttpReply, @Nullable String> code, String idHeader) {
        errorCode = code;
        requestIdHeader = idHeader;
        return this;
    }

    /** Builds the transport; close it after use. */
    public HttpTransport build() {
        return new HttpTransport(this);
    }

    private static Duration positive(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("a deadline must be positive");
        }
        return value;
    }
}
