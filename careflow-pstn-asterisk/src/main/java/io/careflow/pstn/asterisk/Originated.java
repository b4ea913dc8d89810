package io.careflow.pstn.asterisk;

/** How we know that an originated channel exists. */
enum Originated {
    /** Asterisk said so. */
    CONFIRMED,
    /** The reply was lost, but the channel was there when looked up. */
    FOUND
}
