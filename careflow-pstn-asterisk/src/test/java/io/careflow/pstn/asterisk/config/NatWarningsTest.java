package io.careflow.pstn.asterisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Asterisk's configuration warns of addresses that the other side cannot reach")
class NatWarningsTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.3", "172.31.255.1", "192.168.1.1", "100.100.0.1"})
    @DisplayName("a private address without a public one, towards a carrier elsewhere")
    void privateAddress(String address) {
        assertThat(at(address, "sip.carrier.example").warnings())
                .singleElement()
                .asString()
                .contains("publicAddress is missing", "trunk siproute", address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.10", "172.32.0.1", "100.63.0.1", "0.0.0.0"})
    @DisplayName("no warning for an address that may well be public")
    void publicAddress(String address) {
        assertThat(at(address, "sip.carrier.example").warnings()).isEmpty();
    }

    @Test
    @DisplayName("no warning where the carrier is in a private network too")
    void privateCarrier() {
        assertThat(at("10.0.0.3", "10.1.0.1").warnings()).isEmpty();
    }

    @Test
    @DisplayName("a public address alone is told to Kamailio as well")
    void noLocalNetworks() {
        assertThat(at("10.0.0.3", "sip.carrier.example")
                        .behindKamailio("10.0.0.2", 5060, "sip.example.org")
                        .publicAddress("203.0.113.11")
                        .warnings())
                .singleElement()
                .asString()
                .contains("localNetworks are missing", "203.0.113.11", "Kamailio at 10.0.0.2");
    }

    @Test
    @DisplayName("networks that do not hold Kamailio's address")
    void otherNetworks() {
        AsteriskConfig config =
                at("10.0.0.3", "sip.carrier.example").behindKamailio("10.0.0.2", 5060, "sip.example.org");
        assertThat(config.publicAddress("203.0.113.11", "192.168.0.0/16").warnings())
                .singleElement()
                .asString()
                .contains("do not hold Kamailio's address 10.0.0.2");
        assertThat(config.publicAddress("203.0.113.11", "192.168.0.0/16", "10.0.0.0/29")
                        .warnings())
                .isEmpty();
    }

    private static AsteriskConfig at(String address, String carrier) {
        return AsteriskConfig.forVersion(22)
                .listen(SipTransport.UDP, address, 5060)
                .trunk(Samples.registering("siproute", SipEndpoint.of(carrier)).build());
    }
}
