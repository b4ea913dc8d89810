package io.careflow.pstn.siptrunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.siptrunk.TrunkNumbering.CallerIdHeader;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrunkDiallingTest {
    private static final PhoneNumber PATIENT = new PhoneNumber("+14165551212");

    @Test
    @DisplayName("a tech prefix and a dial prefix go before the number, and are taken off again")
    void prefixes() {
        TrunkDialling dialling = TrunkDialling.of(Trunk.builder()
                .auth(Trunk.prefixed())
                .numbering(TrunkNumbering.of(NumberFormat.E164_NOPLUS, CallerIdHeader.PAI))
                .build());
        assertThat(dialling.dial(PATIENT)).isEqualTo("12345678*14165551212");
        assertThat(dialling.dialled("12345678*14165551212")).contains(PATIENT);
        assertThat(dialling.dialled("14165551212")).isEmpty();
    }

    @Test
    @DisplayName("digits that the carrier puts before incoming numbers are taken off")
    void stripped() {
        TrunkDialling dialling = TrunkDialling.of(Trunk.builder()
                .numbering(new TrunkNumbering(
                        NumberFormat.NANP_10,
                        "",
                        NumberFormat.NANP_10,
                        "99",
                        NumberFormat.NANP_10,
                        CallerIdHeader.FROM,
                        Set.of(),
                        false,
                        false))
                .build());
        assertThat(dialling.inbound("994165551212")).contains(PATIENT);
        assertThat(dialling.inbound("4165551212")).contains(PATIENT);
        assertThat(dialling.inbound("anonymous")).isEmpty();
        assertThat(dialling.caller("4165551212")).contains(PATIENT);
        assertThat(dialling.caller("994165551212")).isEmpty();
    }

    @Test
    @DisplayName("the trunk's own numbers may be shown, written as it wants them")
    void ownNumbers() {
        TrunkDialling dialling = TrunkDialling.of(Trunk.builder()
                .numbering(TrunkNumbering.of(NumberFormat.NANP_10, CallerIdHeader.PAI))
                .build());
        assertThat(dialling.mayShow(Trunk.OURS)).isTrue();
        assertThat(dialling.callerId(Trunk.OURS)).isEqualTo("4165550100");
        assertThat(dialling.mayShow(Trunk.FOREIGN)).isFalse();
        assertThatThrownBy(() -> dialling.callerId(Trunk.FOREIGN))
                .hasMessageContaining("trunk siproute must not show +12125550100");
    }

    @Test
    @DisplayName("where the profile names caller IDs, only those may be shown")
    void namedCallerIds() {
        TrunkDialling dialling = TrunkDialling.of(Trunk.builder()
                .numbering(TrunkNumbering.E164.showing(Set.of(Trunk.FOREIGN)))
                .build());
        assertThat(dialling.callerId(Trunk.FOREIGN)).isEqualTo("+12125550100");
        assertThat(dialling.mayShow(Trunk.OURS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4165551212@evil.example",
                "416,555",
                "416;x=y",
                "${SHELL(id)}",
                "416&SIP/1",
                "416\n1",
                "416 555",
                "123456789012345678901234567890123"
            })
    @DisplayName("what could become part of a dialplan or URI is refused")
    void unsafe(String text) {
        assertThatThrownBy(() -> TrunkDialling.sanitised(text)).hasMessageContaining("0-9, *, # and +");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4165551212", "+442071234567", "12345678*14165551212", "*97", "#31#4165551212"})
    @DisplayName("what telephones dial is let through")
    void safe(String text) {
        assertThat(TrunkDialling.sanitised(text)).isEqualTo(text);
    }
}
