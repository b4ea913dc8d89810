package io.careflow.pstn.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipAddressTest {
    @ParameterizedTest
    @CsvSource({
        "sip:1001, 1001, ,",
        "1001, 1001, ,",
        "sip:alice@example.org, alice, example.org",
        "alice.b-c_d@10.0.0.1:5060, alice.b-c_d, 10.0.0.1:5060",
        "+14165550100@trunk, +14165550100, trunk"
    })
    @DisplayName("an address is read with and without scheme and host, and printed with its scheme")
    void parses(String text, String user, String host) {
        SipAddress address = SipAddress.parse(text);
        assertThat(address).isEqualTo(new SipAddress(user, host));
        assertThat(address).hasToString(text.startsWith("sip:") ? text : "sip:" + text);
        assertThat(SipAddress.parse(address.toString())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:",
                "@",
                "a@",
                "@b",
                "a b",
                "a;b",
                "a&b",
                "a,b",
                "a\nb",
                "<a>",
                "a@b@c",
                "a@b/c",
                "a@b:",
                "a@b:123456",
                "a@-b",
                "-a",
                "++1",
                "ä",
                "sips:a@b",
                "a@b;transport=tcp",
                "SIP:a"
            })
    @DisplayName("what could change the meaning of a dial string or header is refused")
    void refused(String text) {
        assertThatThrownBy(() -> SipAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not usable");
    }

    @Test
    @DisplayName("user and host have a longest length")
    void bounds() {
        assertThat(new SipAddress("a".repeat(64), "b".repeat(253)).user()).hasSize(64);
        assertThat(new SipAddress("+" + "1".repeat(64), null).user()).hasSize(65);
        assertThatThrownBy(() -> new SipAddress("a".repeat(65), null)).hasMessageContaining("SIP user");
        assertThatThrownBy(() -> new SipAddress("a", "b".repeat(254))).hasMessageContaining("SIP host");
    }
}
