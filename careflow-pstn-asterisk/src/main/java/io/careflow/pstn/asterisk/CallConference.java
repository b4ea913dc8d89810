package io.careflow.pstn.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call's seat in a conference room: until it is redirected or ends. The room is a bridge of Asterisk, so those in it go on talking
 * while the application is away. Part of one call.
 */
final class CallConference {
    /** Variable of a channel that is not heard in its room. */
    static final String MUTED = "CF_MUTED";

    private static final Logger log = LoggerFactory.getLogger(CallConference.class);

    private final AsteriskCall call;
    private @Nullable String bridge;

    CallConference(AsteriskCall call) {
        this.call = call;
    }

    void join(int command, Conference conference) {
        String id = Rooms.bridge(call.board().app(), conference.room());
        bridge = id;
        // One after another for each room: nobody enters a bridge that is being cleared away because the last has left.
        call.board().mailboxes().submit(id, () -> {
            boolean seated;
            try {
                if (call.board().rest().bridge(id).isEmpty()) {
                    call.board().rest().createBridge(id, "mixing");
                }
                seated = call.board().rest().addToBridge(id, call.ref().id());
            } catch (PstnException e) {
                log.warn("{}: the room cannot be entered: {}", call.ref(), e.getMessage());
                seated = false;
            }
            if (!seated) {
                call.soon(() -> {
                    bridge = null;
                    call.lookAgain();
                    call.signal(new FlowSignal.Failed(command, "the room cannot be entered"));
                });
                clearAway(id);
            }
        });
    }

    /** A predecessor's call, if it sits in one of these. */
    boolean resume(List<JsonNode> bridges) {
        for (JsonNode each : bridges) {
            String id = each.path("id").asText();
            for (JsonNode member : each.path("channels")) {
                if (Rooms.isOne(id) && member.asText().equals(call.ref().id())) {
                    bridge = id;
                }
            }
        }
        return bridge != null;
    }

    /** The call goes on elsewhere. */
    void leave() {
        String left = bridge;
        bridge = null;
        if (left != null) {
            mute(false);
            board().removeFromBridge(left, call.ref().id());
            call.board().mailboxes().submit(left, () -> clearAway(left));
        }
    }

    /** The call is over. */
    void callGone() {
        String left = bridge;
        bridge = null;
        if (left != null) {
            call.board().mailboxes().submit(left, () -> clearAway(left));
        }
    }

    boolean sits(String id) {
        return id.equals(bridge);
    }

    void mute(boolean muted) {
        String id = call.ref().id();
        boolean there = muted ? board().mute(id) : board().unmute(id);
        if (!there || !board().setVariable(id, MUTED, muted ? "1" : "")) {
            call.lookAgain();
        }
    }

    private AriRest board() {
        return call.board().rest();
    }

    /** An empty room is none. */
    private void clearAway(String id) {
        try {
            if (board().bridge(id)
                    .filter(room -> room.path("channels").isEmpty())
                    .isPresent()) {
                board().destroyBridge(id);
            }
        } catch (PstnException e) {
            log.warn("the empty room {} stays: {}", id, e.getMessage());
        }
    }
}
