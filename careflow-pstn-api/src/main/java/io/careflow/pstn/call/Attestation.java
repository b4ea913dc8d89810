package io.careflow.pstn.call;

/** How far the caller's network vouches for the number shown (STIR/SHAKEN, RFC 8588). */
public enum Attestation {
    /** The network knows the caller and that the number is theirs. */
    FULL,
    /** The network knows the caller, but not whether the number is theirs. */
    PARTIAL,
    /** The network only let the call in. */
    GATEWAY,
    /** A signature came with the call and is wrong: take the number for forged. */
    FAILED,
    /** Nobody vouches, or nothing is known. */
    NONE
}
