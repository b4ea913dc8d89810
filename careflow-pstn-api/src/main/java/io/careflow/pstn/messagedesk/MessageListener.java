package io.careflow.pstn.messagedesk;

import io.careflow.pstn.event.MessageReceived;
import io.careflow.pstn.messagedesk.MessageWords.Meaning;
import org.jspecify.annotations.Nullable;

/** Hears what a message desk does besides its answers. What it throws reaches who handed the desk the event. Thread-safe. */
public interface MessageListener {

    /**
     * A text came in. May be told twice, as events are.
     *
     * @param meaning if it was a word such as STOP, whose choice is kept already; else null
     */
    default void received(MessageReceived event, @Nullable Meaning meaning) {}

    /** A text is paid, or nothing had to be paid for it in the end. */
    default void settled(MessageEntry entry) {}

    /** A line of the book could not be brought to its end now; the next sweep tries again. */
    default void unsettled(MessageEntry entry, RuntimeException failure) {}
}
