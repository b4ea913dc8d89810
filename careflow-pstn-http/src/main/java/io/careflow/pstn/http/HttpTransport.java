package io.careflow.pstn.http;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one provider: blocking, with deadlines, without redirects. Reads are repeated after a failure that a repetition
 * may cure; writes are sent exactly once. Every failure is a {@link PstnException} that says what may have been done, and
 * holds neither credentials nor bodies. Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {
    private final ProviderId provider;
    private final HttpUrl base;
    private final OkHttpClient client;
    private final ThreadPoolExecutor threads;
    private final EffectRule rule;
    private final HttpTransportBuilder settings;
    private final PstnObserver observer;

    HttpTransport(HttpTransportBuilder settings) {
        this.settings = settings;
        this.provider = settings.provider;
        this.base = settings.base;
        this.observer = settings.observer;
        this.rule = new EffectRule(provider);
        this.threads = daemons(provider);
        this.client = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(threads))
                .connectionPool(
                        new ConnectionPool(settings.idleConnections, settings.idle.toMillis(), TimeUnit.MILLISECONDS))
                .connectTimeout(settings.connect)
                .readTimeout(settings.read)
                .writeTimeout(settings.read)
                .callTimeout(settings.call)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .eventListenerFactory(call -> {
                    SendProbe probe = call.request().tag(SendProbe.class);
                    return probe == null ? EventListener.NONE : probe;
                })
                .build();
    }

    /** Settings for a transport to this provider, below this http or https URI. */
    public static HttpTransportBuilder builder(ProviderId provider, URI base) {
        return new HttpTransportBuilder(provider, base);
    }

    /**
     * Sends the request and reads the whole answer.
     *
     * @throws PstnException if no answer came, or a status that the call did not declare an answer
     */
    public HttpReply send(HttpCall call) {
        PstnObserver.Observation observation = observer.started(provider, call.operation());
        PstnException failure = null;
        try {
            return repeat(call);
        } catch (PstnException e) {
            failure = e;
            throw e;
        } finally {
            observation.ended(failure);
        }
    }

    /**
     * Opens a WebSocket with the same credentials. The deadlines hold until it is open.
     *
     * @param pings how often to ping; a ping unanswered until the next one ends the socket
     */
    public WebSocket webSocket(HttpCall call, Duration pings, WebSocketListener listener) {
        // OkHttp ends both deadlines when the socket is open; without them a silent server would hold the handshake for
        // ever.
        OkHttpClient pinging = client.newBuilder().pingInterval(pings).build();
        return pinging.newWebSocket(request(call, new SendProbe()), listener);
    }

    /** Ends running requests and sockets and lets the threads go. May be called more than once. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        threads.shutdownNow();
        client.connectionPool().evictAll();
    }

    private HttpReply repeat(HttpCall call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call);
            } catch (ProviderUnavailable | Throttled | ProtocolError e) {
                if (!call.isRead() || attempt >= settings.readAttempts || !pause(e, attempt)) {
                    throw e;
                }
            }
        }
    }

    // False if waiting is pointless: the provider asks for longer than a caller should be kept, or we are interrupted.
    private boolean pause(PstnException failure, int attempt) {
        long doubled = settings.backOff.toMillis() << Math.min(attempt - 1, 10);
        long millis = doubled / 2 + settings.random.nextLong(doubled / 2 + 1);
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        if (asked.compareTo(settings.call) > 0) {
            return false;
        }
        try {
            settings.sleeper.sleep(asked.plusMillis(millis));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpReply once(HttpCall call) {
        SendProbe probe = new SendProbe();
        try (Response response = client.newCall(request(call, probe)).execute()) {
            return read(call, response);
        } catch (IOException e) {
            throw rule.noAnswer(call.operation(), probe.mayHaveBeenSent(), e);
        }
    }

    private HttpReply read(HttpCall call, Response response) {
        int status = response.code();
        byte[] body = {};
        try {
            BufferedSource source = response.body().source();
            if (source.request(settings.maxBody + 1)) {
                throw rule.bodyLost(
                        call.operation(), status, "answer larger than " + settings.maxBody + " bytes", null);
            }
            body = source.readByteArray();
        } catch (IOException e) {
            // A refusal is a refusal, with or without its explanation.
            if (status < 400) {
                throw rule.bodyLost(call.operation(), status, "the answer broke off", e);
            }
        }
        HttpReply reply =
                new HttpReply(rule, call.operation(), status, headers(response.headers()), body, settings.json);
        if (call.isAnswer(status)) {
            return reply;
        }
        throw rule.refused(
                call.operation(),
                status,
                code(reply),
                reply.header(settings.requestIdHeader).orElse(null),
                RetryAfter.parse(reply.header("retry-after").orElse(null)));
    }

    private @Nullable String code(HttpReply reply) {
        try {
            return settings.errorCode.apply(reply);
        } catch (PstnException e) {
            return null; // an error page that is not JSON has no code
        }
    }

    private Request request(HttpCall call, SendProbe probe) {
        HttpUrl.Builder url = base.newBuilder();
        call.encodedPath().forEach(url::addEncodedPathSegment);
        call.encodedQuery().forEach(p -> url.addEncodedQueryParameter(p.name(), p.value()));
        Request.Builder request = new Request.Builder()
                .url(url.build())
                .tag(SendProbe.class, probe)
                .header("User-Agent", settings.userAgent);
        if (settings.authValue != null) {
            request.header(settings.authHeader, settings.authValue.reveal());
        }
        call.headers().forEach(h -> request.header(h.name(), h.value()));
        return request.method(call.method(), body(call)).build();
    }

    private static @Nullable RequestBody body(HttpCall call) {
        byte[] content = call.body();
        if (content != null) {
            return RequestBody.create(content, MediaType.get(call.contentType()));
        }
        boolean needsOne = call.method().equals("POST")
                || call.method().equals("PUT")
                || call.method().equals("PATCH");
        return needsOne ? RequestBody.create(new byte[0], null) : null;
    }

    private static Map<String, String> headers(Headers all) {
        Map<String, String> map = new HashMap<>();
        all.forEach(h -> map.put(h.getFirst().toLowerCase(Locale.ROOT), h.getSecond()));
        return map;
    }

    private static ThreadPoolExecutor daemons(ProviderId provider) {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "pstn-http-" + provider + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
