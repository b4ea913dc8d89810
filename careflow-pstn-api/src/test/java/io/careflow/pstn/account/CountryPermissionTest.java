package io.careflow.pstn.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountryPermissionTest {
    @ParameterizedTest
    @CsvSource({
        "false, false, false, false",
        "true, false, false, false",
        "true, true, false, true",
        "false, false, true, true",
        "true, true, true, true"
    })
    @DisplayName("a country is a risk once any numbers are open that fraudsters earn with")
    void risky(boolean low, boolean special, boolean tollFraud, boolean risky) {
        assertThat(country("LV", low, special, tollFraud).isRisky()).isEqualTo(risky);
    }

    @Test
    @DisplayName("of all countries only the risky ones are a warning")
    void warnings() {
        CountryPermission safe = country("CA", true, false, false);
        CountryPermission open = country("LV", true, false, true);
        DialingPermissions permissions = () -> List.of(safe, open);
        assertThat(permissions.risky()).containsExactly(open);
    }

    private static CountryPermission country(String code, boolean low, boolean special, boolean tollFraud) {
        return new CountryPermission(code, code, low, special, tollFraud, List.of("+371"));
    }
}
