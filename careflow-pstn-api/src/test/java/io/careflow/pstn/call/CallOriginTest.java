package io.careflow.pstn.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.event.InboundCall;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallOriginTest {
    @Test
    @DisplayName("a call of whose origin nothing is said has nobody who vouches for it")
    void unknown() {
        InboundCall call = new InboundCall(
                "e-1",
                Instant.EPOCH,
                new CallRef(new ProviderId("memory"), "c-1"),
                Party.of("+14165550100"),
                Party.of("+18195550100"));
        assertThat(call.origin()).isEqualTo(CallOrigin.UNKNOWN);
        assertThat(call.origin().attestation()).isEqualTo(Attestation.NONE);
        assertThat(call.origin().rawAttestation()).isNull();
    }

    @Test
    @DisplayName("headers do not change afterwards")
    void headers() {
        Map<String, String> headers = new HashMap<>(Map.of("X-Clinic", "7"));
        CallOrigin origin = new CallOrigin(Attestation.FULL, "TN-Validation-Passed-A", null, headers);
        headers.clear();
        assertThat(origin.sipHeaders()).containsEntry("X-Clinic", "7");
    }

    @Test
    @DisplayName("a call of a stranger has no user; one of a user of ours has")
    void user() {
        assertThat(CallOrigin.UNKNOWN.user()).isNull();
        assertThat(new CallOrigin(Attestation.FULL, null, null, Map.of()).user())
                .isNull();
        assertThat(CallOrigin.of(SipAddress.parse("sip:1001")).user()).isEqualTo(SipAddress.parse("1001"));
    }
}
