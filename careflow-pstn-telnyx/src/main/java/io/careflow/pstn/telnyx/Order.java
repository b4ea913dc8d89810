package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A command to Telnyx that is not confirmed yet. As it is kept.
 *
 * @param id the {@code command_id}: the same whoever sends it
 * @param kind the action's name; {@code dial}, {@code room}, {@code conference_close} and {@code look} are no actions of a call
 * @param target the call that it is for; null for a dial
 * @param body without {@code command_id}
 * @param number of the machine's command behind it
 * @param leg 0 for the call itself, else which of the legs
 * @param needed whether the machine's command failed if this is refused
 * @param since when it was first to be sent, in milliseconds
 * @param notBefore when it may be sent again, in milliseconds
 */
record Order(
        String id,
        String kind,
        @Nullable String target,
        JsonNode body,
        int number,
        int leg,
        boolean needed,
        long since,
        long notBefore) {
    static final String DIAL = "dial";
    static final String ROOM = "room";

    /** Everybody leaves a conference. */
    static final String CLOSE = "conference_close";

    static final String LOOK = "look";
    static final String HANG_UP = "hangup";
    static final String REJECT = "reject";

    /** Not to be sent again. */
    static final long NEVER = Long.MAX_VALUE;

    /** As one that is first to be sent at this moment. */
    Order anew(long millis) {
        return new Order(id, kind, target, body, number, leg, needed, millis, Math.max(millis, notBefore));
    }

    Order later(long millis) {
        return new Order(id, kind, target, body, number, leg, needed, since, millis);
    }
}
