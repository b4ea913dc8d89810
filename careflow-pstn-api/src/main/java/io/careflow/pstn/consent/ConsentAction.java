package io.careflow.pstn.consent;

/** What must happen before or while a call is recorded, from the least to the most. */
public enum ConsentAction {
    /** Nothing. */
    NONE,
    /** It is said that the call is recorded; who stays on the line agrees. */
    ANNOUNCE,
    /** They agree by pressing a key. */
    EXPLICIT;

    /** The stricter of both. */
    public ConsentAction stricter(ConsentAction other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
