package io.careflow.pstn.messagedesk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.message.MessageRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which texts were wanted and what came of them, for all nodes of an application: of those that open one command at the same time one
 * owns it. Thread-safe. Whatever the store cannot do is thrown as its own unchecked exception; nothing is sent then.
 */
public interface MessageBook {

    /** Writes the first line of a command, unless it has one. */
    Opened open(MessageEntry first);

    /**
     * Writes the next version of a line.
     *
     * @return false if the version before it is not the last one: somebody else wrote
     */
    boolean change(MessageEntry next);

    /** What is known of a command. */
    Optional<MessageEntry> find(CommandId command);

    /** The command that a message came of. */
    Optional<MessageEntry> find(MessageRef message);

    /** Lines in this state that were not written since then, the oldest first. */
    List<MessageEntry> stale(MessageEntry.State state, Instant before, int most);

    /**
     * What opening came to.
     *
     * @param mine whether it was opened now; else it was there before
     * @param entry as it stands
     */
    record Opened(boolean mine, MessageEntry entry) {
        public Opened {
            Objects.requireNonNull(entry, "entry");
        }
    }
}
