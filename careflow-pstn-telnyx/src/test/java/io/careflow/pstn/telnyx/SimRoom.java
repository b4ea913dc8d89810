package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.telnyx.SimTelnyx.Refused;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A conference of the simulated Telnyx. Its events carry what its maker gave, whomever they are about. */
final class SimRoom {
    private final SimTelnyx telnyx;
    private final String id;
    private final String name;
    private final String clientState;
    private final Map<SimLeg, Boolean> muted = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();

    SimRoom(SimTelnyx telnyx, String id, JsonNode body) {
        this.telnyx = telnyx;
        this.id = id;
        this.name = body.path("name").asText();
        this.clientState = body.path("client_state").asText();
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    boolean isEmpty() {
        return muted.isEmpty();
    }

    void enter(SimLeg leg) {
        leg.requireAnswered();
        muted.put(leg, false);
        tell("joined", leg);
    }

    void leave(SimLeg leg) {
        if (muted.remove(leg) != null) {
            tell("left", leg);
        }
    }

    void command(String action, JsonNode body) {
        String command = body.path("command_id").asText();
        if (!command.isEmpty() && !done.add(command)) {
            return;
        }
        switch (action) {
            case "join" -> enter(telnyx.leg(body.path("call_control_id").asText()));
            case "leave" -> leave(telnyx.leg(body.path("call_control_id").asText()));
            case "mute", "unmute" ->
                body.path("call_control_ids")
                        .forEach(call -> muted.computeIfPresent(
                                telnyx.leg(call.asText()), (leg, before) -> action.equals("mute")));
            default -> throw new Refused(404, "10005");
        }
    }

    ObjectNode described() {
        return telnyx.object().put("id", id).put("name", name).put("status", "in_progress");
    }

    void participants(ArrayNode into) {
        List.copyOf(muted.keySet())
                .forEach(leg -> into.addObject()
                        .put("call_control_id", leg.id())
                        .put("muted", Boolean.TRUE.equals(muted.get(leg)))
                        .put("status", "joined"));
    }

    private void tell(String what, SimLeg leg) {
        ObjectNode payload = leg.common().put("conference_id", id);
        telnyx.tell("conference.participant." + what, payload.put("client_state", clientState));
    }
}
