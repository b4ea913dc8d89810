package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conference rooms that a predecessor left behind, as they stood at one moment.
 *
 * @param rooms the room in which a call sits, by the call's id
 * @param hosts the hosts of rooms that have some, by bridge
 * @param closed the rooms whose host left while nobody was there to close them
 */
record RoomsFound(Map<String, String> rooms, Map<String, Set<String>> hosts, Set<String> closed) {

    static RoomsFound look(List<JsonNode> bridges, Rooms known) {
        Map<String, String> rooms = new HashMap<>();
        Map<String, Set<String>> hosts = new HashMap<>();
        Set<String> closed = new HashSet<>();
        for (JsonNode bridge : bridges) {
            String id = bridge.path("id").asText();
            if (!Rooms.isOne(id)) {
                continue;
            }
            Set<String> members = new HashSet<>();
            bridge.path("channels").forEach(member -> members.add(member.asText()));
            members.forEach(member -> rooms.put(member, id));
            Set<String> ofRoom = known.hosts(id);
            if (!ofRoom.isEmpty() && members.containsAll(ofRoom)) {
                hosts.put(id, ofRoom);
                known.isHosted(id);
            } else if (!ofRoom.isEmpty() && !known.hasHost(id)) {
                closed.add(id);
                known.hostsGone(id);
            }
        }
        return new RoomsFound(rooms, hosts, closed);
    }

    @Nullable
    String roomOf(String call) {
        return rooms.get(call);
    }

    boolean isHost(String room, String call) {
        return hosts.getOrDefault(room, Set.of()).contains(call);
    }

    boolean hasHost(String room) {
        return hosts.containsKey(room);
    }

    boolean isClosed(String room) {
        return closed.contains(room);
    }
}
