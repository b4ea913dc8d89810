package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The carrier says what a leg of a call cost. Comes some time after the end, or never: no record waits for it. What the
 * carrier bills in the end stands in its own records ({@link io.careflow.pstn.cdr.ProviderCdrs}).
 *
 * @param call the call that the leg belongs to
 * @param leg the carrier's id of the leg
 * @param cost of everything that was billed for the leg
 * @param billedSeconds what the carrier counted, or null if it does not say
 * @param parts what the cost is made of, by the carrier's names; may be empty
 */
public record CallCharged(
        String id,
        Instant occurredAt,
        CallRef call,
        String leg,
        Money cost,
        @Nullable Long billedSeconds,
        Map<String, Money> parts)
        implements CallEvent {
    public CallCharged {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(leg, "leg");
        Objects.requireNonNull(cost, "cost");
        parts = Map.copyOf(parts);
    }
}
