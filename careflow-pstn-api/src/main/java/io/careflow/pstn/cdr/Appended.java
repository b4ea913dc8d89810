package io.careflow.pstn.cdr;

/** What became of a record that was handed to a {@link CdrStore}. */
public enum Appended {
    /** It is new and kept. */
    STORED,
    /** The very same record was there already; nothing changed. */
    DUPLICATE,
    /** Another record of the same call was there already. It was kept, this one was not; somebody should look. */
    CONFLICT
}
