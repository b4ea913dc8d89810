package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.DialWarning;
import io.careflow.pstn.flow.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The numbers of the outbound journey.
 *
 * @param ringUser how long the user's own phone rings
 * @param ringFor how long the destination rings
 * @param longestTalk when a conversation is cut, however much credit there is
 * @param warnBefore how long before the end of a conversation the user is warned; a shorter conversation is not warned of
 * @param detectMachines whether the call ends, before it costs, when a machine answers the user's phone; where the provider can tell
 * @param homeRegion ISO 3166 code of the region whose national form users may dial
 */
public record OutboundSettings(
        Duration ringUser,
        Duration ringFor,
        Duration longestTalk,
        Duration warnBefore,
        boolean detectMachines,
        String homeRegion) {
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);

    public OutboundSettings {
        Continuation any = Continuation.named("any");
        Dial dial = Dial.to(List.of(Destination.sip("any")), any);
        Objects.requireNonNull(dial.ringingFor(ringUser));
        Objects.requireNonNull(dial.ringingFor(ringFor).talkingAtMost(longestTalk));
        DialWarning unused = new DialWarning(warnBefore, new Pause(Duration.ofSeconds(1)));
        if (!PhoneNumber.isRegion(homeRegion)) {
            throw new IllegalArgumentException(
                    "homeRegion is '" + homeRegion + "'; expected an ISO 3166 code such as CA");
        }
    }

    /** Rings the user 30 and the destination 40 seconds; talk up to 4 hours, with a warning 60 seconds before its end. */
    public static OutboundSettings defaults() {
        return new OutboundSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(40),
                Duration.ofHours(4),
                Duration.ofSeconds(60),
                false,
                "US");
    }

    /** The same, ringing the user and then the destination for so long. */
    public OutboundSettings ringing(Duration user, Duration destination) {
        return new OutboundSettings(user, destination, longestTalk, warnBefore, detectMachines, homeRegion);
    }

    /** The same, cutting conversations after this long. */
    public OutboundSettings talkingAtMost(Duration value) {
        return new OutboundSettings(ringUser, ringFor, value, warnBefore, detectMachines, homeRegion);
    }

    /** The same, warning this long before the end. */
    public OutboundSettings warningBefore(Duration value) {
        return new OutboundSettings(ringUser, ringFor, longestTalk, value, detectMachines, homeRegion);
    }

    /** The same, hanging up on machines. */
    public OutboundSettings detectingMachines() {
        return new OutboundSettings(ringUser, ringFor, longestTalk, warnBefore, true, homeRegion);
    }

    /** How long what is taken for so much talk is kept without being renewed. */
    Duration lease(Duration talk) {
        Duration lease = talk.plus(ringUser).plus(ringFor).plus(MARGIN);
        return lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease;
    }

    /** The same in this region. */
    public OutboundSettings withHomeRegion(String value) {
        return new OutboundSettings(ringUser, ringFor, longestTalk, warnBefore, detectMachines, value);
    }
}
