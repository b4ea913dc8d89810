package io.careflow.pstn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.UnsupportedCapability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PstnTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    @DisplayName("providers are found by their id and listed in the order of registration")
    void lookup() {
        Stub one = new Stub("one");
        Stub two = new Stub("two");
        Pstn pstn = Pstn.of(one, two);
        assertThat(pstn.provider("two")).isSameAs(two);
        assertThat(pstn.provider(new ProviderId("one"))).isSameAs(one);
        assertThat(pstn.providers()).containsExactly(one, two);
    }

    @Test
    @DisplayName("two providers of one id are refused by name")
    void duplicate() {
        assertThatThrownBy(() -> Pstn.of(new Stub("one"), new Stub("one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'one'");
    }

    @Test
    @DisplayName("an unknown id is refused, naming the registered ones")
    void unknown() {
        assertThatThrownBy(() -> Pstn.of(new Stub("one"), new Stub("two")).provider("three"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'three'")
                .hasMessageContaining("[one, two]");
    }

    @Test
    @DisplayName("closing closes the last registered first, and may be repeated")
    void closing() {
        Pstn pstn = Pstn.of(new Stub("one"), new Stub("two"));
        pstn.close();
        assertThat(closed).containsExactly("two", "one");
        assertThatCode(pstn::close).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a provider that fails to close does not keep the others open")
    void closingDespiteFailure() {
        PstnProvider broken = new PstnProvider() {
            @Override
            public ProviderId id() {
                return new ProviderId("broken");
            }

            @Override
            public <T extends Capability> Optional<T> find(Class<T> capability) {
                return Optional.empty();
            }

            @Override
            public void close() {
                throw new IllegalStateException("against its contract");
            }
        };
        Pstn pstn = Pstn.of(new Stub("one"), broken);
        assertThatCode(pstn::close).doesNotThrowAnyException();
        assertThat(closed).containsExactly("one");
    }

    @Test
    @DisplayName("a missing capability is refused by the names of provider and capability, and nothing was done")
    void missingCapability() {
        assertThatThrownBy(() -> new Stub("voipms").require(Singing.class))
                .isInstanceOfSatisfying(
                        UnsupportedCapability.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE))
                .hasMessageContaining("voipms")
                .hasMessageContaining("Singing");
    }

    private interface Singing extends Capability {}

    private final class Stub implements PstnProvider {
        private final ProviderId id;

        Stub(String id) {
            this.id = new ProviderId(id);
        }

        @Override
        public ProviderId id() {
            return id;
        }

        @Override
        public <T extends Capability> Optional<T> find(Class<T> capability) {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed.add(id.value());
        }
    }
}
