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
 * @param over ids of the trunks over which telephone numbers are called, best first: the next is tried only where the one before
 *     certainly did nothing for the call; empty: the provider's own way
 * @param label the name shown to the callee beside the number, at most 64 characters, or null for the caller's own
 * @param warning what is heard shortly before {@code longest} is over, or null for nothing
 * @param notice what both sides hear as soon as they are joined, inside the recording, which begins with it if none runs and then
 *     ends with the dial; null for nothing. If it cannot be played the recording stops and the talk goes on
 */
public record Dial(
        List<Destination> destinations,
        @Nullable PhoneNumber callerId,
        Duration ringFor,
        Duration longest,
        Continuation then,
        List<String> over,
        @Nullable String label,
        @Nullable DialWarning warning,
        @Nullable Notice notice)
        implements Ending {

    /** Needed of a provider for {@link #over}, beside {@code dial}. */
    public static final String OVER = "dial-over";

    /** Needed of a provider for {@link #label}, beside {@code dial}. */
    public static final String LABEL = "dial-label";

    /** Needed of a provider for {@link #warning}, beside {@code dial}. */
    public static final String WARNING = "dial-warning";

    /** Needed of a provider for {@link #notice}, beside {@code dial}. */
    public static final String NOTICE = "dial-notice";

    public Dial {
        destinations = List.copyOf(new LinkedHashSet<>(destinations));
        Limits.within("number of destinations", destinations.size(), 1, 20);
        Limits.within("ring time", ringFor, Duration.ofSeconds(1), Duration.ofMinutes(10));
        Limits.within("longest talk", longest, Duration.ofSeconds(1), Duration.ofHours(24));
        Objects.requireNonNull(then, "then");
        over = List.copyOf(new LinkedHashSet<>(over));
        if (label != null
                && (label.isBlank() || label.length() > 64 || label.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("label is not usable: 1 to 64 characters, no control characters");
        }
        if (warning != null && warning.before().compareTo(longest) >= 0) {
            throw new IllegalArgumentException("warning comes " + warning.before()
                    + " before the end of a talk of at most " + longest + "; it must be shorter");
        }
    }

    /** Over the provider's own way, with the caller's own name and without a warning. */
    public Dial(
            List<Destination> destinations,
            @Nullable PhoneNumber callerId,
            Duration ringFor,
            Duration longest,
            Continuation then) {
        this(destinations, callerId, ringFor, longest, then, List.of(), null, null, null);
    }

    /** Rings these for 30 seconds, shows the caller's own number, talk of 4 hours at most. */
    public static Dial to(List<Destination> destinations, Continuation then) {
        return new Dial(destinations, null, Duration.ofSeconds(30), Duration.ofHours(4), then);
    }

    /** The same, showing this number. */
    public Dial showing(PhoneNumber value) {
        return new Dial(destinations, value, ringFor, longest, then, over, label, warning, notice);
    }

    /** The same, ringing for this long. */
    public Dial ringingFor(Duration value) {
        return new Dial(destinations, callerId, value, longest, then, over, label, warning, notice);
    }

    /** The same, cut after this much talk. */
    public Dial talkingAtMost(Duration value) {
        return new Dial(destinations, callerId, ringFor, value, then, over, label, warning, notice);
    }

    /** The same, over these trunks, best first. Only with providers whose flows support {@value #OVER}. */
    public Dial over(List<String> trunks) {
        return new Dial(destinations, callerId, ringFor, longest, then, trunks, label, warning, notice);
    }

    /** The same, showing this name. Only with providers whose flows support {@value #LABEL}. */
    public Dial labelled(String value) {
        return new Dial(destinations, callerId, ringFor, longest, then, over, value, warning, notice);
    }

    /** The same, with this warning. Only with providers whose flows support {@value #WARNING}. */
    public Dial warning(DialWarning value) {
        return new Dial(destinations, callerId, ringFor, longest, then, over, label, value, notice);
    }

    /** The same, with this notice to both. Only with providers whose flows support {@value #NOTICE}. */
    public Dial noticing(Notice value) {
        return new Dial(destinations, callerId, ringFor, longest, then, over, label, warning, value);
    }

    @Override
    public String name() {
        return "dial";
    }
}
