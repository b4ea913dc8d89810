package io.careflow.pstn.error;

/**
 * What a failed operation may have done at the carrier. This decides whether it may be tried again or elsewhere: a write
 * only after {@link #NONE}.
 */
public enum Effect {
    /** The carrier certainly did nothing: connection refused, a rejecting 4xx, 429, or refused before any I/O. */
    NONE,
    /** The carrier may have done it: time-out after sending, 408, 5xx, lost reply. Look it up; never repeat it blindly. */
    UNKNOWN
}
