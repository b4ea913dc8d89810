package io.careflow.pstn.tck;

import java.util.List;
import java.util.Optional;

/**
 * Takes what is logged while it is open, from every logger and at every level. The kit binds nobody to a logging library:
 * {@link LogbackCapture} is there for Logback; for others write your own.
 */
public interface LogCapture extends AutoCloseable {

    /** What was logged so far: messages with their arguments, and exceptions with their causes. */
    List<String> lines();

    /** Why nothing can be logged at all; the kit then reports the test of the log as aborted. */
    default Optional<String> impossible() {
        return Optional.empty();
    }

    /** Stops taking. Idempotent. */
    @Override
    void close();

    /** For providers that have no logger. */
    static LogCapture none(String reason) {
        return new LogCapture() {
            @Override
            public List<String> lines() {
                return List.of();
            }

            @Override
            public Optional<String> impossible() {
                return Optional.of(reason);
            }

            @Override
            public void close() {}
        };
    }
}
