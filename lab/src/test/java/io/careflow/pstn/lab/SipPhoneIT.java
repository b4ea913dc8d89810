package io.careflow.pstn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A phone that registers")
class SipPhoneIT {

    @Test
    @DisplayName(
            "is patient with a busy server, which challenges a repeated request when the password is there already")
    void challengedLate() throws Exception {
        try (SlowRegistrar busy = SlowRegistrar.start(true)) {
            try (SipPhone phone = SipPhone.register(busy, "1001", PhoneScript.ring())) {
                assertThat(phone.calls()).isEmpty();
                assertThat(busy.registered()).containsExactly("2 REGISTER");
            }
            assertThat(busy.registered()).containsExactly("2 REGISTER", "2 REGISTER");
        }
    }

    @Test
    @DisplayName("is no phone where its password is refused")
    void refused() throws Exception {
        try (SlowRegistrar strict = SlowRegistrar.start(false)) {
            assertThatThrownBy(() -> SipPhone.register(strict, "1001", PhoneScript.ring()))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("1001 could not register");
        }
    }
}
