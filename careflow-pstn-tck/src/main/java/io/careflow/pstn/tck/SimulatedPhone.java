package io.careflow.pstn.tck;

import io.careflow.pstn.call.HangupCause;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a phone behaves when it is called. A value.
 *
 * @param reaction what it does
 * @param after how long it rings before it reacts; it does not ring at all if it is busy, absent or failing
 * @param hangsUpAfter how long its person talks before hanging up, or null to leave that to the other side
 * @param typesAfter how long after the answer its person types, if anything
 * @param typed what its person types, empty for nothing
 * @param cause why it does not answer; the normal cause if it does
 * @param machine whether an answering machine takes the call, and not a person
 */
public record SimulatedPhone(
        Reaction reaction,
        Duration after,
        @Nullable Duration hangsUpAfter,
        Duration typesAfter,
        String typed,
        HangupCause cause,
        boolean machine) {

    public SimulatedPhone {
        Objects.requireNonNull(reaction, "reaction");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(typesAfter, "typesAfter");
        Objects.requireNonNull(typed, "typed");
        Objects.requireNonNull(cause, "cause");
    }

    /** Rings this long, then answers. */
    public static SimulatedPhone answersAfter(Duration ringing) {
        return of(Reaction.ANSWERS, ringing, HangupCause.NORMAL_CLEARING);
    }

    /** Is busy. */
    public static SimulatedPhone busy() {
        return of(Reaction.FAILS, Duration.ZERO, HangupCause.USER_BUSY);
    }

    /** Rings until the other side gives up. */
    public static SimulatedPhone neverAnswers() {
        return of(Reaction.RINGS, Duration.ZERO, HangupCause.NO_ANSWER);
    }

    /** Is not registered at the PBX. So is every SIP user of whom nothing was said. */
    public static SimulatedPhone notRegistered() {
        return of(Reaction.FAILS, Duration.ZERO, HangupCause.SUBSCRIBER_ABSENT);
    }

    /** Rings this long, then refuses. */
    public static SimulatedPhone declinesAfter(Duration ringing) {
        return of(Reaction.DECLINES, ringing, HangupCause.CALL_REJECTED);
    }

    /** Cannot be reached, for this reason of the network. */
    public static SimulatedPhone fails(HangupCause cause) {
        return of(Reaction.FAILS, Duration.ZERO, cause);
    }

    /** The same, hanging up after this much talk. */
    public SimulatedPhone hangingUpAfter(Duration talk) {
        return new SimulatedPhone(reaction, after, talk, typesAfter, typed, cause, machine);
    }

    /** The same, typing this so long after the answer. Only a call that was placed to the phone hears it. */
    public SimulatedPhone typing(String digits, Duration afterAnswer) {
        return new SimulatedPhone(reaction, after, hangsUpAfter, afterAnswer, digits, cause, machine);
    }

    /** The same, but an answering machine takes the call. Only a call that is placed with machine detection is told. */
    public SimulatedPhone asMachine() {
        return new SimulatedPhone(reaction, after, hangsUpAfter, typesAfter, typed, cause, true);
    }

    private static SimulatedPhone of(Reaction reaction, Duration after, HangupCause cause) {
        return new SimulatedPhone(reaction, after, null, Duration.ZERO, "", cause, false);
    }

    /** What a phone does when it is called. */
    public enum Reaction {
        /** Rings, then answers. */
        ANSWERS,
        /** Rings, then refuses. */
        DECLINES,
        /** Rings and rings. */
        RINGS,
        /** Does not even ring. */
        FAILS
    }
}
