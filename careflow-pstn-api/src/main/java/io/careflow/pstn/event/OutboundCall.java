package io.careflow.pstn.event;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Party;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that we placed is on its way.
 *
 * @param from the number shown
 * @param to whom we call
 * @param command the command that placed it, or null where the provider does not tell
 */
public record OutboundCall(
        String id,
        Instant occurredAt,
        CallRef call,
        TenantId tenant,
        Party from,
        Destination to,
        @Nullable CommandId command)
        implements CallEvent {

    /** A call of whose command nothing is told. */
    public OutboundCall(String id, Instant occurredAt, CallRef call, TenantId tenant, Party from, Destination to) {
        this(id, occurredAt, call, tenant, from, to, null);
    }
}
