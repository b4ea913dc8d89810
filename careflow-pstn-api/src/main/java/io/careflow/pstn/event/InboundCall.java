package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Party;
import java.time.Instant;
import java.util.Objects;

/**
 * A call arrives; it is not answered yet.
 *
 * @param from who calls
 * @param to what was dialled (the DID)
 */
public record InboundCall(String id, Instant occurredAt, CallRef call, Party from, Party to) implements FlowEvent {
    public InboundCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }
}
