package io.careflow.pstn.telnyx;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.desk.InboundSettings;
import io.careflow.pstn.directory.CareFlowId;
import io.careflow.pstn.directory.Did;
import io.careflow.pstn.directory.User;
import io.careflow.pstn.tck.SimulatedCaller;
import io.careflow.pstn.tck.SimulatedPhone;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All nodes go down for three seconds at any moment of a call. Timers are lost, webhooks come again, the store remembers. */
class RestartTest {
    private static final String DESK = "sip:1001";

    @ParameterizedTest
    @EnumSource(SimTelnyx.Post.class)
    @DisplayName("a caller who stays on the line until we hang up is not forgotten")
    void nobodyAnswers(SimTelnyx.Post post) {
        for (int millis = 0; millis <= 10_000; millis += 500) {
            Cdr cdr = call(post, millis, SimulatedPhone.neverAnswers(), caller());
            assertThat(cdr.disposition())
                    .as("after %d ms", millis)
                    .isIn(Disposition.NO_ANSWER, Disposition.NO_INPUT, Disposition.UNKNOWN_ID);
        }
    }

    @ParameterizedTest
    @EnumSource(SimTelnyx.Post.class)
    @DisplayName("people who talk go on talking, and nobody stays when one has left")
    void talking(SimTelnyx.Post post) {
        for (int millis = 3_000; millis <= 12_000; millis += 500) {
            SimulatedPhone answers = SimulatedPhone.answersAfter(ofSeconds(1)).hangingUpAfter(ofSeconds(6));
            Cdr cdr = call(post, millis, answers, caller());
            assertThat(cdr.disposition()).as("after %d ms", millis).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.times().talkMillis()).as("after %d ms", millis).isBetween(5_900L, 6_100L);
        }
    }

    private static SimulatedCaller caller() {
        return SimulatedCaller.from("+14165550142")
                .dialling("+18195550100")
                .waits(ofSeconds(1))
                .types("0001");
    }

    private static Cdr call(SimTelnyx.Post post, int millis, SimulatedPhone phone, SimulatedCaller caller) {
        try (TelnyxStage stage = new TelnyxStage(post).restartingAfter(ofMillis(millis))) {
            stage.settings(InboundSettings.defaults()
                    .inputWithin(ofSeconds(3), ofSeconds(2), ofSeconds(10))
                    .ringingFor(ofSeconds(4)));
            TenantId tenant = new TenantId("clinic");
            stage.user(new User("u1", tenant, new CareFlowId(1), "First user", List.of(Destination.sip(DESK)), false));
            stage.did(new Did(new PhoneNumber("+18195550100"), tenant, "carrier", null));
            stage.phone(DESK, phone);
            return stage.call(caller);
        }
    }
}
