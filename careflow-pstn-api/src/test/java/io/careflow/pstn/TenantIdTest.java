package io.careflow.pstn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIdTest {
    @Test
    @DisplayName("applications without tenants use the default one")
    void defaultTenant() {
        assertThat(TenantId.DEFAULT).isEqualTo(new TenantId("default")).hasToString("default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "Clinic_42.main-east", "0123456789012345678901234567890123456789012345678901234567890123"})
    @DisplayName("letters, digits, dots, dashes and underscores are taken")
    void allowed(String value) {
        assertThat(new TenantId(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "é",
                "a\n",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    @DisplayName("anything else is refused, saying what is allowed")
    void refused(String value) {
        assertThatThrownBy(() -> new TenantId(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64 letters, digits");
    }
}
