package io.careflow.pstn.guard;

/** What for somebody is to be reached. All of them pass the same rules: a fraud takes the way that is not guarded. */
public enum GuardPurpose {
    /** A user's phone, or the application, calls. */
    CALL,
    /** The user's own phone is called first, then the destination. */
    CALLBACK,
    /** An inbound call goes on to a number outside. */
    FORWARD,
    /** A call that stands is handed over. */
    TRANSFER,
    /** Somebody is added to a conference. */
    CONFERENCE,
    /** A text. Takes no channel and has no length. */
    MESSAGE;

    boolean isTalk() {
        return this != MESSAGE;
    }
}
