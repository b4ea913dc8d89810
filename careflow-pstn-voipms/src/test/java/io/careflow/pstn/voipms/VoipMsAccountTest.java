package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.account.Account;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.money.Money;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsAccountTest extends WireMockVoipMs {

    @ParameterizedTest
    @ValueSource(strings = {"\"12.34560000\"", "12.3456"})
    @DisplayName("the balance is exact, written as text or as a number")
    void balance(String written) {
        on("getBalance", success("\"balance\":{\"current_balance\":" + written + "}"));

        assertThat(voipms.require(Account.class).balance()).isEqualTo(Money.of("12.3456", "USD"));
    }

    @Test
    @DisplayName("a balance that is not told is no zero")
    void absent() {
        on("getBalance", success("\"balance\":{}"));

        assertThatThrownBy(() -> voipms.require(Account.class).balance())
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("balance.current_balance");
    }
}
