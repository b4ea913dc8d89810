package io.careflow.pstn.event;

import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Party;
import java.time.Instant;
import java.util.Objects;

/**
 * A call arrives; it is not answered yet.
 *
 * @param from who calls
 * @param to what was dialled (the DID)
 * @param origin what the network says about where it comes from
 */
public record InboundCall(String id, Instant occurredAt, CallRef call, Party from, Party to, CallOrigin origin)
        implements FlowEvent {
    public InboundCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(origin, "origin");
    }

    /** A call of whose origin nothing is known. */
    public InboundCall(String id, Instant occurredAt, CallRef call, Party from, Party to) {
        this(id, occurredAt, call, from, to, CallOrigin.UNKNOWN);
    }
}
