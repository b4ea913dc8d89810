package io.careflow.pstn.error;

import io.careflow.pstn.ProviderId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Root of every failure of this library. Unchecked. {@link #effect} says whether the carrier may have acted; catch a
 * subclass to learn what kind of failure it was.
 */
public abstract class PstnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    PstnException(Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** All facts together. */
    public Failure failure() {
        return failure;
    }

    /** Who failed. */
    public ProviderId provider() {
        return failure.provider();
    }

    /** What was attempted, such as {@code call.place}. */
    public String operation() {
        return failure.operation();
    }

    /** What the carrier may have done. */
    public Effect effect() {
        return failure.effect();
    }

    /** The provider's own error code. */
    public Optional<String> code() {
        return Optional.ofNullable(failure.code());
    }

    /** The HTTP status of the refusal. */
    public OptionalInt httpStatus() {
        Integer status = failure.httpStatus();
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** The provider's id of the request, for its support. */
    public Optional<String> requestId() {
        return Optional.ofNullable(failure.requestId());
    }

    /** How long the provider asks to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(failure.retryAfter());
    }
}
