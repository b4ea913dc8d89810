package io.careflow.pstn.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.money.Money;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallPriceTest {
    @Test
    @DisplayName("a minute may be free, and is never negative")
    void sign() {
        assertThat(new CallPrice(Money.of("0", "USD"), "").perMinute().signum()).isZero();
        assertThatThrownBy(() -> new CallPrice(Money.of("-0.01", "USD"), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("price of a minute is -0.01 USD");
    }
}
