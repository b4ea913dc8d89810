package io.careflow.pstn.siptrunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SipTrunkPresetsTest {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165551212");
    private static final PhoneNumber LONDON = new PhoneNumber("+442071234567");

    @Test
    @DisplayName("every preset is a profile once the customer's own values are there")
    void complete() {
        assertThat(written(SipTrunkPresets.voipms("a", "newyork1"))).containsExactly("4165551212", "011442071234567");
        assertThat(written(SipTrunkPresets.flowroute("a", "us-west-or").auth(Trunk.prefixed())))
                .containsExactly("12345678*+14165551212", "12345678*+442071234567");
        assertThat(written(SipTrunkPresets.sipus("a"))).containsExactly("14165551212", "011442071234567");
        assertThat(written(SipTrunkPresets.bandwidth("a", List.of("192.0.2.1", "192.0.2.2"))
                        .auth(TrunkAuth.ip(List.of(IpRange.parse("198.51.100.1"))))))
                .containsExactly("+14165551212", "+442071234567");
        assertThat(written(SipTrunkPresets.signalwire("a", "clinic"))).containsExactly("+14165551212", "+442071234567");
    }

    @Test
    @DisplayName("without the customer's values no preset is a profile")
    void incomplete() {
        for (SipTrunkBuilder preset : List.of(
                SipTrunkPresets.generic("a"),
                SipTrunkPresets.voipms("a", "newyork1"),
                SipTrunkPresets.flowroute("a", "us-west-or"),
                SipTrunkPresets.sipus("a"),
                SipTrunkPresets.bandwidth("a", List.of()),
                SipTrunkPresets.signalwire("a", "clinic"))) {
            assertThatThrownBy(preset::build)
                    .hasMessageContaining("auth.mode: is missing")
                    .hasMessageContaining("capacity.maxConcurrent: is missing");
        }
    }

    @Test
    @DisplayName("the servers of a preset are told in their order")
    void servers() {
        SipTrunkProfile profile = SipTrunkPresets.bandwidth("a", List.of("192.0.2.1", "192.0.2.2"))
                .auth(TrunkAuth.ip(List.of(IpRange.parse("198.51.100.1"))))
                .capacity(TrunkCapacity.of(1))
                .build();
        assertThat(profile.endpoints()).extracting(SipEndpoint::priority).containsExactly(10, 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"generic", "voipms", "flowroute", "sipus", "bandwidth", "signalwire"})
    @DisplayName("every preset says what is not verified or is the customer's")
    void notes(String preset) {
        assertThat(SipTrunkPresets.notes(preset)).isNotEmpty();
    }

    @Test
    @DisplayName("there is no preset of SIPRoute, and names that are none are refused")
    void none() {
        assertThatThrownBy(() -> SipTrunkPresets.notes("siproute")).hasMessageContaining("allowed are generic");
        assertThatThrownBy(() -> SipTrunkPresets.signalwire("a", "x.evil.example/"))
                .hasMessageContaining("space is");
        assertThatThrownBy(() -> SipTrunkPresets.voipms("a", "evil.example")).hasMessageContaining("server is");
    }

    private static List<String> written(SipTrunkBuilder preset) {
        SipTrunkBuilder whole = preset.capacity(TrunkCapacity.of(2)).number(Trunk.OURS);
        TrunkDialling dialling = TrunkDialling.of(
                whole.check().auth() == null ? whole.auth(Trunk.REGISTER).build() : whole.build());
        return List.of(dialling.dial(PATIENT), dialling.dial(LONDON));
    }
}
