package io.careflow.pstn.flow;

/** How a caller gives input. */
public enum InputKind {
    /** Keypad. */
    DTMF,
    /** Voice. */
    SPEECH
}
