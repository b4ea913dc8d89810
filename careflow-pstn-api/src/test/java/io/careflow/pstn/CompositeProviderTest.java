package io.careflow.pstn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedCapability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CompositeProviderTest {
    private final List<String> closed = new ArrayList<>();
    private final Singing tenor = new Singing() {};
    private final Singing bass = new Singing() {};
    private final Dancing waltz = new Dancing() {};

    @Test
    @DisplayName("the first part that has a capability serves it")
    void firstWins() {
        PstnProvider whole = CompositeProvider.of("whole", part("one", waltz), part("two", tenor), part("three", bass));
        assertThat(whole.require(Singing.class)).isSameAs(tenor);
        assertThat(whole.find(Dancing.class)).containsSame(waltz);
        assertThat(whole.id()).isEqualTo(new ProviderId("whole"));
    }

    @Test
    @DisplayName("what no part has is refused in the name of the whole, and nothing was done")
    void missing() {
        PstnProvider whole = CompositeProvider.of("whole", part("one"), part("two", tenor));
        assertThat(whole.find(Dancing.class)).isEmpty();
        assertThatThrownBy(() -> whole.require(Dancing.class))
                .isInstanceOfSatisfying(UnsupportedCapability.class, e -> {
                    assertThat(e.provider()).isEqualTo(new ProviderId("whole"));
                    assertThat(e.effect()).isEqualTo(Effect.NONE);
                })
                .hasMessageContainingAll("'whole'", "Dancing");
    }

    @Test
    @DisplayName("closing closes the last part first, and may be repeated")
    void closing() {
        PstnProvider whole = CompositeProvider.of("whole", part("one"), part("two"), part("three"));
        whole.close();
        assertThat(closed).containsExactly("three", "two", "one");
        assertThatCode(whole::close).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a part that fails to close does not keep the others open")
    void closingDespiteFailure() {
        PstnProvider broken = new Part(new ProviderId("broken"), List.of()) {
            @Override
            public void close() {
                throw new IllegalStateException("against its contract");
            }
        };
        assertThatCode(CompositeProvider.of("whole", part("one"), broken)::close)
                .doesNotThrowAnyException();
        assertThat(closed).containsExactly("one");
    }

    @Test
    @DisplayName("a composite may be part of another one")
    void nested() {
        PstnProvider inner = CompositeProvider.of("inner", part("one"), part("two", tenor));
        PstnProvider outer = CompositeProvider.of("outer", part("zero", waltz), inner);
        assertThat(outer.require(Singing.class)).isSameAs(tenor);
        outer.close();
        assertThat(closed).containsExactly("two", "one", "zero");
    }

    @Test
    @DisplayName("later changes of the list of parts change nothing")
    void copied() {
        PstnProvider[] parts = {part("one", tenor)};
        PstnProvider whole = CompositeProvider.of("whole", parts);
        parts[0] = part("two", bass);
        assertThat(whole.require(Singing.class)).isSameAs(tenor);
    }

    @Test
    @DisplayName("a whole without parts, without a usable name or with a hole is refused")
    @SuppressWarnings("NullAway")
    void refused() {
        assertThatThrownBy(() -> CompositeProvider.of("whole"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'whole'", "no parts", "at least one");
        assertThatThrownBy(() -> CompositeProvider.of("Whole!", part("one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Whole!'");
        assertThatThrownBy(() -> CompositeProvider.of("whole", part("one"), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("part");
    }

    @Test
    @DisplayName("a state of health has no negative room for requests; unlimited is null")
    void health() {
        ProviderHealth.Availability up = ProviderHealth.Availability.AVAILABLE;
        Instant now = Instant.EPOCH;
        assertThat(new ProviderHealth.State(up, "", now, null).freeRequests()).isNull();
        assertThat(new ProviderHealth.State(up, "", now, 0).freeRequests()).isZero();
        assertThatThrownBy(() -> new ProviderHealth.State(up, "", now, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("free requests are -1; allowed are 0 and more, or null");
    }

    private PstnProvider part(String id, Capability... capabilities) {
        return new Part(new ProviderId(id), Arrays.asList(capabilities));
    }

    private interface Singing extends Capability {}

    private interface Dancing extends Capability {}

    private class Part implements PstnProvider {
        private final ProviderId id;
        private final List<Capability> capabilities;

        Part(ProviderId id, List<Capability> capabilities) {
            this.id = id;
            this.capabilities = capabilities;
        }

        @Override
        public ProviderId id() {
            return id;
        }

        @Override
        public <T extends Capability> Optional<T> find(Class<T> capability) {
            return capabilities.stream()
                    .filter(capability::isInstance)
                    .map(capability::cast)
                    .findFirst();
        }

        @Override
        public void close() {
            closed.add(id.value());
        }
    }
}
