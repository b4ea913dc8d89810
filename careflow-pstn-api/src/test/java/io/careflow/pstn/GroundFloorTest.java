package io.careflow.pstn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundFloorTest {
    @Test
    @DisplayName("a secret never prints, not even inside a record, and still compares")
    void secret() {
        record Login(String user, Secret password) {}
        Secret secret = Secret.of("hunter2");
        assertThat(secret.toString()).doesNotContain("hunter2", "7");
        assertThat(new Login("ops", secret).toString()).doesNotContain("hunter2");
        assertThat(secret).isEqualTo(Secret.of("hunter2")).hasSameHashCodeAs(Secret.of("hunter2"));
        assertThat(secret).isNotEqualTo(Secret.of("hunter3"));
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    @DisplayName("an empty secret is refused, and one from the environment names its variable but never its value")
    void secretFromEnvironment() {
        assertThatThrownBy(() -> Secret.of("")).hasMessageContaining("secret is empty");
        assertThat(Secret.env("KEY", Map.of("KEY", "v")).reveal()).isEqualTo("v");
        assertThatThrownBy(() -> Secret.env("KEY", Map.of("KEY", ""))).hasMessageContaining("KEY");
        assertThatThrownBy(() -> Secret.env("KEY", Map.of())).hasMessageContaining("KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"telnyx", "asterisk-east", "a1234567890123456789012345678901234567-9"})
    @DisplayName("provider ids are lower-case names")
    void providerIds(String value) {
        assertThat(new ProviderId(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Telnyx", "1st", "-a", "a_b", "a12345678901234567890123456789012345678-90", "a\n"})
    @DisplayName("other provider ids are refused, saying what is allowed")
    void badProviderIds(String value) {
        assertThatThrownBy(() -> new ProviderId(value)).hasMessageContaining("1 to 40 lower-case letters");
    }

    @Test
    @DisplayName("command ids are 1 to 128 printable characters, and a refusal does not repeat them")
    void commandIds() {
        assertThat(new CommandId("reminder/2026-11-23/p981")).hasToString("reminder/2026-11-23/p981");
        assertThat(new CommandId("x".repeat(128)).value()).hasSize(128);
        for (String bad : new String[] {"", "a b", "é", "x".repeat(129), "a\n"}) {
            assertThatThrownBy(() -> new CommandId(bad)).hasMessageContaining("1 to 128");
        }
    }
}
