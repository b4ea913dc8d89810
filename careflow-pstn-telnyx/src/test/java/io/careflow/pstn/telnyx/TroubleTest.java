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
import org.junit.jupiter.params.provider.ValueSource;

/** Calls while the application is in trouble. */
class TroubleTest {
    private static final String DESK = "sip:1001";

    @ParameterizedTest
    @EnumSource(SimTelnyx.Post.class)
    @DisplayName("all nodes go down at any moment of a call: a caller who stays on the line is not forgotten")
    void nobodyAnswers(SimTelnyx.Post post) {
        for (int millis = 0; millis <= 10_000; millis += 500) {
            Cdr cdr = call(post, millis, SimulatedPhone.neverAnswers());
            assertThat(cdr.disposition())
                    .as("after %d ms", millis)
                    .isIn(Disposition.NO_ANSWER, Disposition.NO_INPUT, Disposition.UNKNOWN_ID);
        }
    }

    @ParameterizedTest
    @EnumSource(SimTelnyx.Post.class)
    @DisplayName("all nodes go down while people talk: they go on talking, and nobody stays when one has left")
    void talking(SimTelnyx.Post post) {
        for (int millis = 3_000; millis <= 12_000; millis += 500) {
            SimulatedPhone answers = SimulatedPhone.answersAfter(ofSeconds(1)).hangingUpAfter(ofSeconds(6));
            Cdr cdr = call(post, millis, answers);
            assertThat(cdr.disposition()).as("after %d ms", millis).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.times().talkMillis()).as("after %d ms", millis).isBetween(5_900L, 6_100L);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("the flow store fails now and then: webhooks come again, commands too, and the call comes to its end")
    void storeFails(long seed) {
        for (SimTelnyx.Post post : SimTelnyx.Post.values()) {
            Cdr cdr = call(new TelnyxStage(post).withFlakyStore(seed), SimulatedPhone.neverAnswers());
            assertThat(cdr.disposition()).isIn(Disposition.NO_ANSWER, Disposition.NO_INPUT, Disposition.UNKNOWN_ID);
        }
    }

    @ParameterizedTest
    @EnumSource(SimTelnyx.Post.class)
    @DisplayName("a listener that fails disturbs no call")
    void listenerFails(SimTelnyx.Post post) {
        TelnyxStage stage = new TelnyxStage(post).listening(() -> {
            throw new IllegalStateException("a bug of the application");
        });
        Cdr cdr = call(stage, SimulatedPhone.neverAnswers());
        assertThat(cdr.disposition()).isEqualTo(Disposition.NO_ANSWER);
        assertThat(cdr.typed()).isEqualTo("0001");
    }

    private static SimulatedCaller caller() {
        return SimulatedCaller.from("+14165550142")
                .dialling("+18195550100")
                .waits(ofSeconds(1))
                .types("0001");
    }

    private static Cdr call(SimTelnyx.Post post, int millis, SimulatedPhone phone) {
        return call(new TelnyxStage(post).restartingAfter(ofMillis(millis)), phone);
    }

    private static Cdr call(TelnyxStage arranged, SimulatedPhone phone) {
        try (TelnyxStage stage = arranged) {
            stage.settings(InboundSettings.defaults()
                    .inputWithin(ofSeconds(3), ofSeconds(2), ofSeconds(10))
                    .ringingFor(ofSeconds(4)));
            TenantId tenant = new TenantId("clinic");
            stage.user(new User("u1", tenant, new CareFlowId(1), "First user", List.of(Destination.sip(DESK)), false));
            stage.did(new Did(new PhoneNumber("+18195550100"), tenant, "carrier", null));
            stage.phone(DESK, phone);
            return stage.call(caller());
        }
    }
}
