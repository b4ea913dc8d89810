package io.careflow.pstn.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @Test
    @DisplayName("a plus sign makes a number, anything else is a SIP user, and addresses are read back")
    void parses() {
        assertThat(Destination.parse("+14165550100"))
                .isEqualTo(Destination.number(new PhoneNumber("+14165550100")))
                .hasFieldOrPropertyWithValue("number.e164", "+14165550100");
        assertThat(Destination.parse("14165550100")).isEqualTo(Destination.sip("sip:14165550100"));
        assertThat(Destination.parse("1001")).isEqualTo(Destination.sip("sip:1001"));
        assertThat(Destination.parse("sip:+14165550100")).isEqualTo(Destination.sip("+14165550100"));
        assertThat(Destination.parse("+14165550100@trunk")).isEqualTo(Destination.sip("sip:+14165550100@trunk"));
        for (String address : new String[] {"+12", "+123456789012345", "sip:1001", "sip:alice@example.org:5061"}) {
            assertThat(Destination.parse(address).address()).isEqualTo(address);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "+1",
                "+0123456789",
                "+1234567890123456",
                "+1 416 555 0100",
                "+1416x",
                "a b",
                "sip:",
                "tel:1001",
                "sips:1001"
            })
    @DisplayName("what is neither is refused")
    void refused(String text) {
        assertThatThrownBy(() -> Destination.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
