package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.error.PstnException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended: with a result, or with a failure.
 *
 * @param operation what was done
 * @param result what it returned, or null if it failed
 * @param failure how it failed, or null if it did not
 */
record Outcome(
        Operation operation,
        @Nullable Object result,
        @Nullable PstnException failure) {

    boolean worked() {
        return failure == null;
    }

    Object requireResult() {
        if (failure != null) {
            throw new AssertionError(operation + " failed: " + failure, failure);
        }
        return Objects.requireNonNull(result, operation + " returned null");
    }

    PstnException requireFailure() {
        assertThat(failure)
                .as("%s: a failure was expected, it returned %s", operation, result)
                .isNotNull();
        return Objects.requireNonNull(failure);
    }
}
