package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.Capability;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.PstnProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds for the provider itself. */
abstract class WholeConformance {

    /** The provider under test, new for each test. */
    abstract Trial trial();

    /** The threads that lived before the trial. */
    abstract Set<Thread> threadsBefore();

    /** Whether a thread belongs to the process. */
    abstract boolean isOfTheProcess(Thread thread);

    @Test
    @DisplayName("its id is the same whenever it is asked")
    void id() {
        PstnProvider provider = trial().provider();
        assertThat(provider.id())
                .isEqualTo(provider.id())
                .isEqualTo(trial().open().id());
    }

    @Test
    @DisplayName("a capability that nobody has is refused by name")
    void nobodysCapability() {
        CapabilityConformance.checkTwin(trial(), Nobodys.class);
    }

    @Test
    @DisplayName("health is there, or is refused by name before any I/O")
    void healthIsThereOrRefused() {
        CapabilityConformance.checkTwin(trial(), ProviderHealth.class);
    }

    @Test
    @DisplayName("a new provider is healthy, which is known without I/O")
    void health() {
        ProviderHealth health = trial().require(ProviderHealth.class);
        int before = trial().wire().sent().size();
        assertThat(health.state().availability()).isEqualTo(ProviderHealth.Availability.AVAILABLE);
        assertThat(trial().wire().sent()).hasSize(before);
    }

    @Test
    @DisplayName("its text shows no secret")
    void text() {
        new Secrets(trial()).checkNoneIn(List.of(trial().provider().toString()), "the provider's text");
    }

    @Test
    @DisplayName("closing it twice is no error")
    void closedTwice() {
        useEverything();
        trial().provider().close();
        trial().provider().close();
    }

    @Test
    @DisplayName("when it is closed, none of its threads lives on")
    void threads() {
        useEverything();
        trial().close();
        Threads threads = new Threads(threadsBefore(), this::isOfTheProcess);
        assertThat(threads.left()).as("threads that live on").isEmpty();
    }

    private void useEverything() {
        Arrays.stream(Operation.values())
                .filter(operation -> trial().canArrange(operation, Situation.SUCCESS))
                .forEach(operation -> {
                    trial().wire().arrange(operation, Situation.SUCCESS);
                    trial().attempt(operation).requireResult();
                });
    }

    /** Only here to be asked for. */
    private interface Nobodys extends Capability {}
}
