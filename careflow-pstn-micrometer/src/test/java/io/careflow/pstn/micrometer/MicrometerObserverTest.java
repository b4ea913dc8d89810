package io.careflow.pstn.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.PstnObserver;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrometerObserverTest {
    private static final ProviderId CARRIER = new ProviderId("carrier");

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final PstnObserver observer = new MicrometerObserver(registry);

    @Test
    @DisplayName("a success is timed, with provider and operation")
    void success() {
        PstnObserver.Observation observation = observer.started(CARRIER, "call.place");
        clock.add(Duration.ofMillis(250));
        observation.ended(null);

        Timer timer = timer("call.place", "success", "done");
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
        assertThat(registry.find(MicrometerObserver.IN_DOUBT).counters()).isEmpty();
    }

    @Test
    @DisplayName("an operation that has not ended is not counted yet")
    void running() {
        PstnObserver.Observation running = observer.started(CARRIER, "call.place");

        assertThat(registry.getMeters()).isEmpty();
        running.ended(null);
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    @DisplayName("a failure has its kind and its effect; what certainly did nothing leaves no doubt")
    void failure() {
        end("call.place", new NotFound(failure("call.place", Effect.NONE)));
        end("call.place", new UnsupportedFeature(CARRIER, "call.place", "gather", List.of("play")));

        assertThat(timer("call.place", "not-found", "none").count()).isEqualTo(1);
        assertThat(timer("call.place", "unsupported-feature", "none").count()).isEqualTo(1);
        assertThat(registry.find(MicrometerObserver.IN_DOUBT).counters()).isEmpty();
    }

    @Test
    @DisplayName("a write in doubt is counted")
    void inDoubt() {
        end("call.place", new ProviderUnavailable(failure("call.place", Effect.UNKNOWN)));
        end("call.place", new ProviderUnavailable(failure("call.place", Effect.UNKNOWN)));

        assertThat(timer("call.place", "provider-unavailable", "unknown").count())
                .isEqualTo(2);
        assertThat(registry.get(MicrometerObserver.IN_DOUBT)
                        .tag("provider", "carrier")
                        .tag("operation", "call.place")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("a failed read leaves no doubt, by its name or by what the application says")
    void reads() {
        end("number.list", new ProviderUnavailable(failure("number.list", Effect.UNKNOWN)));
        assertThat(registry.find(MicrometerObserver.IN_DOUBT).counters()).isEmpty();

        new MicrometerObserver(registry, operation -> operation.startsWith("peek"))
                .started(CARRIER, "peek.balance.now")
                .ended(new ProviderUnavailable(failure("peek.balance.now", Effect.UNKNOWN)));
        assertThat(registry.find(MicrometerObserver.IN_DOUBT).counters()).isEmpty();
        new MicrometerObserver(registry, operation -> false)
                .started(CARRIER, "number.list")
                .ended(new ProviderUnavailable(failure("number.list", Effect.UNKNOWN)));
        assertThat(registry.find(MicrometerObserver.IN_DOUBT).counters()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call.fetch",
                "call.look-up",
                "cdr.find",
                "cdr.pull",
                "conference.participants",
                "number.prices",
                "permissions.list",
                "recording.download"
            })
    @DisplayName("a read of an adapter that fails leaves no doubt, whatever the adapter calls it")
    void readsOfAdapters(String operation) {
        end(operation, new ProviderUnavailable(failure(operation, Effect.UNKNOWN)));

        assertThat(registry.find(MicrometerObserver.IN_DOUBT).counters()).isEmpty();
    }

    @Test
    @DisplayName("a thousand different failures make no more meters than one: reasons, codes and ids are no tags")
    void lowCardinality() {
        for (int i = 0; i < 1000; i++) {
            Failure facts = new Failure(
                    CARRIER,
                    "call.place",
                    Effect.UNKNOWN,
                    "reason " + i,
                    "code" + i,
                    500 + i % 99,
                    "request" + i,
                    null);
            end("call.place", new ProviderUnavailable(facts));
        }

        assertThat(registry.getMeters()).hasSize(2);
        assertThat(registry.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getKey)
                .containsOnly("provider", "operation", "outcome", "effect");
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrder("careflow.pstn.operations", "careflow.pstn.operations.in.doubt");
    }

    private void end(String operation, @Nullable PstnException failure) {
        observer.started(CARRIER, operation).ended(failure);
    }

    private Timer timer(String operation, String outcome, String effect) {
        return registry.get(MicrometerObserver.OPERATIONS)
                .tags("provider", "carrier", "operation", operation, "outcome", outcome, "effect", effect)
                .timer();
    }

    private static Failure failure(String operation, Effect effect) {
        return Failure.of(CARRIER, operation, effect, "as planned");
    }
}
