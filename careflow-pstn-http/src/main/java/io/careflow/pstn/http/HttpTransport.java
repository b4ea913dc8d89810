package io.careflow.pstn.http;

import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.error.PstnException;
import java.net.URI;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * HTTP to one account of one provider: blocking, with deadlines, without redirects. Reads are repeated after a failure that a
 * repetition may cure; writes are sent exactly once, unless they are declared {@link HttpCall#idempotent}. Every failure is a
 * {@link PstnException} that says what may have been done, and holds neither credentials nor bodies. Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {
    private final ProviderId provider;
    private final PstnObserver observer;
    private final EffectRule rule;
    private final Wire wire;
    private final Replies replies;
    private final Repetition repetition;
    private final Admission admission;
    private final HttpUrl base;
    private final boolean original;

    HttpTransport(HttpTransportBuilder settings) {
        this.provider = settings.provider;
        this.observer = settings.observer;
        this.rule = new EffectRule(provider);
        this.wire = new Wire(settings, rule);
        this.replies = new Replies(settings, rule);
        this.repetition = new Repetition(settings);
        this.admission = new Admission(settings, rule);
        this.base = settings.base;
        this.original = true;
    }

    private HttpTransport(HttpTransport shared, HttpUrl base) {
        this.provider = shared.provider;
        this.observer = shared.observer;
        this.rule = shared.rule;
        this.wire = shared.wire;
        this.replies = shared.replies;
        this.repetition = shared.repetition;
        this.admission = shared.admission;
        this.base = base;
        this.original = false;
    }

    /** Settings for a transport to this provider, below this http or https URI. */
    public static HttpTransportBuilder builder(ProviderId provider, URI base) {
        return new HttpTransportBuilder(provider, base);
    }

    /**
     * A view of the same account on another base, for a product that has a host of its own. Connections, threads,
     * credentials, limits and observer are shared. Closing a view does nothing.
     *
     * @param otherBase an http or https URI; it is sent the same credentials
     */
    public HttpTransport at(URI otherBase) {
        return new HttpTransport(this, HttpTransportBuilder.url(otherBase));
    }

    /**
     * Sends the request and reads the whole answer.
     *
     * @throws PstnException if no answer came, or a status that the call did not declare an answer
     */
    public HttpReply send(HttpCall call) {
        Observed observed = new Observed(observer, provider, call);
        try {
            HttpReply reply = repetition.run(call, () -> once(call));
            observed.ended(null);
            return reply;
        } catch (PstnException e) {
            observed.ended(e);
            throw e;
        } catch (RuntimeException e) {
            observed.brokenBy(e);
            throw e;
        }
    }

    /**
     * Sends the request and hands over the body of a 2xx while it comes, for what does not fit into memory. The deadline of a
     * whole call holds until the head of the answer is there, afterwards only the one of silence. The observer is told the end
     * when the download is closed or breaks off.
     *
     * @return to be closed by the caller
     * @throws PstnException as {@link #send}; a status that the call declared an answer is refused here too
     */
    public HttpDownload open(HttpCall call) {
        Observed observed = new Observed(observer, provider, call);
        try {
            return repetition.run(call, () -> opened(call, observed));
        } catch (PstnException e) {
            observed.ended(e);
            throw e;
        } catch (RuntimeException e) {
            observed.brokenBy(e);
            throw e;
        }
    }

    /**
     * Opens a WebSocket with the same credentials. The deadlines hold until it is open.
     *
     * @param pings how often to ping; a ping unanswered until the next one ends the socket
     */
    public WebSocket webSocket(HttpCall call, Duration pings, WebSocketListener listener) {
        return wire.webSocket(wire.request(base, call, new SendProbe()), pings, listener);
    }

    /**
     * How the account is doing, as far as the last requests tell; without I/O. An adapter's
     * {@link io.careflow.pstn.ProviderHealth} is {@code http::health}.
     */
    public ProviderHealth.State health() {
        return admission.health();
    }

    /** Ends running requests and sockets and lets the threads go; nothing on a view. May be called more than once. */
    @Override
    public void close() {
        if (original) {
            wire.close();
        }
    }

    /** Provider and host only. */
    @Override
    public String toString() {
        return "HttpTransport[" + provider + ", " + base.host() + "]";
    }

    private HttpReply once(HttpCall call) {
        SendProbe probe = new SendProbe();
        Request request = wire.request(base, call, probe);
        try (Admission.Permit permit = admission.enter(call.operation())) {
            try (Response response = wire.exchange(call, request, probe, false)) {
                HttpReply reply = replies.read(call, response);
                permit.succeeded();
                return reply;
            } catch (PstnException e) {
                permit.failed(e, wire.isGivenUp());
                throw e;
            }
        }
    }

    private HttpDownload opened(HttpCall call, Observed observed) {
        SendProbe probe = new SendProbe();
        Request request = wire.request(base, call, probe);
        Admission.Permit permit = admission.enter(call.operation());
        Response response = null;
        try {
            response = wire.exchange(call, request, probe, true);
            if (!response.isSuccessful()) {
                throw replies.refused(call, response);
            }
            replies.checkInside(call, response);
            permit.succeeded();
            return new HttpDownload(rule, call.operation(), response, observed::ended, permit);
        } catch (RuntimeException e) {
            if (e instanceof PstnException failure) {
                permit.failed(failure, wire.isGivenUp());
            }
            permit.close();
            if (response != null) {
                response.close();
            }
            throw e;
        }
    }
}
