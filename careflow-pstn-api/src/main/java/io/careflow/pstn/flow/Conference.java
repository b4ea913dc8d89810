package io.careflow.pstn.flow;

import java.util.Objects;

/**
 * Puts the call into a conference room.
 *
 * @param room the room's name
 * @param then where the application goes on when the call leaves the room
 */
public record Conference(String room, Continuation then) implements Ending {
    public Conference {
        Objects.requireNonNull(room, "room");
        Objects.requireNonNull(then, "then");
    }

    @Override
    public String name() {
        return "conference";
    }
}
