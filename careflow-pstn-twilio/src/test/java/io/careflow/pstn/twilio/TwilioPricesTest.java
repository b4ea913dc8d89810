package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.error.AuthenticationFailed;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioPricesTest extends WireMockTwilio {
    private static final PhoneNumber OURS = new PhoneNumber("+14165550100");
    private static final PhoneNumber THEIRS = new PhoneNumber("+14165550199");
    private static final String MESSAGES_CA = "/v1/Messaging/Countries/CA";

    private final Ticking clock = new Ticking();

    @Override
    TwilioBuilder settings() {
        return super.settings().clock(clock);
    }

    @Test
    void aCallIsAskedForWithBothNumbers() {
        onCall(OURS, text("price-call.json"));

        assertThat(prices().call(OURS, THEIRS))
                .contains(new CallPrice(Money.of("0.014", "USD"), "Canada, from numbers that begin with 1"));

        assertThat(requests()).hasSize(1);
        wire.verify(
                1,
                getRequestedFor(urlEqualTo("/v2/Voice/Numbers/%2B14165550199?OriginationNumber=%2B14165550100"))
                        .withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
    }

    @ParameterizedTest
    @CsvSource({
        "+14165550100, 0.014",
        "+442079460000, 0.014",
        "+441642960001, 0.021",
        "+441632960001, 0.025", // two lines that fit equally: the dearer one
        "+33123456789, 0.08"
    })
    void theLongestPrefixOfTheCallersNumberCounts(String from, String price) {
        onCall(new PhoneNumber(from), text("price-call.json"));

        assertThat(minute(new PhoneNumber(from))).contains(Money.of(price, "USD"));
    }

    @Test
    void aPriceThatIsNotToldIsNotTheListPriceNorThatOfOthers() {
        PhoneNumber vancouver = new PhoneNumber("+16045550100");
        onCall(vancouver, text("price-call.json"));

        assertThat(prices().call(vancouver, THEIRS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outbound_call_prices\":null,\"price_unit\":null}",
                "{\"price_unit\":\"USD\"}",
                "{\"outbound_call_prices\":[],\"price_unit\":\"USD\"}",
                "{\"outbound_call_prices\":[{\"current_price\":null,\"origination_prefixes\":[\"ALL\"]}]}",
                "{\"outbound_call_prices\":[{\"current_price\":\"1\",\"origination_prefixes\":[\"44\"]}],\"price_unit\":\"USD\"}"
            })
    void whatTwilioDoesNotTellIsEmpty(String answer) {
        onCall(OURS, answer);

        assertThat(prices().call(OURS, THEIRS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"current_price\":\"0.02\"}",
                "{\"current_price\":\"0.02\",\"origination_prefixes\":null}",
                "{\"current_price\":\"0.02\",\"origination_prefixes\":[]}",
                "{\"current_price\":\"0.02\",\"origination_prefixes\":[\"\"]}",
                "{\"current_price\":\"0.02\",\"origination_prefixes\":[\"all\"]}"
            })
    void aLineWithoutPrefixesIsForAnyCaller(String line) {
        onCall(OURS, "{\"price_unit\":\"EUR\",\"outbound_call_prices\":[" + line + "]}");

        assertThat(prices().call(OURS, THEIRS)).contains(new CallPrice(Money.of("0.02", "EUR"), "from any number"));
    }

    @Test
    void aFreeMinuteIsKnown() {
        onCall(OURS, "{\"price_unit\":\"USD\",\"outbound_call_prices\":[{\"current_price\":\"0\"}]}");

        assertThat(minute(OURS)).contains(Money.of("0", "USD"));
    }

    @Test
    void aNumberThatTwilioDoesNotKnowHasNoPrice() {
        on(get(urlEqualTo(callPath(OURS))), error(404, 20404));

        assertThat(prices().call(OURS, THEIRS)).isEmpty();
    }

    @Test
    void aRefusalIsAFailureAndNotAnUnknownPrice() {
        on(get(urlEqualTo(callPath(OURS))), error(401, 20003));
        onGet(MESSAGES_CA, error(401, 20003));

        assertThatThrownBy(() -> prices().call(OURS, THEIRS)).isInstanceOf(AuthenticationFailed.class);
        assertThatThrownBy(() -> prices().message(OURS, THEIRS)).isInstanceOf(AuthenticationFailed.class);
    }

    @ParameterizedTest
    @CsvSource({"USD, -0.02, current_price", "USD, cheap, current_price", "cheap, 0.02, price_unit", "'', 1, price_unit"
    })
    void aPriceThatCannotBeRightIsAProtocolErrorNamingTheField(String currency, String price, String field) {
        onCall(
                OURS,
                "{\"price_unit\":\"" + currency + "\",\"outbound_call_prices\":[{\"current_price\":\"" + price
                        + "\"}]}");

        assertThatThrownBy(() -> prices().call(OURS, THEIRS))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("price.call")
                .hasMessageContaining(field)
                .hasMessageNotContaining("cheap");
    }

    @Test
    void aTextCostsWhatTheDearestNetworkOfTheCountryCosts() {
        onGet(MESSAGES_CA, fixture(200, "price-messages-ca.json"));

        assertThat(prices().message(OURS, THEIRS)).contains(Money.of("0.0083", "USD"));

        wire.verify(
                1,
                getRequestedFor(urlEqualTo(MESSAGES_CA)).withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
    }

    @ParameterizedTest
    @CsvSource({
        "+14165550100, 0.0083",
        "+18005550100, 0.0075",
        "+442079460000, 0.0083", // a fixed line abroad
        "+447400123456, ", // a mobile, of which only a list price is told
        "+448431234567, " // shared cost: Twilio has no word for it
    })
    void theKindOfTheSenderCounts(String from, String price) {
        onGet(MESSAGES_CA, fixture(200, "price-messages-ca.json"));

        assertThat(prices().message(new PhoneNumber(from), THEIRS))
                .isEqualTo(Optional.ofNullable(price).map(amount -> Money.of(amount, "USD")));
    }

    @Test
    void aCountryThatTwilioDoesNotKnowHasNoPriceOfTexts() {
        onGet(MESSAGES_CA, error(404, 20404));

        assertThat(prices().message(OURS, THEIRS)).isEmpty();
    }

    @Test
    void aRecipientOfNoCountryIsNotAskedFor() {
        assertThat(prices().message(OURS, new PhoneNumber("+870773111632"))).isEmpty();
        assertThat(requests()).isEmpty();
    }

    @Test
    void pricesOfTextsAreKeptForAWhileAndFailuresAreNot() {
        onGet(MESSAGES_CA, error(401, 20003));
        assertThatThrownBy(() -> prices().message(OURS, THEIRS)).isInstanceOf(AuthenticationFailed.class);
        onGet(MESSAGES_CA, fixture(200, "price-messages-ca.json"));

        prices().message(OURS, THEIRS);
        clock.now = NOW.plus(Duration.ofSeconds(599));
        prices().message(OURS, THEIRS);
        assertThat(requests()).hasSize(2);

        clock.now = NOW.plus(Duration.ofMinutes(10));
        prices().message(OURS, THEIRS);
        assertThat(requests()).hasSize(3);
    }

    private Prices prices() {
        return twilio.require(Prices.class);
    }

    private Optional<Money> minute(PhoneNumber from) {
        return prices().call(from, THEIRS).map(CallPrice::perMinute);
    }

    private void onCall(PhoneNumber from, String answer) {
        on(get(urlEqualTo(callPath(from))), json(200, answer));
    }

    private static String callPath(PhoneNumber from) {
        return "/v2/Voice/Numbers/%2B14165550199?OriginationNumber=%2B" + from.digits();
    }

    private static final class Ticking extends Clock {
        private Instant now = NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
