package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.ReleasedBy;
import org.jspecify.annotations.Nullable;

/** Who ends a call, and why: whoever hangs up first. Part of one call. */
final class Release {
    private ReleasedBy farEnd = ReleasedBy.CALLER;
    private ReleasedBy whenWeHangUp = ReleasedBy.SYSTEM;
    private @Nullable ReleasedBy known;
    private @Nullable HangupCause ours;
    private boolean leaving;

    /** The far end of the channel is this party: the caller, unless we placed the call. */
    void farEndIs(ReleasedBy party) {
        farEnd = party;
    }

    /** The person who was dialled hung up: if the flow hangs up next, it was them who ended the call. */
    void calleeLeft() {
        whenWeHangUp = ReleasedBy.CALLEE;
    }

    /** If we hang up from here on, it is our own decision. */
    void flowGoesOn() {
        whenWeHangUp = ReleasedBy.SYSTEM;
    }

    void weHangUp(HangupCause cause) {
        if (!leaving) {
            known = whenWeHangUp;
            ours = cause;
        }
    }

    void farEndHangsUp() {
        if (ours == null) {
            leaving = true;
        }
    }

    /** Whether the far end has hung up; the end of the call is about to be reported. */
    boolean isLeaving() {
        return leaving;
    }

    /** Whether it is we who have hung up. */
    boolean isOurs() {
        return ours != null;
    }

    /** What ended was one attempt to place the call, not the call. */
    void again() {
        leaving = false;
        known = null;
    }

    /** Whether somebody has hung up, they or we. */
    boolean isEnding() {
        return leaving || ours != null;
    }

    void by(ReleasedBy who) {
        known = who;
    }

    ReleasedBy by() {
        return known == null ? farEnd : known;
    }

    /** The cause with which we hung up, else the reported one: older versions do not know every cause. */
    HangupCause cause(HangupCause reported) {
        return ours == null ? reported : ours;
    }
}
