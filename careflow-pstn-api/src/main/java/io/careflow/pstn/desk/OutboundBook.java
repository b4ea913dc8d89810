package io.careflow.pstn.desk;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.call.CallRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which commands were given and what came of them, for all nodes of an application: of those that open one command at the same time
 * one owns it. Thread-safe. Whatever the store cannot do is thrown as its own unchecked exception; nothing is placed then.
 */
public interface OutboundBook {

    /** Writes the first line of a command, unless it has one. */
    Opened open(OutboundEntry first);

    /**
     * Writes the next version of a line.
     *
     * @return false if the version before it is not the last one: somebody else wrote
     */
    boolean change(OutboundEntry next);

    /** What is known of a command. */
    Optional<OutboundEntry> find(CommandId command);

    /** The command that a call came of. */
    Optional<OutboundEntry> find(CallRef call);

    /** Lines that are not final and were not written since then, the oldest first. */
    List<OutboundEntry> stale(Instant before, int most);

    /**
     * What opening came to.
     *
     * @param mine whether it was opened now; else it was there before
     * @param entry as it stands
     */
    record Opened(boolean mine, OutboundEntry entry) {
        public Opened {
            Objects.requireNonNull(entry, "entry");
        }
    }
}
