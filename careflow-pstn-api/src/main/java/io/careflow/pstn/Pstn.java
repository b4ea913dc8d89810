package io.careflow.pstn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The providers of an application: an immutable set, registered by hand, closed together. Thread-safe.
 *
 * <pre>{@code
 * try (Pstn pstn = Pstn.of(asterisk, telnyx)) {
 *     CallControl calls = pstn.provider("asterisk").require(CallControl.class);
 * }
 * }</pre>
 */
public final class Pstn implements AutoCloseable {
    private final Map<ProviderId, PstnProvider> providers;

    private Pstn(Map<ProviderId, PstnProvider> providers) {
        this.providers = providers;
    }

    /**
     * Takes these providers over: {@link #close} closes them, the last one first.
     *
     * @throws IllegalArgumentException if two of them share an id
     */
    public static Pstn of(PstnProvider... providers) {
        Map<ProviderId, PstnProvider> byId = new LinkedHashMap<>();
        for (PstnProvider provider : providers) {
            if (byId.putIfAbsent(provider.id(), provider) != null) {
                throw new IllegalArgumentException("two providers are called '" + provider.id() + "'; ids must differ");
            }
        }
        return new Pstn(byId);
    }

    /**
     * The provider of this id.
     *
     * @throws IllegalArgumentException naming the registered ids if there is none
     */
    public PstnProvider provider(String id) {
        return provider(new ProviderId(id));
    }

    /**
     * The provider of this id.
     *
     * @throws IllegalArgumentException naming the registered ids if there is none
     */
    public PstnProvider provider(ProviderId id) {
        PstnProvider found = providers.get(id);
        if (found == null) {
            throw new IllegalArgumentException("no provider '" + id + "'; registered are " + providers.keySet());
        }
        return found;
    }

    /** All providers in the order of registration. */
    public List<PstnProvider> providers() {
        return List.copyOf(providers.values());
    }

    /** Closes every provider, the last registered first. Idempotent; never throws. */
    @Override
    public void close() {
        List<PstnProvider> reversed = new ArrayList<>(providers.values());
        Collections.reverse(reversed);
        reversed.forEach(Pstn::closeQuietly);
    }

    private static void closeQuietly(PstnProvider provider) {
        try {
            provider.close();
        } catch (RuntimeException ignored) {
            // It broke its promise not to throw; the others must be closed all the same.
        }
    }
}
