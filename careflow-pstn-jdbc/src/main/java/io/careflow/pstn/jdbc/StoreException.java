package io.careflow.pstn.jdbc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database did not do what was asked. Either it may work later ({@link StoreUnavailable}), or it never will
 * ({@link StoreRefused}). Messages name the operation, the SQL and its state, never the values: those are people's phone numbers.
 */
public abstract class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final @Nullable String sqlState;

    StoreException(String operation, String problem, @Nullable String sqlState, @Nullable Throwable cause) {
        super(operation + " failed: " + problem, cause);
        this.operation = operation;
        this.sqlState = sqlState;
    }

    /** What was attempted, such as {@code cdr.append}. */
    public final String operation() {
        return operation;
    }

    /** The SQLSTATE that the database or driver gave, if any. */
    public final Optional<String> sqlState() {
        return Optional.ofNullable(sqlState);
    }
}
