package io.careflow.pstn.number;

/** What a number can be used for. */
public enum NumberFeature {
    /** Calls. */
    VOICE,
    /** Text messages. */
    SMS,
    /** Picture messages. */
    MMS,
    /** Fax. */
    FAX
}
