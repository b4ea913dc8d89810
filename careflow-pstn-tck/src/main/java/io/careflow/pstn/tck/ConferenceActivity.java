package io.careflow.pstn.tck;

import io.careflow.pstn.call.HangupCause;

/** A seat in a conference room: until the call is redirected or ends. */
final class ConferenceActivity implements Activity {
    private final String room;
    private boolean muted;

    ConferenceActivity(String room) {
        this.room = room;
    }

    String room() {
        return room;
    }

    boolean isMuted() {
        return muted;
    }

    void mute(boolean value) {
        muted = value;
    }

    @Override
    public boolean isTalking() {
        return true;
    }

    @Override
    public void stop(HangupCause cause) {
        // Nothing goes on but being there.
    }
}
