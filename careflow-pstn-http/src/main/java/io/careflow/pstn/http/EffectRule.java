package io.careflow.pstn.http;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.http.Refusal.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What happened on the wire, said as a failure with its {@link Effect}. The one place where this is decided. Immutable and
 * thread-safe.
 *
 * <p>NONE where the carrier certainly did nothing: no byte of the request left (no name, no connection, no TLS), or it
 * refused with a 4xx. Everything else is UNKNOWN, also a 5xx: carriers answer 500 after they have dialled.
 */
final class EffectRule {
    private final ProviderId provider;

    EffectRule(ProviderId provider) {
        this.provider = provider;
    }

    /** No answer, or only a part of one. */
    PstnException noAnswer(String operation, String host, boolean mayHaveBeenSent, IOException cause) {
        Effect effect = mayHaveBeenSent ? Effect.UNKNOWN : Effect.NONE;
        // The text of a ProtocolException quotes what the server sent.
        IOException shown = cause instanceof ProtocolException ? null : cause;
        return new ProviderUnavailable(
                Failure.of(provider, operation, effect, describe(cause, host, mayHaveBeenSent)), shown);
    }

    /** The answer came and was a success, but its body did not arrive whole. */
    PstnException bodyLost(String operation, int status, String reason, @Nullable IOException cause) {
        IOException shown = cause instanceof ProtocolException ? null : cause;
        return new ProtocolError(
                Failure.of(provider, operation, Effect.UNKNOWN, reason).withHttpStatus(status), shown);
    }

    /** Nothing was sent: the request itself, or one of our own limits, forbids it. */
    Failure nothingSent(String operation, String reason) {
        return Failure.of(provider, operation, Effect.NONE, reason);
    }

    /** Something is missing or malformed in an answer that came whole. */
    ProtocolError unreadable(String operation, String reason) {
        return new ProtocolError(Failure.of(provider, operation, Effect.UNKNOWN, reason));
    }

    /** The answer's status is an error. */
    PstnException refused(
            String operation, int status, Refusal refusal, @Nullable String requestId, @Nullable Duration retryAfter) {
        Effect effect = certainlyRefused(status, refusal.kind()) ? Effect.NONE : Effect.UNKNOWN;
        Kind kind = refusal.kind() == Kind.BY_STATUS ? kind(status) : refusal.kind();
        String reason = refusal.reason() == null ? meaning(kind, status) : refusal.reason();
        Failure failure = Failure.of(provider, operation, effect, reason)
                .withHttpStatus(status)
                .withCode(refusal.code())
                .withRequestId(Refusal.clean(requestId, Refusal.MAX_CODE))
                .withRetryAfter(retryAfter);
        return switch (kind) {
            case AUTHENTICATION -> new AuthenticationFailed(failure);
            case INVALID_REQUEST -> new InvalidRequest(failure);
            case NOT_FOUND -> new NotFound(failure);
            case CONFLICT -> new Conflict(failure);
            case NUMBER_UNAVAILABLE -> new NumberUnavailable(failure);
            case INSUFFICIENT_FUNDS -> new InsufficientFunds(failure);
            case THROTTLED -> new Throttled(failure);
            case UNAVAILABLE -> new ProviderUnavailable(failure);
            case NOT_PERMITTED -> new NotPermitted(failure, Objects.requireNonNull(refusal.why(), "why"));
            case BY_STATUS -> new ProtocolError(failure);
        };
    }

    // A carrier that answers 200 to everything says in the body what it refused; what it refused in words it did not
    // do.
    private static boolean certainlyRefused(int status, Kind kind) {
        if (status >= 200 && status < 300) {
            return kind != Kind.BY_STATUS && kind != Kind.UNAVAILABLE;
        }
        return status >= 400 && status < 500 && status != 408;
    }

    // BY_STATUS again where the status is no error at all.
    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403, 407 -> Kind.AUTHENTICATION;
            case 402 -> Kind.INSUFFICIENT_FUNDS;
            case 404, 410 -> Kind.NOT_FOUND;
            case 408 -> Kind.UNAVAILABLE;
            case 409, 412 -> Kind.CONFLICT;
            case 429 -> Kind.THROTTLED;
            default -> {
                if (status >= 500) {
                    yield Kind.UNAVAILABLE;
                }
                yield status >= 400 ? Kind.INVALID_REQUEST : Kind.BY_STATUS;
            }
        };
    }

    private static String meaning(Kind kind, int status) {
        return switch (kind) {
            case AUTHENTICATION -> "credentials refused";
            case INSUFFICIENT_FUNDS -> "not enough balance";
            case NOT_FOUND -> "not found";
            case CONFLICT -> "conflicts with the present state";
            case NUMBER_UNAVAILABLE -> "the number cannot be had";
            case THROTTLED -> "too many requests";
            case NOT_PERMITTED -> "not permitted";
            case INVALID_REQUEST -> "request refused";
            case UNAVAILABLE -> status == 408 ? "the server gave up waiting" : "server error";
            case BY_STATUS ->
                status < 300 ? "an error said in a success" : "unexpected answer, redirects are not followed";
        };
    }

    private static String describe(IOException cause, String host, boolean sent) {
        if (cause instanceof UnknownHostException) {
            return "host name '" + host + "' not found";
        }
        if (cause instanceof SSLException && !sent) {
            return "TLS handshake failed";
        }
        if (cause instanceof SocketTimeoutException || cause instanceof InterruptedIOException) {
            return sent ? "no answer in time" : "no connection in time";
        }
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        return sent ? "connection lost before the whole answer came" : "no connection";
    }
}
