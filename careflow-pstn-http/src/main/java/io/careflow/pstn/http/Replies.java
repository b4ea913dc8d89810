package io.careflow.pstn.http;

import io.careflow.pstn.Secret;
import io.careflow.pstn.error.PstnException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Makes replies and refusals of what came over the wire. Thread-safe as far as the adapter's readers are. */
final class Replies {
    private static final long LONGEST_REFUSAL = 4096;

    private final EffectRule rule;
    private final Json json;
    private final long maxBody;
    private final Clock clock;
    private final String requestIdHeader;
    private final String retryAfterHeader;
    private final Function<HttpReply, Refusal> refusals;
    private final @Nullable Function<HttpReply, @Nullable Refusal> refusalsInside;
    private final List<Secret> credentials = new ArrayList<>();

    Replies(HttpTransportBuilder settings, EffectRule rule) {
        this.rule = rule;
        this.json = settings.json;
        this.maxBody = settings.maxBody;
        this.clock = settings.clock == null ? Clock.systemUTC() : settings.clock;
        this.requestIdHeader = settings.requestIdHeader;
        this.retryAfterHeader = settings.retryAfterHeader;
        this.refusals = settings.refusals;
        this.refusalsInside = settings.refusalsInside;
        this.credentials.addAll(settings.credentials);
    }

    /**
     * Reads the whole answer.
     *
     * @throws PstnException if its status is no answer to this call, its body says so, or it does not arrive whole
     */
    HttpReply read(HttpCall call, Response response) {
        HttpReply reply = reply(call, response);
        if (!call.isAnswer(reply.status())) {
            throw refused(call, reply, refusal(reply));
        }
        Refusal inside = reply.isSuccess() ? refusalInside(reply) : null;
        if (inside != null) {
            throw refused(call, reply, inside);
        }
        return reply;
    }

    /** The failure that an error status means, after reading its explanation. */
    PstnException refused(HttpCall call, Response response) {
        HttpReply reply = reply(call, response);
        return refused(call, reply, refusal(reply));
    }

    /**
     * Looks into a success that is to be taken as it comes. A refusal is short; what is longer is left to the reader, unread.
     *
     * @throws PstnException if it refuses
     */
    void checkInside(HttpCall call, Response response) {
        if (refusalsInside == null) {
            return;
        }
        byte[] beginning;
        try {
            BufferedSource source = response.body().source();
            if (source.request(LONGEST_REFUSAL + 1)) {
                return;
            }
            beginning = source.peek().readByteArray();
        } catch (IOException e) {
            throw rule.bodyLost(call.operation(), response.code(), "the answer broke off", e);
        }
        HttpReply reply = new HttpReply(rule, call.operation(), response.code(), response.headers(), beginning, json);
        Refusal inside = refusalInside(reply);
        if (inside != null) {
            throw refused(call, reply, inside);
        }
    }

    private HttpReply reply(HttpCall call, Response response) {
        return new HttpReply(rule, call.operation(), response.code(), response.headers(), body(call, response), json);
    }

    private byte[] body(HttpCall call, Response response) {
        int status = response.code();
        try {
            BufferedSource source = response.body().source();
            if (source.request(maxBody + 1)) {
                throw rule.bodyLost(call.operation(), status, "answer larger than " + maxBody + " bytes", null);
            }
            return source.readByteArray();
        } catch (IOException e) {
            // A refusal is a refusal, with or without its explanation.
            if (status < 400) {
                throw rule.bodyLost(call.operation(), status, "the answer broke off", e);
            }
            return new byte[0];
        }
    }

    private PstnException refused(HttpCall call, HttpReply reply, Refusal refusal) {
        Refusal shown = new Redaction(call, credentials, json).clean(refusal);
        return rule.refused(
                call.operation(),
                reply.status(),
                shown,
                reply.header(requestIdHeader).orElse(null),
                RetryAfter.parse(reply.header(retryAfterHeader).orElse(null), clock));
    }

    // An error page that is no JSON must not hide the refusal that it decorates.
    private Refusal refusal(HttpReply reply) {
        try {
            return refusals.apply(reply);
        } catch (RuntimeException e) {
            return Refusal.byStatus();
        }
    }

    private @Nullable Refusal refusalInside(HttpReply reply) {
        try {
            return refusalsInside == null ? null : refusalsInside.apply(reply);
        } catch (PstnException e) {
            throw e;
        } catch (RuntimeException e) {
            throw rule.unreadable(reply.operation(), "the answer could not be understood");
        }
    }
}
