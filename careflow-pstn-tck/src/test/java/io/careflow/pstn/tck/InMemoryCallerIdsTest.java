package io.careflow.pstn.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.number.CallerIds;
import io.careflow.pstn.number.CallerIds.CallerId;
import io.careflow.pstn.number.CallerIds.Method;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberRequirements;
import io.careflow.pstn.number.NumberRequirements.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryCallerIdsTest {
    private static final PhoneNumber OFFICE = new PhoneNumber("+14165550177");

    private final InMemoryProvider carrier =
            InMemoryProvider.answeredBy(event -> CallFlow.start().hangUp()).start();
    private final CallerIds callerIds = carrier.require(CallerIds.class);

    @Test
    @DisplayName("a number is verified by the code that it was told, until it is removed")
    void verified() {
        callerIds.begin(OFFICE, Method.SMS);
        assertThat(callerIds.list()).isEmpty();
        String code = carrier.carrier().codeTold(OFFICE).orElseThrow();

        CallerId proven = callerIds.confirm(OFFICE, code);
        assertThat(proven.verifiedAt()).isEqualTo(carrier.time().now());
        assertThat(callerIds.list()).containsExactly(proven);
        assertThat(carrier.carrier().codeTold(OFFICE)).isEmpty();
        callerIds.remove(OFFICE);
        callerIds.remove(OFFICE);
        assertThat(callerIds.list()).isEmpty();
    }

    @Test
    @DisplayName("a wrong code, one of before, one of ten minutes ago, and one that was never told prove nothing")
    void refused() {
        assertThatThrownBy(() -> callerIds.confirm(OFFICE, "100001")).isInstanceOf(NotFound.class);
        callerIds.begin(OFFICE, Method.CALL);
        String first = carrier.carrier().codeTold(OFFICE).orElseThrow();
        assertThatThrownBy(() -> callerIds.confirm(OFFICE, "999999"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("wrong");
        callerIds.begin(OFFICE, Method.CALL);
        assertThatThrownBy(() -> callerIds.confirm(OFFICE, first)).isInstanceOf(InvalidRequest.class);
        String second = carrier.carrier().codeTold(OFFICE).orElseThrow();
        carrier.time().run(Duration.ofMinutes(11));
        assertThatThrownBy(() -> callerIds.confirm(OFFICE, second))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("too old");
        assertThat(callerIds.list()).isEmpty();
    }

    @Test
    @DisplayName("what a regulator wants is told for its country and kind, and nothing for others")
    void requirements() {
        Requirement proof = new Requirement("proof", "Proof of address", "document", "a bill", "");
        carrier.carrier().regulatorWants("CH", NumberKind.LOCAL, proof);
        NumberRequirements regulators = carrier.require(NumberRequirements.class);
        assertThat(regulators.requirements("ch", NumberKind.LOCAL)).containsExactly(proof);
        assertThat(regulators.requirements("CH", NumberKind.MOBILE)).isEmpty();
        assertThat(regulators.requirements("CA", NumberKind.LOCAL)).isEmpty();
    }

    @Test
    @DisplayName("a carrier without foreign caller IDs, or without requirements, says so by name")
    void absent() {
        InMemoryProvider plain = InMemoryProvider.answeredBy(
                        event -> CallFlow.start().hangUp())
                .without(CallerIds.class)
                .without(NumberRequirements.class)
                .start();
        assertThat(plain.find(CallerIds.class)).isEmpty();
        assertThatThrownBy(() -> plain.require(CallerIds.class)).isInstanceOf(UnsupportedCapability.class);
        assertThatThrownBy(() -> plain.require(NumberRequirements.class))
                .isInstanceOf(UnsupportedCapability.class)
                .hasMessageContaining("NumberRequirements");
    }
}
