package io.careflow.pstn.stir;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which call came with which signed content, as long as a copy would still be fresh. Thread-safe. */
final class Seen {
    private final Map<String, Use> uses = new LinkedHashMap<>();
    private final int most;
    private final Duration time;
    private final Clock clock;

    Seen(int most, Duration time, Clock clock) {
        this.most = most;
        this.time = time;
        this.clock = clock;
    }

    /** Refuses content that another call came with. */
    synchronized void use(String content, String call) throws Refused {
        if (most == 0) {
            return;
        }
        Instant now = clock.instant();
        Iterator<Use> oldest = uses.values().iterator();
        while (oldest.hasNext() && !oldest.next().until().isAfter(now)) {
            oldest.remove();
        }
        Use earlier = uses.get(content);
        if (earlier != null) {
            IdentityHeader.require(earlier.call().equals(call), "the signature is a copy: another call came with it");
        } else if (uses.size() == most) {
            throw Refused.unverified("more signatures than can be remembered: a copy would not be noticed");
        } else {
            uses.put(content, new Use(call, now.plus(time)));
        }
    }

    private record Use(String call, Instant until) {}
}
