package io.careflow.pstn.jdbc;

import org.jspecify.annotations.Nullable;

/** What was asked, or what is stored, is not acceptable; repeating it cannot help. Nothing was changed. */
public final class StoreRefused extends StoreException {
    private static final long serialVersionUID = 1L;

    StoreRefused(String operation, String problem, @Nullable String sqlState, @Nullable Throwable cause) {
        super(operation, problem, sqlState, cause);
    }

    StoreRefused(String operation, String problem) {
        this(operation, problem, null, null);
    }
}
