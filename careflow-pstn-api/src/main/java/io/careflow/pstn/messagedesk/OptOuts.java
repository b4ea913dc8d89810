package io.careflow.pstn.messagedesk;

import io.careflow.pstn.PhoneNumber;
import java.util.Optional;

/**
 * Who wants no texts from which number of ours, for all nodes of an application. Thread-safe. Whatever the store cannot do is thrown as
 * its own unchecked exception; nothing is sent then.
 */
public interface OptOuts {

    /**
     * Keeps a choice, unless a later one of the same two numbers is kept already: events may come late and twice.
     *
     * @return whether it was kept now
     */
    boolean put(OptChoice choice);

    /** The last choice; empty if none was ever made. */
    Optional<OptChoice> find(PhoneNumber sender, PhoneNumber recipient);
}
