package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.account.Account;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.money.Money;
import org.junit.jupiter.api.Test;

class TelnyxAccountTest extends WireMockTelnyx {

    @Test
    void whatCanBeSpentIsTheAvailableCreditAndNotTheBalance() {
        onGet("/balance", fixture(200, "balance.json"));

        assertThat(telnyx.require(Account.class).balance()).isEqualTo(Money.of("290.2751", "USD"));

        wire.verify(
                1,
                getRequestedFor(urlEqualTo(V2 + "/balance"))
                        .withHeader("Authorization", equalTo("Bearer " + KEY.reveal())));
    }

    @Test
    void aBalanceWithoutAnAmountIsAProtocolErrorNamingTheField() {
        onGet("/balance", data("{\"currency\":\"USD\",\"balance\":\"1.00\"}"));

        assertThatThrownBy(() -> telnyx.require(Account.class).balance())
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("available_credit");
    }
}
