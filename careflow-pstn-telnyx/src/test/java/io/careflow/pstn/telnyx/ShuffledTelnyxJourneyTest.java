package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.InboundPrompts;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.flow.Prompt;
import io.careflow.pstn.guard.InboundLimits;
import io.careflow.pstn.tck.InboundJourneyConformance;
import io.careflow.pstn.tck.InboundStage;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The stories with every webhook twice, the first copy up to 300 milliseconds late so that neighbours change places, the second up
 * to four seconds later, and two nodes of the application by turns that share nothing but the flow store. The record is that of the
 * story as it should go, but that times may differ by as much as what was told late; and of a leg that we let go while it ended by
 * itself the words of the cause are those of whichever came first.
 */
class ShuffledTelnyxJourneyTest extends InboundJourneyConformance {
    /** Ten webhooks one after another, each as late as can be. */
    private static final Duration LATE = Duration.ofSeconds(3);

    @Override
    protected InboundStage stage() {
        return new BothStages(
                new TelnyxStage(SimTelnyx.Post.IN_ORDER), new TelnyxStage(SimTelnyx.Post.TWICE_AND_SHUFFLED));
    }

    private record BothStages(TelnyxStage straight, TelnyxStage shuffled) implements InboundStage {
        @Override
        public InboundPrompts prompts() {
            return shuffled.prompts();
        }

        @Override
        public Duration tolerance() {
            return shuffled.tolerance();
        }

        @Override
        public void settings(InboundSettings settings) {
            both(stage -> stage.settings(settings));
        }

        @Override
        public void guardedBy(InboundLimits limits) {
            both(stage -> stage.guardedBy(limits));
        }

        @Override
        public void user(User user) {
            both(stage -> stage.user(user));
        }

        @Override
        public void did(Did did) {
            both(stage -> stage.did(did));
        }

        @Override
        public void phone(String sipAddress, SimulatedPhone phone) {
            both(stage -> stage.phone(sipAddress, phone));
        }

        @Override
        public void directoryDown() {
            both(TelnyxStage::directoryDown);
        }

        @Override
        public Cdr call(SimulatedCaller caller) {
            Cdr expected = straight.call(caller);
            Cdr actual = shuffled.call(caller);
            assertThat(actual)
                    .usingRecursiveComparison()
                    .withEqualsForType(BothStages::near, Instant.class)
                    .withEqualsForType((one, other) -> one.q850() == other.q850(), HangupCause.class)
                    .withEqualsForType((one, other) -> true, URI.class)
                    .isEqualTo(expected);
            return actual;
        }

        @Override
        public Optional<List<Prompt>> heard() {
            return shuffled.heard();
        }

        @Override
        public void close() {
            both(TelnyxStage::close);
        }

        private static boolean near(Instant one, Instant other) {
            return Duration.between(one, other).abs().compareTo(LATE) <= 0;
        }

        private void both(Consumer<TelnyxStage> arranged) {
            arranged.accept(straight);
            arranged.accept(shuffled);
        }
    }
}
