package io.careflow.pstn.http;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
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
    PstnException noAnswer(String operation, boolean mayHaveBeenSent, IOException cause) {
        Effect effect = mayHaveBeenSent ? Effect.UNKNOWN : Effect.NONE;
        // The text of a ProtocolException quotes what the server sent.
        IOException shown = cause instanceof ProtocolException ? null : cause;
        return new ProviderUnavailable(
                Failure.of(provider, operation, effect, describe(cause, mayHaveBeenSent)), shown);
    }

    /** The answer came and was a success, but its body did not arrive whole. */
    PstnException bodyLost(String operation, int status, String reason, @Nullable IOException cause) {
        IOException shown = cause instanceof ProtocolException ? null : cause;
        return new ProtocolError(
                Failure.of(provider, operation, Effect.UNKNOWN, reason).withHttpStatus(status), shown);
    }

    /** The answer's status is an error. */
    PstnException refused(
            String operation,
            int status,
            @Nullable String code,
            @Nullable String requestId,
            @Nullable Duration retryAfter) {
        Effect effect = certainlyRefused(status) ? Effect.NONE : Effect.UNKNOWN;
        Failure failure = Failure.of(provider, operation, effect, meaning(status))
                .withHttpStatus(status)
                .withCode(code)
                .withRequestId(requestId)
                .withRetryAfter(retryAfter);
        return switch (status) {
            case 401, 403, 407 -> new AuthenticationFailed(failure);
            case 402 -> new InsufficientFunds(failure);
            case 404, 410 -> new NotFound(failure);
            case 409, 412 -> new Conflict(failure);
            case 408 -> new ProviderUnavailable(failure);
            case 429 -> new Throttled(failure);
            default -> {
                if (status >= 500) {
                    yield new ProviderUnavailable(failure);
                }
                yield status >= 400 ? new InvalidRequest(failure) : new ProtocolError(failure);
            }
        };
    }

    private static boolean certainlyRefused(int status) {
        return status >= 400 && status < 500 && status != 408;
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403, 407 -> "credentials refused";
            case 402 -> "not enough balance";
            case 404, 410 -> "not found";
            case 408 -> "the server gave up waiting";
            case 409, 412 -> "conflicts with the present state";
            case 429 -> "too many requests";
            default -> {
                if (status >= 500) {
                    yield "server error";
                }
                yield status >= 400 ? "request refused" : "unexpected answer, redirects are not followed";
            }
        };
    }

    private static String describe(IOException cause, boolean sent) {
        if (cause instanceof UnknownHostException) {
            return "host name not found";
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
