package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.PhoneNumber;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "+14165550100, 4165550100, 4165550100",
        "+18885550100, 8885550100, 8885550100",
        "+442071234567, 442071234567, 011442071234567",
        "+883510000000091, 883510000000091, 011883510000000091"
    })
    @DisplayName("North American numbers are sent with ten digits, others with those of E.164, dialled behind 011")
    void toWire(String e164, String api, String dialled) {
        assertThat(WireNumbers.toWire(new PhoneNumber(e164))).isEqualTo(api);
        assertThat(WireNumbers.toDialString(new PhoneNumber(e164))).isEqualTo(dialled);
    }

    @ParameterizedTest
    @CsvSource({
        "4165550100, +14165550100",
        "14165550100, +14165550100",
        "+14165550100, +14165550100",
        "' 14165550100', +14165550100",
        "647.948.4755, +16479484755",
        "(416) 555-0100, +14165550100",
        "442071234567, +442071234567",
        "883510000000091, +883510000000091"
    })
    @DisplayName("E164 dial mode, dotted fax numbers, UK and iNUM DIDs are read")
    void fromWire(String text, String e164) {
        assertThat(WireNumbers.fromWire(text)).contains(new PhoneNumber(e164));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "101", "anonymous", "0044207123", "41655501001234567890", "416555010x"})
    @DisplayName("anything else is no number, and no failure")
    void noNumber(String text) {
        assertThat(WireNumbers.fromWire(text)).isEmpty();
    }
}
