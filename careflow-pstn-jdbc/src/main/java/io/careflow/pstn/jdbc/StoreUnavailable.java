package io.careflow.pstn.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The store is away, too slow, or set up wrongly (no permission, no table). What was asked was not at fault and may succeed later,
 * perhaps after an operator acted. A write may have happened all the same if the answer was lost: repeating it is safe wherever the
 * method says so.
 */
public final class StoreUnavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    StoreUnavailable(String operation, String problem, @Nullable String sqlState, @Nullable Throwable cause) {
        super(operation, problem, sqlState, cause);
    }
}
