package io.careflow.pstn.event;

import io.careflow.pstn.call.CallRef;

/** Something that happened to a call. */
public interface CallEvent extends PstnEvent {

    /** The call (the A-leg) that it belongs to. */
    CallRef call();
}
