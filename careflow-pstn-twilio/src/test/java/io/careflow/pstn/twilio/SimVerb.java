package io.careflow.pstn.twilio;

/** A TwiML verb that takes time. */
interface SimVerb {
    /** Ends it without going on: the call is over. */
    void stop();

    default void key(char key) {}

    default void speaking() {}

    default boolean isTalking() {
        return false;
    }
}
