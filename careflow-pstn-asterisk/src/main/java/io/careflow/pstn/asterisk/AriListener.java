package io.careflow.pstn.asterisk;

import java.time.Instant;

/**
 * Told what happens on the event connection: all calls on one thread, in order, one at a time. What takes time belongs
 * elsewhere; while the listener works, later events wait.
 */
interface AriListener {

    /**
     * Events flow from here on, filtered. What happened before is lost and has to be looked up. If this throws, the connection
     * is ended and another one tried.
     *
     * @param first whether this is the first connection of this object
     */
    void connected(boolean first);

    /** Events have stopped; a new connection is being tried. */
    void disconnected(Instant at, String why);

    void event(AriEvent event);
}
