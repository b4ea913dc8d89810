package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.money.Money;
import org.junit.jupiter.api.Test;

class TwilioAccountTest extends WireMockTwilio {
    @Test
    void balanceIsReadExactlyWithItsCurrency() {
        onGet(V2010 + "/Balance.json", fixture(200, "balance.json"));

        assertThat(twilio.require(Account.class).balance()).isEqualTo(Money.of("-1.23456", "USD"));

        wire.verify(
                1,
                getRequestedFor(urlEqualTo(V2010 + "/Balance.json"))
                        .withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
    }

    @Test
    void balanceWithoutAnAmountIsAProtocolErrorNamingTheField() {
        onGet(V2010 + "/Balance.json", json(200, "{\"currency\":\"USD\"}"));

        assertThatThrownBy(() -> twilio.require(Account.class).balance())
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("balance");
    }
}
