package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event.
 *
 * @param type such as {@code StasisStart}
 * @param timestamp Asterisk's own clock, in milliseconds
 * @param channelId the channel it belongs to; for a Dial the caller, or the called channel where there is no caller; null
 *     for events of bridges, endpoints and the application
 * @param raw everything
 */
record AriEvent(String type, Instant timestamp, @Nullable String channelId, JsonNode raw) {
    private static final String CHANNEL_URI = "channel:";

    static AriEvent of(JsonNode raw) {
        return new AriEvent(
                raw.path("type").asText(), AriTime.parse(raw.path("timestamp").asText()), channelOf(raw), raw);
    }

    /** The text at this path, empty if there is none. */
    String text(String first, String... rest) {
        JsonNode node = raw.path(first);
        for (String name : rest) {
            node = node.path(name);
        }
        return node.asText();
    }

    private static @Nullable String channelOf(JsonNode raw) {
        for (String holder : new String[] {"channel", "caller", "peer"}) {
            String id = raw.path(holder).path("id").asText();
            if (!id.isEmpty()) {
                return id;
            }
        }
        for (String holder : new String[] {"playback", "recording"}) {
            String target = raw.path(holder).path("target_uri").asText();
            if (target.startsWith(CHANNEL_URI)) {
                return target.substring(CHANNEL_URI.length());
            }
        }
        return null;
    }
}
