package io.careflow.pstn.consent;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.cdr.Cdr;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How long recordings are kept. Immutable.
 *
 * @param keepFor how long after the end of the call: at least 1 second
 * @param tenants another time for some tenants
 * @param held what is not deleted by age at all, such as calls of a lawsuit
 */
public record RetentionPolicy(Duration keepFor, Map<TenantId, Duration> tenants, Predicate<Cdr> held) {
    private static final Duration LEAST = Duration.ofSeconds(1);

    public RetentionPolicy {
        tenants = Map.copyOf(tenants);
        Stream.concat(Stream.of(keepFor), tenants.values().stream()).forEach(time -> {
            if (time.compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("time to keep is " + time + "; allowed are " + LEAST + " and more");
            }
        });
        Objects.requireNonNull(held, "held");
    }

    /** All recordings for this long. */
    public static RetentionPolicy keepingFor(Duration time) {
        return new RetentionPolicy(time, Map.of(), cdr -> false);
    }

    /** The same, with another time for a tenant. */
    public RetentionPolicy keepingFor(TenantId tenant, Duration time) {
        Map<TenantId, Duration> more = new HashMap<>(tenants);
        more.put(tenant, time);
        return new RetentionPolicy(keepFor, more, held);
    }

    /** The same, which holds these too. */
    public RetentionPolicy holding(Predicate<Cdr> more) {
        return new RetentionPolicy(keepFor, tenants, held.or(more));
    }

    /** Why the recording of a call is deleted now; empty if there is none, or it is kept. */
    public Optional<String> reason(Cdr cdr, Instant now) {
        Duration time = tenants.getOrDefault(cdr.tenant(), keepFor);
        boolean due = cdr.recording() != null && !cdr.times().ended().plus(time).isAfter(now) && !held.test(cdr);
        return due ? Optional.of("kept for " + time) : Optional.empty();
    }

    /** The shortest time that anything is kept. */
    Duration shortest() {
        Collection<Duration> others = tenants.values();
        return Stream.concat(Stream.of(keepFor), others.stream())
                .min(Duration::compareTo)
                .orElse(keepFor);
    }
}
