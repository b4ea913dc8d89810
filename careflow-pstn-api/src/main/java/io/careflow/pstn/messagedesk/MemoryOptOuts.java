package io.careflow.pstn.messagedesk;

import io.careflow.pstn.PhoneNumber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Choices of one node that may forget them when it ends: for tests and trials only, as forgetting one breaks a promise. Thread-safe. */
public final class MemoryOptOuts implements OptOuts {
    private final Map<Pair, OptChoice> choices = new HashMap<>();

    /** Nobody has chosen. */
    public MemoryOptOuts() {}

    @Override
    public synchronized boolean put(OptChoice choice) {
        Pair pair = new Pair(choice.sender(), choice.recipient());
        OptChoice before = choices.get(pair);
        boolean counts = before == null || choice.replaces(before);
        if (counts) {
            choices.put(pair, choice);
        }
        return counts;
    }

    @Override
    public synchronized Optional<OptChoice> find(PhoneNumber sender, PhoneNumber recipient) {
        return Optional.ofNullable(choices.get(new Pair(sender, recipient)));
    }

    private record Pair(PhoneNumber sender, PhoneNumber recipient) {}
}
