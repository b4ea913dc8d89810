package io.careflow.pstn.siptrunk;

import java.time.Duration;
import java.util.Objects;

/**
 * How the PBX or proxy finds out whether the carrier's servers answer. Checked as a part of its {@link SipTrunkProfile}.
 *
 * @param optionsPing whether they are asked by SIP OPTIONS
 * @param interval how often, 10 seconds to an hour
 * @param timeout how long an answer may take, 1 to 30 seconds
 */
public record TrunkHealth(boolean optionsPing, Duration interval, Duration timeout) {
    /** Asked every minute, 3 seconds for an answer. */
    public static final TrunkHealth USUAL = new TrunkHealth(true, Duration.ofSeconds(60), Duration.ofSeconds(3));

    public TrunkHealth {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(timeout, "timeout");
    }
}
