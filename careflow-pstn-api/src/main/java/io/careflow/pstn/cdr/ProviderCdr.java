package io.careflow.pstn.cdr;

import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call as the carrier recorded and billed it: one leg. Beside our own {@link Cdr}, not instead of it.
 *
 * @param call the leg
 * @param parent the leg that this one was dialled from, or null
 * @param direction which way, seen from us
 * @param from who called
 * @param to what was dialled
 * @param started when it began, or null if the carrier does not say
 * @param ended when it was over, or null while it goes on
 * @param billedSeconds what the carrier counted, in seconds; 0 if nobody answered; null if it does not say yet
 * @param disposition how it ended, or null while it goes on
 * @param rawStatus the carrier's word for how it ended
 * @param price what it cost us, never negative; null if the carrier has not rated it (yet): unknown is not zero
 * @param details what else the carrier says, by its names
 */
public record ProviderCdr(
        CallRef call,
        @Nullable CallRef parent,
        Direction direction,
        Party from,
        Party to,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Long billedSeconds,
        @Nullable Disposition disposition,
        String rawStatus,
        @Nullable Money price,
        Map<String, String> details) {
    public ProviderCdr {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(rawStatus, "rawStatus");
        if (billedSeconds != null && billedSeconds < 0) {
            throw new IllegalArgumentException(
                    "billed seconds are " + billedSeconds + "; allowed are 0 and more, or null");
        }
        if (price != null && price.signum() < 0) {
            throw new IllegalArgumentException("price is " + price + "; what we pay is written without a sign");
        }
        details = Map.copyOf(details);
    }
}
