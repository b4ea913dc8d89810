package io.careflow.pstn.http;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.Secret;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.AsyncTimeout;
import org.jspecify.annotations.Nullable;

/** OkHttp, set up so that it sends what it is told once and nowhere else. One for all views of an account. Thread-safe. */
final class Wire {
    private final EffectRule rule;
    private final OkHttpClient client;
    private final OkHttpClient streaming;
    private final ThreadPoolExecutor threads;
    private final Headers always;
    private final Map<String, Secret> authQuery;
    private final Duration whole;
    private volatile boolean closed;

    Wire(HttpTransportBuilder settings, EffectRule rule) {
        this.rule = rule;
        this.always = always(settings);
        this.authQuery = Map.copyOf(settings.authQuery);
        this.threads = daemons(settings.provider);
        this.whole = settings.call;
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
                .addNetworkInterceptor(new NoHiddenRepetition())
                .eventListenerFactory(call -> {
                    SendProbe probe = call.request().tag(SendProbe.class);
                    return probe == null ? EventListener.NONE : probe;
                })
                .build();
        this.streaming = client.newBuilder().callTimeout(Duration.ZERO).build();
    }

    /**
     * The request as OkHttp wants it.
     *
     * @throws PstnException effect NONE, if it cannot be built or a link leads away from the base
     */
    Request request(HttpUrl base, HttpCall call, SendProbe probe) {
        HttpUrl.Builder url = target(base, call).newBuilder();
        call.encodedPath().forEach(url::addEncodedPathSegment);
        call.encodedQuery().forEach(p -> url.addEncodedQueryParameter(p.name(), p.value()));
        authQuery.forEach(
                (name, value) -> url.setEncodedQueryParameter(Encoding.url(name), Encoding.url(value.reveal())));
        try {
            Request.Builder request = new Request.Builder()
                    .url(url.build())
                    .tag(SendProbe.class, probe)
                    .headers(always);
            call.headers().forEach(h -> request.header(h.name(), h.value()));
            return request.method(call.method(), OneShotBody.of(call)).build();
        } catch (IllegalArgumentException e) {
            // Without its cause: OkHttp's message may quote a value.
            throw new InvalidRequest(rule.nothingSent(call.operation(), "no HTTP request can be made of it"));
        }
    }

    /**
     * Sends a request and waits for the head of the answer; the caller closes it.
     *
     * @param endless whether the body may take longer than the deadline of a whole call
     */
    Response exchange(HttpCall call, Request request, SendProbe probe, boolean endless) {
        if (closed) {
            throw new ProviderUnavailable(rule.nothingSent(call.operation(), "the transport is closed"));
        }
        try {
            return endless ? head(request) : patient(call).newCall(request).execute();
        } catch (IOException e) {
            if (probe.wasRefused()) {
                throw rule.refused(call.operation(), probe.status(), Refusal.byStatus(), null, null);
            }
            throw rule.noAnswer(call.operation(), request.url().host(), probe.mayHaveBeenSent(), e);
        }
    }

    // Shares connections and threads with the client that it is made of.
    private OkHttpClient patient(HttpCall call) {
        Duration deadline = call.deadline();
        return deadline == null
                ? client
                : client.newBuilder()
                        .readTimeout(deadline)
                        .writeTimeout(deadline)
                        .callTimeout(deadline)
                        .build();
    }

    /** OkHttp's deadline of a whole call would hold for the body too; this one ends with the head. */
    private Response head(Request request) throws IOException {
        Call running = streaming.newCall(request);
        AsyncTimeout deadline = new AsyncTimeout() {
            @Override
            protected void timedOut() {
                running.cancel();
            }
        };
        deadline.timeout(whole.toNanos(), TimeUnit.NANOSECONDS);
        deadline.enter();
        Response response;
        try {
            response = running.execute();
        } catch (IOException e) {
            throw deadline.exit() ? late(e) : e;
        }
        if (deadline.exit()) {
            response.close();
            throw late(null);
        }
        return response;
    }

    private static IOException late(@Nullable IOException cause) {
        InterruptedIOException late = new InterruptedIOException("timeout");
        if (cause != null) {
            late.initCause(cause);
        }
        return late;
    }

    WebSocket webSocket(Request request, Duration pings, WebSocketListener listener) {
        // OkHttp ends both deadlines when the socket is open; without them a silent server would hold the handshake for
        // ever.
        return client.newBuilder().pingInterval(pings).build().newWebSocket(request, listener);
    }

    /** Whether a failure may be our own doing: a transport that was closed, a thread that was interrupted. */
    boolean isGivenUp() {
        return closed || Thread.currentThread().isInterrupted();
    }

    void close() {
        closed = true;
        client.dispatcher().cancelAll();
        threads.shutdownNow();
        client.connectionPool().evictAll();
    }

    private static Headers always(HttpTransportBuilder settings) {
        Headers.Builder headers = new Headers.Builder().set("User-Agent", settings.userAgent);
        if (settings.authValue != null) {
            headers.set(settings.authHeader, settings.authValue.reveal());
        }
        return headers.build();
    }

    private HttpUrl target(HttpUrl base, HttpCall call) {
        if (call.link() == null) {
            return base;
        }
        HttpUrl folder = base.encodedPath().endsWith("/")
                ? base
                : base.newBuilder().addPathSegment("").build();
        HttpUrl next = folder.resolve(call.link().toString());
        if (next == null
                || !next.scheme().equals(base.scheme())
                || !next.host().equals(base.host())
                || next.port() != base.port()
                || !next.username().isEmpty()
                || !next.password().isEmpty()) {
            throw new ProtocolError(
                    rule.nothingSent(call.operation(), "the link to the next page leads to another server"));
        }
        return next;
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
