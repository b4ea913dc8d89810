package io.careflow.pstn.micrometer;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.PstnException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Measures every operation against a provider. No tag holds a number, an id or anything else that grows without end. Thread-safe
 * as the registry is; one observer serves any number of providers.
 *
 * <p>The meters:
 *
 * <ul>
 *   <li>timer {@value #OPERATIONS}: how long operations took, all their repetitions and pauses together, and how many there
 *       were. Tags: {@code provider}; {@code operation}, such as {@code call.place}; {@code outcome}, {@code success} or the kind of
 *       failure, such as {@code provider-unavailable}; {@code effect}, {@code done} after a success, else {@code none} or
 *       {@code unknown}.
 *   <li>counter {@value #IN_DOUBT}: writes after which nobody knows whether the provider acted; worth an alarm. Tags: {@code
 *       provider}, {@code operation}. Failed reads are not counted: they leave no doubt behind. An operation is a read if the
 *       last word of its name is one of {@link #READS}, or whatever else the application decides.
 * </ul>
 */
public final class MicrometerObserver implements PstnObserver {
    /** The timer's name. */
    public static final String OPERATIONS = "careflow.pstn.operations";

    /** The counter's name. */
    public static final String IN_DOUBT = "careflow.pstn.operations.in.doubt";

    /** The last words of the names of operations that only read. */
    public static final Set<String> READS = Set.of(
            "balance",
            "download",
            "events",
            "fetch",
            "find",
            "get",
            "info",
            "list",
            "look-up",
            "lookup",
            "participants",
            "ping",
            "prices",
            "pull",
            "read",
            "search");

    private final MeterRegistry registry;
    private final Predicate<String> reads;

    /** An observer that writes to this registry. */
    public MicrometerObserver(MeterRegistry registry) {
        this(registry, operation -> READS.contains(operation.substring(operation.lastIndexOf('.') + 1)));
    }

    /**
     * An observer that writes to this registry.
     *
     * @param reads which operations only read, by their names
     */
    public MicrometerObserver(MeterRegistry registry, Predicate<String> reads) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.reads = Objects.requireNonNull(reads, "reads");
    }

    @Override
    public Observation started(ProviderId provider, String operation) {
        Timer.Sample sample = Timer.start(registry);
        return failure -> ended(provider, operation, sample, failure);
    }

    private void ended(ProviderId provider, String operation, Timer.Sample sample, @Nullable PstnException failure) {
        sample.stop(Timer.builder(OPERATIONS)
                .description("Operations against telephony providers")
                .tag("provider", provider.value())
                .tag("operation", operation)
                .tag(
                        "outcome",
                        failure == null ? "success" : kebab(failure.getClass().getSimpleName()))
                .tag(
                        "effect",
                        failure == null ? "done" : failure.effect().name().toLowerCase(Locale.ROOT))
                .register(registry));
        if (failure != null && failure.effect() == Effect.UNKNOWN && !reads.test(operation)) {
            Counter.builder(IN_DOUBT)
                    .description("Writes after which it is unknown whether the provider acted")
                    .tag("provider", provider.value())
                    .tag("operation", operation)
                    .register(registry)
                    .increment();
        }
    }

    private static String kebab(String className) {
        return className.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
