package io.careflow.pstn.desk;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import io.careflow.pstn.flow.Gather;
import io.careflow.pstn.flow.Voicemail;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The numbers of the inbound journey.
 *
 * @param attempts how often a caller may try to enter an ID: 1 to 10
 * @param idDigits how many digits an ID has at most on the keypad: 1 to 7; fewer end with # or a pause
 * @param firstDigit how long to wait for the first digit
 * @param betweenDigits how long to wait between digits
 * @param totalInput how long one attempt may take in all
 * @param ringFor how long the user's phones ring
 * @param longestTalk when a conversation is cut
 * @param longestMessage the longest voicemail message
 * @param maskTyped whether CDRs show only the last digit of what was typed
 * @param homeRegion ISO 3166 code of the region in whose national form carriers may send numbers
 */
public record InboundSettings(
        int attempts,
        int idDigits,
        Duration firstDigit,
        Duration betweenDigits,
        Duration totalInput,
        Duration ringFor,
        Duration longestTalk,
        Duration longestMessage,
        boolean maskTyped,
        String homeRegion) {

    public InboundSettings {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("attempts is " + attempts + "; allowed are 1 to 10");
        }
        if (idDigits < 1 || idDigits > 7) {
            throw new IllegalArgumentException("idDigits is " + idDigits + "; allowed are 1 to 7");
        }
        refuseWhatNoFlowCouldKeep(firstDigit, betweenDigits, totalInput, ringFor, longestTalk, longestMessage);
        if (!PhoneNumber.isRegion(homeRegion)) {
            throw new IllegalArgumentException(
                    "homeRegion is '" + homeRegion + "'; expected an ISO 3166 code such as CA");
        }
    }

    /** The values of a flow know their own limits; building them here fails at start-up, not when the first caller comes. */
    private static void refuseWhatNoFlowCouldKeep(
            Duration firstDigit,
            Duration betweenDigits,
            Duration totalInput,
            Duration ringFor,
            Duration longestTalk,
            Duration longestMessage) {
        Continuation any = Continuation.named("any");
        Objects.requireNonNull(Gather.digits(1, any).within(firstDigit, betweenDigits, totalInput));
        Objects.requireNonNull(Voicemail.upTo(longestMessage, any));
        Objects.requireNonNull(Dial.to(List.of(Destination.sip("any")), any)
                .ringingFor(ringFor)
                .talkingAtMost(longestTalk));
    }

    /** Three attempts at four digits; 5, 3 and 20 seconds for input; rings 30 seconds; talk up to 4 hours. */
    public static InboundSettings defaults() {
        return new InboundSettings(
                3,
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofHours(4),
                Duration.ofMinutes(2),
                false,
                "US");
    }

    /** The same with so many attempts at an ID. */
    public InboundSettings withAttempts(int value) {
        return new InboundSettings(
                value,
                idDigits,
                firstDigit,
                betweenDigits,
                totalInput,
                ringFor,
                longestTalk,
                longestMessage,
                maskTyped,
                homeRegion);
    }

    /** The same with IDs of at most so many digits. */
    public InboundSettings withIdDigits(int value) {
        return new InboundSettings(
                attempts,
                value,
                firstDigit,
                betweenDigits,
                totalInput,
                ringFor,
                longestTalk,
                longestMessage,
                maskTyped,
                homeRegion);
    }

    /** The same with these times for one attempt at input. */
    public InboundSettings inputWithin(Duration first, Duration between, Duration total) {
        return new InboundSettings(
                attempts, idDigits, first, between, total, ringFor, longestTalk, longestMessage, maskTyped, homeRegion);
    }

    /** The same, ringing for this long. */
    public InboundSettings ringingFor(Duration value) {
        return new InboundSettings(
                attempts,
                idDigits,
                firstDigit,
                betweenDigits,
                totalInput,
                value,
                longestTalk,
                longestMessage,
                maskTyped,
                homeRegion);
    }

    /** The same, cutting conversations after this long. */
    public InboundSettings talkingAtMost(Duration value) {
        return new InboundSettings(
                attempts,
                idDigits,
                firstDigit,
                betweenDigits,
                totalInput,
                ringFor,
                value,
                longestMessage,
                maskTyped,
                homeRegion);
    }

    /** The same with IDs masked in CDRs. */
    public InboundSettings maskingTyped() {
        return new InboundSettings(
                attempts,
                idDigits,
                firstDigit,
                betweenDigits,
                totalInput,
                ringFor,
                longestTalk,
                longestMessage,
                true,
                homeRegion);
    }

    /** The same with voicemail messages of at most this length. */
    public InboundSettings withLongestMessage(Duration value) {
        return new InboundSettings(
                attempts,
                idDigits,
                firstDigit,
                betweenDigits,
                totalInput,
                ringFor,
                longestTalk,
                value,
                maskTyped,
                homeRegion);
    }

    /** The same in this region. */
    public InboundSettings withHomeRegion(String value) {
        return new InboundSettings(
                attempts,
                idDigits,
                firstDigit,
                betweenDigits,
                totalInput,
                ringFor,
                longestTalk,
                longestMessage,
                maskTyped,
                value);
    }
}
