package io.careflow.pstn.flow;

import io.careflow.pstn.ProviderId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where providers keep how far a call is in its flow, between two webhooks of a carrier that tells what happens but remembers
 * nothing for us. Shared by all nodes of an application, any of them goes on with any call, also after a restart. Thread-safe.
 *
 * <p>What is kept is the provider's own text: no other code reads it. Entries are small (some kilobytes) and live as long as
 * a call; the provider forgets them itself.
 */
public interface FlowStore {

    /**
     * What is kept under this key; empty if nothing is.
     *
     * @param key 1 to 300 characters, the provider's choice
     */
    Optional<Kept> find(ProviderId provider, String key);

    /**
     * Keeps a text, in one step, if nobody else did since it was read.
     *
     * @param version what {@link Kept#version} was, or 0 if nothing was kept
     * @param wakeAt when the provider wants to look at it again whatever happens; null for never
     * @return whether it is kept; false if another version is there: read again
     */
    boolean save(ProviderId provider, String key, long version, String text, @Nullable Instant wakeAt);

    /** Keeps it no longer. What is not kept is no error. */
    void forget(ProviderId provider, String key);

    /** The keys whose time to wake has come, the earliest first, at most so many. */
    List<String> due(ProviderId provider, Instant now, int most);

    /**
     * What is kept.
     *
     * @param version grows with every save; 1 or more
     */
    record Kept(long version, String text) {
        public Kept {
            Objects.requireNonNull(text, "text");
        }
    }
}
