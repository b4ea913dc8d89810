package io.careflow.pstn.http;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Duration call = Duration.ofSeconds(10);
    Duration idle = Duration.ofSeconds(5);
    int idleConnections = 32;
    int readAttempts = 3;
    Duration backOff = Duration.ofMillis(100);
    long maxBody = 8L * 1024 * 1024;
    String userAgent = "careflow-pstn";
    String authHeader = "Authorization";

    @Nullable
    Secret authValue;

    /** Everything that must not come back in the words of a carrier. */
    final List<Secret> credentials = new ArrayList<>();

    final Map<String, Secret> authQuery = new LinkedHashMap<>();
    PstnObserver observer = PstnObserver.none();
    Sleeper sleeper = Sleeper.system();
    RandomGenerator random = new Random();
    Json json = new Json();
    Function<HttpReply, Refusal> refusals = reply -> Refusal.byStatus();

    @Nullable
    Function<HttpReply, @Nullable Refusal> refusalsInside;

    Limits limits = Limits.defaults();

    @Nullable
    Clock clock;

    String requestIdHeader = "x-request-id";
    String retryAfterHeader = "retry-after";

    HttpTransportBuilder(ProviderId provider, URI base) {
        this.provider = Objects.requireNonNull(provider, "provider");
        this.base = url(base);
    }

    static HttpUrl url(URI base) {
        if (base.getUserInfo() != null) {
            throw new IllegalArgumentException("credentials do not belong in the base URI");
        }
        HttpUrl url = HttpUrl.get(base);
        if (url == null) {
            throw new IllegalArgumentException("base URI is not http or https");
        }
        return url;
    }

    /**
     * Deadlines; 3, 10 and 10 seconds unless set. Each must be positive. A silence that is shorter than the whole costs every
     * request some microseconds more: for each byte that is awaited OkHttp's timer then has a new earliest deadline to wake for.
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
        credentials.add(password);
        return headerAuth("Authorization", Secret.of(Credentials.basic(user, password.reveal())));
    }

    /** {@code Authorization: Bearer ...}. */
    public HttpTransportBuilder bearerAuth(Secret token) {
        credentials.add(token);
        return headerAuth("Authorization", Secret.of("Bearer " + token.reveal()));
    }

    /** A header of any name that carries the credential. */
    public HttpTransportBuilder headerAuth(String name, Secret value) {
        // OkHttp would quote the offending value in its message.
        if (!HeaderText.isValid(value.reveal())) {
            throw new IllegalArgumentException("the credential for " + name + " holds characters that no header may");
        }
        credentials.add(value);
        authHeader = name;
        authValue = value;
        return this;
    }

    /** A query parameter that carries a credential; may be called more than once. Prefer a header: servers log queries. */
    public HttpTransportBuilder queryAuth(String name, Secret value) {
        credentials.add(value);
        authQuery.put(name, value);
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

    /**
     * How to read the body of an error status. A reader that fails, as on an error page that is no JSON, leaves the status to
     * speak. It is not asked for statuses that the call declared an answer.
     */
    public HttpTransportBuilder refusals(Function<HttpReply, Refusal> reader) {
        refusals = reader;
        return this;
    }

    /**
     * For carriers that answer 2xx to what they refuse: reads the refusal out of such a body, or gives null if it is a success.
     * What it throws is the failure of the operation. The effect is NONE for every kind but BY_STATUS and UNAVAILABLE. Of an
     * answer that is taken as it comes it is asked if that has no more than 4096 bytes.
     */
    public HttpTransportBuilder refusalsInside(Function<HttpReply, @Nullable Refusal> reader) {
        refusalsInside = reader;
        return this;
    }

    /** The header in which the carrier gives the id of a request, for its support; {@code x-request-id} unless set. */
    public HttpTransportBuilder requestId(String header) {
        requestIdHeader = header;
        return this;
    }

    /**
     * The header in which the carrier says when to come again: seconds, seconds since 1970, or an HTTP date; {@code retry-after}
     * unless set.
     */
    public HttpTransportBuilder retryAfter(String header) {
        retryAfterHeader = header;
        return this;
    }

    /** What the account may be asked, and when it is left in peace; {@link Limits#defaults} unless set. */
    public HttpTransportBuilder limits(Limits value) {
        limits = value;
        return this;
    }

    /**
     * The time for the dates in {@code Retry-After} and for the limits. Unless set, dates are compared with the system's time of
     * day, and limits are timed by a clock that nobody can put back.
     */
    public HttpTransportBuilder clock(Clock value) {
        clock = value;
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
