package io.careflow.pstn.event;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Party;
import java.time.Instant;

/**
 * A call that we placed is on its way.
 *
 * @param from the number shown
 * @param to whom we call
 */
public record OutboundCall(String id, Instant occurredAt, CallRef call, TenantId tenant, Party from, Destination to)
        implements CallEvent {}
