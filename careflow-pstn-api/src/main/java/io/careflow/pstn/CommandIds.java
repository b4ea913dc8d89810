package io.careflow.pstn;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes command ids: UUIDs of version 7 (RFC 9562, section 5.7). They begin with the time in milliseconds, so that what is kept under
 * them lies together in the order in which it came: a database writes such keys with about a quarter less work than random ones. An
 * application may as well use keys of its own, such as the id of what a user asked for. Thread-safe if its source of randomness is; two
 * ids of one millisecond are in no order.
 */
public final class CommandIds {
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Ids of this time and this randomness.
     *
     * @param clock UTC
     * @param random 74 bits of it make two ids of the same millisecond differ; what must not be guessed needs a {@link
     *     java.security.SecureRandom}
     */
    public CommandIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id. 36 characters. */
    public CommandId next() {
        long time = clock.millis() << 16;
        long version = 0x7000 | random.nextInt(0x1000);
        long variant = Long.MIN_VALUE | random.nextLong() >>> 2;
        return new CommandId(new UUID(time | version, variant).toString());
    }
}
