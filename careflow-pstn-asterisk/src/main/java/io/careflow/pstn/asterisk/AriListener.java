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

    /**
     * There are no events; a new connection is being tried. Told when events stop, when the first connection fails, and again
     * whenever a further attempt fails for another reason.
     *
     * @param at since when there are none: the same for every attempt until one is connected
     * @param why for people; holds no secrets
     */
    void disconnected(Instant at, String why);

    void event(AriEvent event);
}
