package io.careflow.pstn.flow;

import java.util.Objects;

/**
 * Puts the call into a conference room. The first call to enter opens the room, the last to leave closes it; when a call
 * that is a host leaves, in whatever way, the room closes at once: everybody else leaves it too and goes on at their own
 * {@code then}.
 *
 * @param room the room's name
 * @param then where the application goes on when the call leaves the room
 * @param host whether the room closes when this call leaves; a provider that cannot do this names {@link #HOST} as
 *     unsupported, before anything happens
 */
public record Conference(String room, Continuation then, boolean host) implements Ending {
    /** How {@link FlowSupport} calls a conference that ends with its host. */
    public static final String HOST = "conference-host";

    public Conference {
        Objects.requireNonNull(room, "room");
        Objects.requireNonNull(then, "then");
    }

    /** Enters the room as a guest: it goes on without this call. */
    public Conference(String room, Continuation then) {
        this(room, then, false);
    }

    /** The same room, entered as its host. */
    public Conference asHost() {
        return new Conference(room, then, true);
    }

    @Override
    public String name() {
        return "conference";
    }
}
