package io.careflow.pstn.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4165550100",
                "14165550100",
                "0041441234567",
                "+4165550100x",
                "+04165550100",
                "+1",
                "1001",
                "",
                "sip:+1"
            })
    @DisplayName("digits without a plus sign are no E.164: they may be a national number of anywhere")
    void noNumber(String address) {
        assertThat(Party.of(address).number()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+14165550100", "+2904123", "+123456789012345"})
    @DisplayName("a number with its plus sign is one")
    void number(String address) {
        assertThat(Party.of(address).number()).contains(new PhoneNumber(address));
    }

    @ParameterizedTest
    @CsvSource({
        "4165550100, CA, +14165550100",
        "14165550100, CA, +14165550100",
        "(416) 555-0100, CA, +14165550100",
        "+1 416 555 0100, CH, +14165550100",
        "044 668 18 00, CH, +41446681800",
        "0041446681800, CH, +41446681800",
        "01141446681800, CA, +41446681800"
    })
    @DisplayName("numbers as the carriers of a region write them become E.164")
    void normalised(String address, String region, String expected) {
        Party party = new Party(address, "Zoë").normalised(region);
        assertThat(party).isEqualTo(new Party(expected, "Zoë"));
        assertThat(party.normalised(region)).isEqualTo(party);
    }

    @ParameterizedTest
    @CsvSource({
        "'', CA",
        "anonymous, CA",
        "alice, CA",
        "1-800-FLOWERS, US",
        "1001, CA",
        "1001, DE",
        "911, CA",
        "112, DE",
        "4165550100 ext. 12, CA",
        "4165550100@example.org, CA",
        "sip:4165550100, CA",
        "442071838750, US",
        "+1416, CA"
    })
    @DisplayName("what cannot be read as a number stays as it is")
    void stays(String address, String region) {
        Party party = new Party(address, "name");
        assertThat(party.normalised(region)).isEqualTo(party);
    }

    @Test
    @DisplayName("an unknown region is refused, also for a party that has no number")
    void region() {
        assertThatThrownBy(() -> Party.anonymous().normalised("Canada")).hasMessageContaining("'Canada'");
    }

    @Test
    @DisplayName("address and name have a longest length")
    void bounds() {
        assertThat(new Party("a".repeat(256), "b".repeat(256)).address()).hasSize(256);
        assertThatThrownBy(() -> Party.of("a".repeat(257))).hasMessageContaining("256");
        assertThatThrownBy(() -> new Party("", "b".repeat(257))).hasMessageContaining("256");
    }
}
