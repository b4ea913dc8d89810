package io.careflow.pstn.telnyx;

/** Calls as they go on, by what Telnyx tells of them. Thread-safe. */
interface Flows {

    /**
     * What follows from an event of a call or a conference ({@code call.*}, {@code conference.*}): it is told to the listener in
     * our words, and the next commands are sent. All that such an event tells is told from here, also what {@link
     * TelnyxEvents#of} makes of it alone. An event that was there before changes nothing.
     *
     * @throws RuntimeException if it could not be kept that the event happened: Telnyx must send it again
     */
    void happened(Hook hook);
}
