package io.careflow.pstn.twilio;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The stories with every webhook twice, status callbacks up to four seconds late in any order, and two nodes of the application
 * by turns that share nothing but their settings. The record is equal to the one of the story as it should go.
 */
class ShuffledInboundJourneyTest extends InboundJourneyConformance {
    @Override
    protected InboundStage stage() {
        return new BothStages(
                new TwilioStage(SimTwilio.Post.IN_ORDER), new TwilioStage(SimTwilio.Post.TWICE_AND_SHUFFLED));
    }

    private record BothStages(TwilioStage straight, TwilioStage shuffled) implements InboundStage {
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
            both(TwilioStage::directoryDown);
        }

        @Override
        public Cdr call(SimulatedCaller caller) {
            Cdr expected = straight.call(caller);
            Cdr actual = shuffled.call(caller);
            assertThat(actual).isEqualTo(expected);
            return actual;
        }

        @Override
        public Optional<List<Prompt>> heard() {
            return shuffled.heard();
        }

        @Override
        public void close() {}

        private void both(Consumer<TwilioStage> arranged) {
            arranged.accept(straight);
            arranged.accept(shuffled);
        }
    }
}
