package io.careflow.pstn.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.NotPermitted;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberQuery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberSearchTest extends WireMockTelnyx {
    private static final String SEARCH = "/available_phone_numbers";
    private static final Sample FOUND = Sample.of("available.json");
    private static final NumberQuery LOCAL = NumberQuery.local("CA");

    @Test
    void everyFilterIsWrappedAndThePriceIsAttached() {
        found(FOUND);

        List<AvailableNumber> numbers = search(LOCAL.inArea("819")
                .matching("5501")
                .in("Gatineau")
                .with(NumberFeature.SMS)
                .with(NumberFeature.VOICE)
                .atMost(7));

        assertThat(sent()).containsExactly("GET " + SEARCH, "GET /requirements");
        assertThat(query(requests().get(0)))
                .containsExactlyInAnyOrder(
                        "filter[country_code]=CA",
                        "filter[phone_number_type]=local",
                        "filter[national_destination_code]=819",
                        "filter[phone_number][contains]=5501",
                        "filter[locality]=Gatineau",
                        "filter[features][]=voice",
                        "filter[features][]=sms",
                        "filter[best_effort]=false",
                        "filter[limit]=7");
        assertThat(numbers)
                .containsExactly(new AvailableNumber(
                        new PhoneNumber("+18195550100"),
                        NumberKind.LOCAL,
                        "local",
                        "CA",
                        "GATINEAU",
                        "QC",
                        Set.of(
                                NumberFeature.VOICE,
                                NumberFeature.SMS,
                                NumberFeature.MMS,
                                NumberFeature.FAX,
                                NumberFeature.EMERGENCY),
                        new NumberPrice(Money.of("1.00", "USD"), Money.of("1.10000", "USD")),
                        false));
    }

    @Test
    void aFilterThatTelnyxIgnoresSilentlyDoesNotLetOtherNumbersThrough() {
        found(
                FOUND.with("phone_number", "+14165550100"), // another area
                FOUND.with("phone_number", "+18195559900"), // other digits
                FOUND.with("region_information.0.region_name", "US"),
                FOUND.with("region_information.2.region_name", "LAVAL")
                        .with("region_information.3.region_name", "LAVAL"),
                FOUND.with("features", List.of()),
                FOUND.with("phone_number_type", "toll_free"),
                FOUND.with("phone_number", "+18195550177"));

        List<AvailableNumber> numbers =
                search(LOCAL.inArea("819").matching("5501").in("gatineau").with(NumberFeature.VOICE));

        assertThat(numbers).extracting(found -> found.number().e164()).containsExactly("+18195550177");
    }

    /** Telnyx's answers name no kind, and not always a country. */
    @Test
    void anIgnoredFilterIsSeenByTheNumberItselfWhereTheAnswerNamesNoKindOrCountry() {
        Sample bare = FOUND.with("region_information", List.of());
        found(
                bare.with("phone_number", "+18005550100"), // toll-free
                bare.with("phone_number", "+12125550100"), // New York
                bare.with("phone_number", "+442079460100"), // London
                bare);

        assertThat(search(LOCAL)).extracting(found -> found.number().e164()).containsExactly("+18195550100");
        assertThat(search(NumberQuery.of("CA", NumberKind.TOLL_FREE)))
                .extracting(found -> found.number().e164())
                .containsExactly("+18005550100");
        assertThat(search(NumberQuery.of("GB", NumberKind.MOBILE))).isEmpty();
    }

    @Test
    void forCallingOutNumbersThatCanHaveAnEmergencyAddressAreAskedFor() {
        found(FOUND.with("features", List.of(Map.of("name", "voice"))), FOUND.with("phone_number", "+18195550101"));

        List<AvailableNumber> numbers = search(LOCAL.with(NumberFeature.EMERGENCY));

        assertThat(query(requests().get(0))).contains("filter[features][]=emergency");
        assertThat(numbers).extracting(found -> found.number().e164()).containsExactly("+18195550101");
    }

    @Test
    void moreThanAskedForIsCutOff() {
        found(FOUND, FOUND.with("phone_number", "+18195550101"), FOUND.with("phone_number", "+18195550102"));

        assertThat(search(LOCAL.atMost(2))).hasSize(2);
    }

    @Test
    void townsAreComparedWithoutCaseAndAccents() {
        found(FOUND.with("region_information.3.region_name", "MONTRÉAL"));

        assertThat(search(LOCAL.in("Montreal"))).hasSize(1);
    }

    @Test
    void aNumberWithoutItsTownIsNotThrownAway() {
        found(FOUND.with("region_information", List.of()));

        AvailableNumber number = search(LOCAL.in("Gatineau")).get(0);

        assertThat(number.locality()).isNull();
        assertThat(number.region()).isNull();
        assertThat(number.country()).isEqualTo("CA");
    }

    @Test
    void anUnknownPriceIsUnknownAndNotZero() {
        found(
                FOUND.without("cost_information"),
                FOUND.with("phone_number", "+18195550101").with("cost_information.upfront_cost", null));

        List<AvailableNumber> numbers = search(LOCAL);

        assertThat(numbers.get(0).price()).isEqualTo(NumberPrice.UNKNOWN);
        assertThat(numbers.get(1).price()).isEqualTo(NumberPrice.monthly(Money.of("1.10000", "USD")));
    }

    @Test
    void aPriceWithoutCurrencyIsNoPrice() {
        found(FOUND.with("cost_information", Map.of("monthly_cost", "1.00")));

        assertThatThrownBy(() -> search(LOCAL))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("cost_information.currency");
    }

    @Test
    void numbersWhoseDigitsAreHiddenFromTrialAccountsCannotBeOrderedAndAreRefused() {
        found(FOUND.with("phone_number", "+1819555xxxx"), FOUND.with("phone_number", "+49351xxxxxxx"));

        assertThatThrownBy(() -> search(LOCAL)).isInstanceOfSatisfying(NotPermitted.class, refusal -> {
            assertThat(refusal.why()).isEqualTo(NotPermitted.Why.TRIAL);
            assertThat(refusal.effect()).isEqualTo(Effect.NONE);
        });
    }

    @Test
    void nothingFoundIsEmpty() {
        found();

        assertThat(search(LOCAL)).isEmpty();
        assertThat(sent()).containsExactly("GET " + SEARCH);
    }

    @Test
    void whereTheLawWantsAnAddressItIsSaid() {
        onGet("/requirements", page(Sample.of("requirement.json").toString()));
        onGet(
                SEARCH,
                page(FOUND.with("phone_number", "+41445550100")
                        .with("region_information.0.region_name", "CH")
                        .toString()));

        assertThat(search(NumberQuery.local("CH")).get(0).addressRequired()).isTrue();
    }

    @Test
    void whereTheCatalogueKnowsNoSuchKindNoAddressIsSaidToBeNeeded() {
        onGet("/requirements", error(422, 10032));
        onGet(SEARCH, page(FOUND.toString()));

        assertThat(search(NumberQuery.of("CA", NumberKind.LOCAL)).get(0).addressRequired())
                .isFalse();
    }

    @Test
    void aCatalogueThatCannotBeReadIsNoSilentNo() {
        onGet("/requirements", error(500, 10007));
        onGet(SEARCH, page(FOUND.toString()));

        assertThatThrownBy(() -> search(LOCAL)).isInstanceOf(PstnException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL, local, +18195550100, CA",
        "MOBILE, mobile, +447700900100, GB",
        "TOLL_FREE, toll_free, +18005550100, CA",
        "NATIONAL, national, +493222123456, DE"
    })
    void everyKindHasItsWord(NumberKind kind, String word, String number, String country) {
        found(FOUND.with("phone_number", number).with("region_information.0.region_name", country));

        List<AvailableNumber> numbers = search(NumberQuery.of(country, kind));

        assertThat(query(requests().get(0))).contains("filter[phone_number_type]=" + word);
        assertThat(numbers).extracting(AvailableNumber::kind).containsExactly(kind);
    }

    @Test
    void anAreaCodeIsHonouredInAnyCountry() {
        found(
                FOUND.with("phone_number", "+442079460100").with("region_information.0.region_name", "GB"),
                FOUND.with("phone_number", "+441212345678").with("region_information.0.region_name", "GB"));

        assertThat(search(NumberQuery.local("GB").inArea("20")))
                .extracting(found -> found.number().e164())
                .containsExactly("+442079460100");
    }

    @Test
    void aPatternOfDigitsIsSearchedFor() {
        found(FOUND);

        assertThat(search(LOCAL.matching("5550"))).hasSize(1);
    }

    @Test
    void aPatternWithAnyDigitIsRefusedBeforeAnyIo() {
        assertThatThrownBy(() -> search(LOCAL.matching("555*1")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("pattern with *")
                .hasMessageContaining("a pattern of digits");
        assertThat(sent()).isEmpty();
    }

    private void found(Sample... numbers) {
        String[] elements = new String[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            elements[i] = numbers[i].toString();
        }
        onGet(
                SEARCH,
                json(
                        200,
                        "{\"data\":[" + String.join(",", elements) + "],\"meta\":{\"total_results\":" + numbers.length
                                + ",\"best_effort_results\":0}}"));
        onGet("/requirements", page());
    }

    private List<AvailableNumber> search(NumberQuery query) {
        return telnyx.require(NumberInventory.class).search(query);
    }
}
