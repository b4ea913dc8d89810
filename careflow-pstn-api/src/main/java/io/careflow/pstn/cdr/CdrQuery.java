package io.careflow.pstn.cdr;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records to read.
 *
 * @param from first instant at which a call may have started
 * @param to first instant at which it may not any more
 * @param tenant only of this tenant, or null for all
 * @param provider only of this provider, or null for all
 */
public record CdrQuery(
        Instant from,
        Instant to,
        @Nullable TenantId tenant,
        @Nullable ProviderId provider) {
    public CdrQuery {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "CDR query from " + from + " to " + to + " is empty; from must be earlier");
        }
    }

    /** Calls that started in this span. */
    public static CdrQuery between(Instant from, Instant to) {
        return new CdrQuery(from, to, null, null);
    }

    /** The same for one tenant. */
    public CdrQuery of(TenantId value) {
        return new CdrQuery(from, to, value, provider);
    }

    /** The same for one provider. */
    public CdrQuery of(ProviderId value) {
        return new CdrQuery(from, to, tenant, value);
    }
}
