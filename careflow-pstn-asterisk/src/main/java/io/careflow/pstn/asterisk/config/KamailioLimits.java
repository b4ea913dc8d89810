package io.careflow.pstn.asterisk.config;

import java.time.Duration;
import java.util.Objects;

/**
 * When the proxy turns somebody away, and how long it waits. A value; {@link #USUAL} suits an office of some hundred phones.
 *
 * @param requestsPerSecond what one address may send that is no trunk's, averaged over 2 seconds; a whole office behind one
 *     address counts as one: 5 to 10000
 * @param wrongPasswords how many from one address within {@code wrongWithin} ban it: 3 to 1000
 * @param wrongWithin 1 second to a day
 * @param knocks how many requests a minute without credentials, or for what is not ours, from an address that has no user ban
 *     it: 3 to 1000
 * @param ban how long: 1 second to a day
 * @param trunkCallsPerSecond calls that one trunk may begin; more are refused with 503, and it is never banned: 1 to 10000
 * @param nodeSilence how long a node may say nothing at all until the next one gets the call: 500 ms to 10 s
 * @param nodePatience how long it may neither ring nor answer; a carrier abroad may need 15 seconds to ring: 5 s to 2 minutes
 * @param ringing how long anybody may ring: 10 s to 10 minutes
 * @param ping how often nodes and servers of trunks are asked whether they are there: 1 to 300 s
 * @param registration how long a phone may stay registered without saying so again: 1 minute to a day
 * @param contacts phones and browsers of one user, each: 1 to 20
 */
public record KamailioLimits(
        int requestsPerSecond,
        int wrongPasswords,
        Duration wrongWithin,
        int knocks,
        Duration ban,
        int trunkCallsPerSecond,
        Duration nodeSilence,
        Duration nodePatience,
        Duration ringing,
        Duration ping,
        Duration registration,
        int contacts) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Values for an office of some hundred phones. */
    public static final KamailioLimits USUAL = new KamailioLimits(
            30,
            10,
            Duration.ofMinutes(5),
            20,
            Duration.ofMinutes(10),
            100,
            Duration.ofMillis(1500),
            Duration.ofSeconds(20),
            Duration.ofMinutes(3),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            5);

    /** Checks all of them. */
    public KamailioLimits {
        within("requestsPerSecond", requestsPerSecond, 5, 10_000);
        within("wrongPasswords", wrongPasswords, 3, 1000);
        within("wrongWithin", wrongWithin, SECOND, DAY);
        within("knocks", knocks, 3, 1000);
        within("ban", ban, SECOND, DAY);
        within("trunkCallsPerSecond", trunkCallsPerSecond, 1, 10_000);
        within("nodeSilence", nodeSilence, Duration.ofMillis(500), Duration.ofSeconds(10));
        within("nodePatience", nodePatience, Duration.ofSeconds(5), Duration.ofMinutes(2));
        within("ringing", ringing, Duration.ofSeconds(10), Duration.ofMinutes(10));
        within("ping", ping, SECOND, Duration.ofMinutes(5));
        within("registration", registration, Duration.ofMinutes(1), DAY);
        within("contacts", contacts, 1, 20);
    }

    /** The same with another tolerance of requests and wrong passwords, and another ban. */
    public KamailioLimits turningAway(int requests, int passwords, int knocking, Duration banned) {
        return new KamailioLimits(
                requests,
                passwords,
                wrongWithin,
                knocking,
                banned,
                trunkCallsPerSecond,
                nodeSilence,
                nodePatience,
                ringing,
                ping,
                registration,
                contacts);
    }

    /** The same, waiting for nodes and asking them otherwise. */
    public KamailioLimits nodes(Duration silence, Duration patience, Duration asked) {
        return new KamailioLimits(
                requestsPerSecond,
                wrongPasswords,
                wrongWithin,
                knocks,
                ban,
                trunkCallsPerSecond,
                silence,
                patience,
                ringing,
                asked,
                registration,
                contacts);
    }

    private static void within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed are " + least + " to " + most);
        }
    }

    private static void within(String field, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(value, field);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(field + " is " + value + "; allowed are " + least + " to " + most);
        }
    }
}
