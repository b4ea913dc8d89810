package io.careflow.pstn.flow;

/** The one thing a flow ends with: it either ends the call or has a result with which the application goes on. */
public sealed interface Ending permits Gather, Dial, Conference, Voicemail, Enqueue, Redirect, Reject, HangUp {

    /** The name used where a provider lists what it supports, such as {@code dial}. */
    String name();
}
