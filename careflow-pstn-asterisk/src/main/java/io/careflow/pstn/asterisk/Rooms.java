package io.careflow.pstn.asterisk;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bridges of conference rooms, and who sits in them. A room's name may be any text, a bridge's id may not. Which calls are hosts
 * stands in a global variable of Asterisk, so that a successor knows it. What changes a room runs in the room's mailbox, one after
 * another; reading is thread-safe.
 */
final class Rooms {
    private static final String PREFIX = "cf-room-";
    private static final String HOSTS = "CAREFLOW_HOSTS_";

    private final AriRest rest;
    private final Map<String, Set<CallConference>> seats = new ConcurrentHashMap<>();
    private final Set<String> hosted = ConcurrentHashMap.newKeySet();

    Rooms(AriRest rest) {
        this.rest = rest;
    }

    static String bridge(String app, String room) {
        return PREFIX + UUID.nameUUIDFromBytes((app + " " + room).getBytes(StandardCharsets.UTF_8));
    }

    static boolean isOne(String bridge) {
        return bridge.startsWith(PREFIX);
    }

    void takes(String bridge, CallConference seat) {
        seats.computeIfAbsent(bridge, id -> ConcurrentHashMap.newKeySet()).add(seat);
    }

    void leaves(String bridge, CallConference seat) {
        Set<CallConference> there = seats.get(bridge);
        if (there != null && there.remove(seat) && there.isEmpty()) {
            seats.remove(bridge);
        }
    }

    /** Everybody who sits there; nobody does any more. */
    Set<CallConference> close(String bridge) {
        Set<CallConference> all = seats.remove(bridge);
        hosted.remove(bridge);
        return all == null ? Set.of() : all;
    }

    /** The calls with which the room ends, as Asterisk knows them. */
    Set<String> hosts(String bridge) {
        return rest.globalVariable(HOSTS + bridge)
                .map(ids -> (Set<String>) new LinkedHashSet<>(List.of(ids.split(","))))
                .orElse(Set.of());
    }

    void hostEnters(String bridge, String call) {
        Set<String> all = new LinkedHashSet<>(hosted.contains(bridge) ? hosts(bridge) : Set.of());
        all.add(call);
        rest.setGlobalVariable(HOSTS + bridge, String.join(",", all));
        hosted.add(bridge);
    }

    /** A predecessor's room has hosts. */
    void isHosted(String bridge) {
        hosted.add(bridge);
    }

    boolean hasHost(String bridge) {
        return hosted.contains(bridge);
    }

    void hostsGone(String bridge) {
        rest.setGlobalVariable(HOSTS + bridge, "");
    }
}
