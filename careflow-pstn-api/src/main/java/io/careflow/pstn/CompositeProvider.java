package io.careflow.pstn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Several providers as one: the first that has a capability serves it. Joins, for example, a carrier that sells numbers but
 * cannot place calls with a PBX that calls over the carrier's trunk. What it hands out, references and failures, names the
 * provider that did the work. Thread-safe.
 */
public final class CompositeProvider implements PstnProvider {
    private final ProviderId id;
    private final List<PstnProvider> parts;

    private CompositeProvider(ProviderId id, List<PstnProvider> parts) {
        this.id = id;
        this.parts = parts;
    }

    /**
     * Joins providers and takes them over: {@link #close} closes them, the last one first.
     *
     * @param id the id of the whole; may be that of a part
     * @param parts at least one; earlier ones win
     * @throws IllegalArgumentException if there is none
     */
    public static CompositeProvider of(String id, PstnProvider... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("composite provider '" + id + "' has no parts; expected at least one");
        }
        Arrays.stream(parts).forEach(part -> Objects.requireNonNull(part, "part"));
        return new CompositeProvider(new ProviderId(id), List.of(parts));
    }

    @Override
    public ProviderId id() {
        return id;
    }

    @Override
    public <T extends Capability> Optional<T> find(Class<T> capability) {
        return parts.stream().flatMap(part -> part.find(capability).stream()).findFirst();
    }

    @Override
    public void close() {
        for (int at = parts.size() - 1; at >= 0; at--) {
            closeQuietly(parts.get(at));
        }
    }

    private static void closeQuietly(PstnProvider part) {
        try {
            part.close();
        } catch (RuntimeException ignored) {
            // It broke its promise not to throw; the others must be closed all the same.
        }
    }
}
