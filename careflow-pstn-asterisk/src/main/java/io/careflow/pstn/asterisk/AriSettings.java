package io.careflow.pstn.asterisk;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the event connection behaves.
 *
 * @param server where ARI is, for messages; without user info
 * @param user of {@code ari.conf}, for messages
 * @param app the Stasis application's name
 * @param eventTypes the events wanted; empty for all
 * @param deadAfter a server silent to pings for this long is dead
 * @param firstRetry pause before the first reconnect; doubles up to {@code longestRetry} and varies by half
 * @param longestRetry the longest pause
 * @param replacedRetry how long to stay away after another client took the name
 * @param backlog events that may wait for the listener; beyond it the socket is not read, and Asterisk closes it
 */
record AriSettings(
        URI server,
        String user,
        String app,
        Set<String> eventTypes,
        Duration deadAfter,
        Duration firstRetry,
        Duration longestRetry,
        int backlog,
        Duration replacedRetry) {
    static final String REPLACED = "ApplicationReplaced";

    AriSettings {
        if (!eventTypes.isEmpty()) {
            // Without it we would not learn that somebody else took our name.
            Set<String> all = new TreeSet<>(eventTypes);
            all.add(REPLACED);
            eventTypes = all;
        }
        eventTypes = Set.copyOf(eventTypes);
    }

    static AriSettings of(URI server, String user, String app, Set<String> eventTypes) {
        return new AriSettings(
                server,
                user,
                app,
                eventTypes,
                Duration.ofSeconds(10),
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                100_000,
                Duration.ofMinutes(2));
    }
}
