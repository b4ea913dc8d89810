package io.careflow.pstn.tck;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.flow.Conference;
import io.careflow.pstn.flow.machine.FlowResult;

/** A seat in a conference room: until the call is redirected or ends, or a host leaves the room. */
final class ConferenceActivity implements Activity {
    private final MemoryCall call;
    private final int number;
    private final Conference conference;
    private boolean muted;

    ConferenceActivity(MemoryCall call, int number, Conference conference) {
        this.call = call;
        this.number = number;
        this.conference = conference;
    }

    String room() {
        return conference.room();
    }

    boolean isMuted() {
        return muted;
    }

    void mute(boolean value) {
        muted = value;
    }

    /** The room has closed: the call goes on elsewhere. */
    void closed() {
        if (call.seat(room()) == this) {
            call.completed(number, new FlowResult.Over());
        }
    }

    @Override
    public boolean isTalking() {
        return true;
    }

    @Override
    public void stop(HangupCause cause) {
        if (conference.host()) {
            call.closeRoom(room());
        }
    }
}
