package io.careflow.pstn.asterisk;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The bridges of conference rooms. A room's name may be any text, a bridge's id may not. */
final class Rooms {
    private static final String PREFIX = "cf-room-";

    private Rooms() {}

    static String bridge(String app, String room) {
        return PREFIX + UUID.nameUUIDFromBytes((app + " " + room).getBytes(StandardCharsets.UTF_8));
    }

    static boolean isOne(String bridge) {
        return bridge.startsWith(PREFIX);
    }
}
