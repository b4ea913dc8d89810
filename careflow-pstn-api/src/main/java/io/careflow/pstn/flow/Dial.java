package io.careflow.pstn.flow;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rings one or more destinations at once; the first that answers is joined with the caller, the others stop ringing. The
 * caller hears ringing or the callee's early media, and the call is answered only when the callee answers.
 *
 * @param destinations 1 to 20, all different
 * @param callerId the number shown to the callee, or null to show the caller's own
 * @param ringFor how long it rings: 1 second to 10 minutes
 * @param longest how long they may talk before the call is cut: 1 second to 24 hours
 * @param then where the application goes on when the dial is over and the caller is still there
 */
public record Dial(
        List<Destination> destinations,
        @Nullable PhoneNumber callerId,
        Duration ringFor,
        Duration longest,
        Continuation then)
        implements Ending {

    public Dial {
        destinations = List.copyOf(new LinkedHashSet<>(destinations));
        Limits.within("number of destinations", destinations.size(), 1, 20);
        Limits.within("ring time", ringFor, Duration.ofSeconds(1), Duration.ofMinutes(10));
        Limits.within("longest talk", longest, Duration.ofSeconds(1), Duration.ofHours(24));
        Objects.requireNonNull(then, "then");
    }

    /** Rings these for 30 seconds, shows the caller's own number, talk of 4 hours at most. */
    public static Dial to(List<Destination> destinations, Continuation then) {
        return new Dial(destinations, null, Duration.ofSeconds(30), Duration.ofHours(4), then);
    }

    /** The same, showing this number. */
    public Dial showing(PhoneNumber value) {
        return new Dial(destinations, value, ringFor, longest, then);
    }

    /** The same, ringing for this long. */
    public Dial ringingFor(Duration value) {
        return new Dial(destinations, callerId, value, longest, then);
    }

    /** The same, cut after this much talk. */
    public Dial talkingAtMost(Duration value) {
        return new Dial(destinations, callerId, ringFor, value, then);
    }

    @Override
    public String name() {
        return "dial";
    }
}
