package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.message.MessageRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The messages that VoIP.ms keeps, those that came and those that were sent, with their texts. A callback proves little: whoever
 * acts on a message that matters looks it up here first. Thread-safe. Every method throws a
 * {@link io.careflow.pstn.error.PstnException} whose effect says whether VoIP.ms may have acted.
 */
public interface MessageArchive extends Capability {

    /**
     * The messages of one of our numbers, text and multimedia, the earliest first.
     *
     * @param from first instant
     * @param to first instant that does not count any more
     * @throws IllegalArgumentException if the span is empty
     */
    List<StoredMessage> list(PhoneNumber ours, Instant from, Instant to);

    /** A message of the last 90 days; empty if VoIP.ms does not know it. */
    Optional<StoredMessage> find(MessageRef message);

    /** Deletes a message at VoIP.ms for ever. One that does not exist is no error. */
    void delete(MessageRef message);
}
