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
    FAX,
    /**
     * Calls to emergency services with an address that they are told. Of a number that can be ordered: an address may be
     * registered for it; carriers advise to ask for this where people call out. Of a number that is owned: one is.
     */
    EMERGENCY
}
