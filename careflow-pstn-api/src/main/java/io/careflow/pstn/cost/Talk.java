package io.careflow.pstn.cost;

import io.careflow.pstn.call.Direction;
import java.time.Duration;
import java.util.Objects;

/**
 * Talk of a usage profile: so much of it a month, in calls of one length. The length matters, as carriers round calls up. Immutable and
 * thread-safe.
 *
 * @param name for people, for example {@code US}
 * @param direction INBOUND or OUTBOUND
 * @param digits a number the price hangs on, without plus: a called one, or one of ours for inbound calls
 * @param total all of it, more than zero
 * @param perCall how long a call is, more than zero; the last one may be shorter
 */
public record Talk(String name, Direction direction, String digits, Duration total, Duration perCall) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the direction is ON_NET, the digits are none, or a duration is out of range
     */
    public Talk {
        Objects.requireNonNull(name, "name");
        if (direction == Direction.ON_NET) {
            throw new IllegalArgumentException("direction of talk must be INBOUND or OUTBOUND, not ON_NET");
        }
        if (!digits.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(
                    "digits of talk must be 1 to 18 digits without plus, not '" + digits + "'");
        }
        positive("total", total);
        positive("perCall", perCall);
    }

    /** Calls of full length. */
    public long fullCalls() {
        return total.toMillis() / perCall.toMillis();
    }

    /** The length of the call that is shorter; zero if there is none. */
    public Duration rest() {
        return Duration.ofMillis(total.toMillis() % perCall.toMillis());
    }

    private static void positive(String field, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(field + " of talk must be more than 0, not " + value);
        }
    }
}
