package io.careflow.pstn.error;

import io.careflow.pstn.ProviderId;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one failed operation. Holds no secret and no message body.
 *
 * @param provider who failed
 * @param operation what was attempted, such as {@code call.place}
 * @param effect what the carrier may have done
 * @param reason one sentence for people
 * @param code the provider's own error code, if it gave one
 * @param httpStatus the HTTP status, if there was one
 * @param requestId the provider's id of the request, for its support, if it gave one
 * @param retryAfter how long the provider asks to wait, if it said so
 */
public record Failure(
        ProviderId provider,
        String operation,
        Effect effect,
        String reason,
        @Nullable String code,
        @Nullable Integer httpStatus,
        @Nullable String requestId,
        @Nullable Duration retryAfter) {

    public Failure {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(reason, "reason");
    }

    /** A failure of which no more is known than this. */
    public static Failure of(ProviderId provider, String operation, Effect effect, String reason) {
        return new Failure(provider, operation, effect, reason, null, null, null, null);
    }

    /** The same with the provider's own error code. */
    public Failure withCode(@Nullable String value) {
        return new Failure(provider, operation, effect, reason, value, httpStatus, requestId, retryAfter);
    }

    /** The same with the HTTP status. */
    public Failure withHttpStatus(int value) {
        return new Failure(provider, operation, effect, reason, code, value, requestId, retryAfter);
    }

    /** The same with the provider's id of the request. */
    public Failure withRequestId(@Nullable String value) {
        return new Failure(provider, operation, effect, reason, code, httpStatus, value, retryAfter);
    }

    /** The same with the wait that the provider asked for. */
    public Failure withRetryAfter(@Nullable Duration value) {
        return new Failure(provider, operation, effect, reason, code, httpStatus, requestId, value);
    }

    String message() {
        StringBuilder text = new StringBuilder(provider.value())
                .append(' ')
                .append(operation)
                .append(": ")
                .append(reason);
        if (httpStatus != null) {
            text.append(", HTTP ").append(httpStatus);
        }
        if (code != null) {
            text.append(", code ").append(code);
        }
        if (requestId != null) {
            text.append(", request ").append(requestId);
        }
        return text.append(effect == Effect.NONE ? " (nothing was done)" : " (it may have been done)")
                .toString();
    }
}
