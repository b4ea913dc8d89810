package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoipMsRatesTest extends WireMockVoipMs {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550142");

    @Test
    @DisplayName("the prices of places become a deck that rates calls, with VoIP.ms's increments")
    void deck() {
        on(
                asking("getTerminationRates", "query=Canada"),
                rates(row("Canada", "1", "6", "0.00900000") + "," + row("Canada - Yukon", "1867", "6", "0.09")));
        on(asking("getTerminationRates", "query=Mexico"), rates(row("Mexico", "52", "60", "0.02")));

        RateDeck deck =
                voipms.require(TerminationRates.class).deck(Route.PREMIUM, "2026-03-01", List.of("Canada", "Mexico"));

        assertThat(deck.id()).isEqualTo("voipms-premium");
        assertThat(deck.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(deck.currency().getCurrencyCode()).isEqualTo("USD");
        assertThat(deck.size()).isEqualTo(3);
        assertThat(deck.find("18675550100", NOW)).map(Rate::perMinute).contains(new BigDecimal("0.09"));
        assertThat(deck.find("14165550100", NOW)).map(Rate::perMinute).contains(new BigDecimal("0.009"));
        assertThat(deck.find("525512345678", NOW))
                .map(Rate::subsequentIncrement)
                .contains(60);
        assertThat(deck.find("442071234567", NOW)).isEmpty();
        assertThat(form(requests().get(0))).containsEntry("route", "2").containsEntry("query", "Canada");
    }

    @Test
    @DisplayName("several prices of one prefix: the dearest holds; prefixes in one field are several")
    void dearest() {
        on(
                "getTerminationRates",
                rates(row("a", "44, 447", "6", "0.01") + "," + row("b", "447", "6", "0.05") + ","
                        + row("c", "447", "6", "0.03")));

        RateDeck deck = voipms.require(TerminationRates.class).deck(Route.VALUE, "1", List.of("United Kingdom"));

        assertThat(deck.size()).isEqualTo(2);
        assertThat(deck.find("447400123456", NOW)).map(Rate::perMinute).contains(new BigDecimal("0.05"));
    }

    @Test
    @DisplayName("a place without prices makes no deck: unknown is not zero")
    void unknownPlace() {
        TerminationRates rates = voipms.require(TerminationRates.class);
        on("getTerminationRates", status("no_rate"));

        assertThatThrownBy(() -> rates.deck(Route.VALUE, "1", List.of("Atlantis")))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("Atlantis");
        assertThatThrownBy(() -> rates.deck(Route.VALUE, "1", List.of())).isInstanceOf(IllegalArgumentException.class);
        on("getTerminationRates", status("missing_query"));
        assertThatThrownBy(() -> rates.deck(Route.VALUE, "1", List.of("Canada")))
                .isInstanceOf(InvalidRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"destination\":\"x\",\"prefix\":\"1a\",\"increment\":\"6\",\"rate\":\"0.01\"}",
                "{\"destination\":\"x\",\"prefix\":\"1\",\"increment\":\"0\",\"rate\":\"0.01\"}",
                "{\"destination\":\"x\",\"prefix\":\"1\",\"increment\":\"6\",\"rate\":\"-1\"}",
                "{\"destination\":\"x\",\"prefix\":\"1\",\"increment\":\"6\"}"
            })
    @DisplayName("a price that cannot be understood is an error and no guess")
    void nonsense(String row) {
        on("getTerminationRates", rates(row));

        assertThatThrownBy(() -> voipms.require(TerminationRates.class).deck(Route.VALUE, "1", List.of("x")))
                .isInstanceOf(ProtocolError.class);
    }

    @Test
    @DisplayName("the price of one call is that of the longest prefix, asked for by country and kept for a while")
    void price() {
        on(
                asking("getTerminationRates", "query=United"),
                rates(row("UK", "44", "6", "0.01") + "," + row("UK Mobile", "447", "6", "0.0125")));

        assertThat(prices().call(OURS, new PhoneNumber("+447400123456")))
                .contains(new CallPrice(Money.of("0.0125", "USD"), "UK Mobile, value route, by 6 s"));
        assertThat(prices().call(OURS, new PhoneNumber("+442071234567")))
                .map(CallPrice::perMinute)
                .contains(Money.of("0.01", "USD"));
        assertThat(sent()).hasSize(1);
        assertThat(sent("getTerminationRates")).containsEntry("route", "1");
    }

    @Test
    @DisplayName("prices may be those of the premium route; a country without prices has none")
    void premium() {
        on(asking("getTerminationRates", "query=USA"), status("no_rate"));
        try (VoipMsProvider other = settings().pricedRoute(Route.PREMIUM).build()) {
            assertThat(other.require(Prices.class).call(OURS, new PhoneNumber("+12125550100")))
                    .isEmpty();
        }
        assertThat(sent("getTerminationRates")).containsEntry("route", "2");
    }

    @Test
    @DisplayName("what a text costs VoIP.ms does not tell")
    void texts() {
        assertThat(prices().message(OURS, new PhoneNumber("+12125550100"))).isEmpty();
        assertThat(sent()).isEmpty();
    }

    private static ResponseDefinitionBuilder rates(String rows) {
        return success("\"route\":[{\"value\":1,\"description\":\"Value\"}],\"rates\":[" + rows + "]");
    }

    private static String row(String destination, String prefix, String increment, String rate) {
        return "{\"destination\":\"" + destination + "\",\"prefix\":\"" + prefix + "\",\"increment\":\"" + increment
                + "\",\"rate\":\"" + rate + "\"}";
    }

    private Prices prices() {
        return voipms.require(Prices.class);
    }
}
