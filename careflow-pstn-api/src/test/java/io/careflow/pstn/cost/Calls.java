package io.careflow.pstn.cost;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.money.Money;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of calls for tests. */
final class Calls {
    static final String OURS = "+14165550100";

    private Calls() {}

    /** @param price amount and currency, or null if unknown */
    static Cdr out(String provider, String started, long seconds, String to, @Nullable String price) {
        return call(Direction.OUTBOUND, Disposition.ANSWERED, provider, started, seconds, to, price);
    }

    static Cdr call(
            Direction direction,
            Disposition disposition,
            String provider,
            String started,
            long seconds,
            String theirs,
            @Nullable String price) {
        Instant from = Instant.parse(started);
        Instant to = from.plusSeconds(seconds);
        boolean in = direction == Direction.INBOUND;
        return new Cdr(
                new CallRef(new ProviderId("asterisk"), started + theirs),
                TenantId.DEFAULT,
                direction,
                provider,
                Party.of(in ? theirs : OURS),
                Party.of(in ? OURS : theirs),
                null,
                "anna",
                new CdrTimes(from, from, null, null, from, to, to, true),
                disposition,
                HangupCause.NORMAL_CLEARING,
                ReleasedBy.CALLER,
                List.of(),
                null,
                cost(price));
    }

    private static CdrCost cost(@Nullable String price) {
        if (price == null) {
            return new CdrCost(null, null, "no rate here");
        }
        String[] parts = price.split(" ", 2);
        Money amount = Money.of(parts[0], parts[1]);
        return new CdrCost(amount.rounded(2, RoundingMode.HALF_UP), amount.amount(), "by the minute");
    }
}
