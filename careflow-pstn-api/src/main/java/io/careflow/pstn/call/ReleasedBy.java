package io.careflow.pstn.call;

/** Who ended a call. */
public enum ReleasedBy {
    /** The calling side. */
    CALLER,
    /** The called side. */
    CALLEE,
    /** We did: end of the script, time limit, failure. */
    SYSTEM,
    /** It cannot be told. */
    UNKNOWN
}
