package io.careflow.pstn.asterisk;

import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.event.Redirected;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.machine.FlowResult;
import io.careflow.pstn.flow.machine.FlowSignal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call's seat in a conference room: until it is redirected or ends, or a host leaves the room. The room is a bridge of Asterisk, so those in
 * it go on talking while the application is away. Part of one call.
 */
final class CallConference {
    /** Variable of a channel that is not heard in its room. */
    static final String MUTED = "CF_MUTED";

    private static final Logger log = LoggerFactory.getLogger(CallConference.class);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int NOT_OURS = -1;

    private final AsteriskCall call;
    private volatile @Nullable String bridge;
    private boolean host;
    private boolean muted;
    private int number = NOT_OURS;

    CallConference(AsteriskCall call) {
        this.call = call;
    }

    void join(int command, Conference conference) {
        String id = Rooms.bridge(call.board().app(), conference.room());
        bridge = id;
        number = command;
        host = conference.host();
        boolean asHost = host;
        // One after another for each room: nobody enters a bridge that is being cleared away because the last has left.
        inRoom(id, () -> {
            if (!sits(id)) {
                return;
            }
            boolean seated;
            try {
                if (asHost) {
                    rooms().hostEnters(id, call.channel());
                }
                if (rest().bridge(id).isEmpty()) {
                    rest().createBridge(id, "mixing");
                }
                seated = rest().addToBridge(id, call.channel());
            } catch (PstnException e) {
                log.warn("{}: the room cannot be entered: {}", call.ref(), e.getMessage());
                seated = false;
            }
            if (seated) {
                rooms().takes(id, this);
            } else {
                call.soon(() -> {
                    bridge = null;
                    call.lookAgain();
                    call.signal(new FlowSignal.Failed(command, "the room cannot be entered"));
                });
                clearAway(id);
            }
        });
    }

    /** A predecessor's call, if it sits in one of the rooms that there were. */
    boolean resume(RoomsFound found) {
        String id = found.roomOf(call.channel());
        if (id == null) {
            return false;
        }
        bridge = id;
        number = NOT_OURS;
        muted = true;
        host = found.isHost(id, call.channel());
        if (found.isClosed(id)) {
            roomClosed(id);
            return true;
        }
        boolean hosted = found.hasHost(id);
        inRoom(id, () -> {
            if (hosted && !rooms().hasHost(id)) {
                // The host left while this call was being taken over.
                call.soon(() -> roomClosed(id));
            } else if (sits(id)) {
                rooms().takes(id, this);
            }
        });
        return true;
    }

    /** The call goes on elsewhere. */
    void leave() {
        String left = bridge;
        bridge = null;
        if (left != null) {
            if (muted) {
                mute(false);
            }
            rest().removeFromBridge(left, call.channel());
            boolean asHost = host;
            inRoom(left, () -> gone(left, asHost));
        }
    }

    /** The call is over. */
    void callGone() {
        String left = bridge;
        bridge = null;
        if (left != null) {
            boolean asHost = host;
            inRoom(left, () -> gone(left, asHost));
        }
    }

    boolean sits(String id) {
        return id.equals(bridge);
    }

    boolean isSeated() {
        return bridge != null;
    }

    void mute(boolean silent) {
        String id = call.channel();
        boolean there = silent ? rest().mute(id) : rest().unmute(id);
        muted = silent;
        if (!there || !rest().setVariable(id, MUTED, silent ? "1" : "")) {
            call.lookAgain();
        }
    }

    /** A host left: this call goes on where its flow said. In the call's mailbox. */
    private void roomClosed(String id) {
        if (!sits(id) || call.release().isEnding()) {
            return;
        }
        try {
            if (muted) {
                mute(false);
            }
            rest().removeFromBridge(id, call.channel());
        } catch (PstnException e) {
            log.warn("{}: it cannot leave the room that was closed: {}; trying again", call.ref(), e.getMessage());
            Runnable unused = call.later(AGAIN, () -> roomClosed(id));
            return;
        }
        bridge = null;
        inRoom(id, () -> gone(id, false));
        Continuation then = call.state().then();
        if (number != NOT_OURS) {
            call.signal(new FlowSignal.Completed(number, new FlowResult.Over()));
        } else if (then != null) {
            call.ask(new Redirected(call.id("redirect"), call.now(), call.ref(), then));
        }
    }

    // --- in the room's mailbox ---

    private void gone(String id, boolean asHost) {
        rooms().leaves(id, this);
        if (asHost) {
            rooms().close(id).forEach(seat -> seat.call.soon(() -> seat.roomClosed(id)));
            forgetHosts(id);
        }
        clearAway(id);
    }

    /** An empty room is none. */
    private void clearAway(String id) {
        try {
            if (rest().bridge(id)
                    .filter(room -> room.path("channels").isEmpty())
                    .isPresent()) {
                rest().destroyBridge(id);
                if (rooms().hasHost(id)) {
                    rooms().close(id);
                    forgetHosts(id);
                }
            }
        } catch (PstnException e) {
            log.warn("the empty room {} stays: {}", id, e.getMessage());
        }
    }

    private void forgetHosts(String id) {
        try {
            rooms().hostsGone(id);
        } catch (PstnException e) {
            log.warn("room {}: {}", id, e.getMessage());
        }
    }

    private void inRoom(String id, Runnable task) {
        if (!call.board().mailboxes().submit(id, task)) {
            log.error("overloaded: what {} does in room {} is not done", call.ref(), id);
        }
    }

    private Rooms rooms() {
        return call.board().rooms();
    }

    private AriRest rest() {
        return call.board().rest();
    }
}
