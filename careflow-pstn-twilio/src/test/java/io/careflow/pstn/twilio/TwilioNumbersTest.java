package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.NumberUnavailable;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.AvailableNumber;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberFeature;
import io.careflow.pstn.number.NumberInventory;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberOrder;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberQuery;
import io.careflow.pstn.number.NumberSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TwilioNumbersTest extends WireMockTwilio {
    private static final String NUMBERS = V2010 + "/IncomingPhoneNumbers.json";
    private static final String NUMBER = V2010 + "/IncomingPhoneNumbers/PN00000000000000000000000000000001.json";
    private static final String LOCAL_CA = V2010 + "/AvailablePhoneNumbers/CA/Local.json";
    private static final String PRICES_CA = "/v1/PhoneNumbers/Countries/CA";
    private static final PhoneNumber OURS = new PhoneNumber("+14165550123");
    private static final URI HOOK = URI.create("https://phone.example.org/voice?x=1&y=2");
    private static final String TRUNK = "TK00000000000000000000000000000001";

    private final Ticking clock = new Ticking();

    @Override
    TwilioBuilder settings() {
        return super.settings().clock(clock);
    }

    @Test
    void searchAsksForWhatIsWantedAndAttachesThePrice() {
        onGet(LOCAL_CA, fixture(200, "available-local.json"));
        onGet(PRICES_CA, fixture(200, "prices-ca.json"));

        List<AvailableNumber> found = numbers()
                .search(NumberQuery.local("CA")
                        .inArea("416")
                        .matching("555*")
                        .in("Toronto")
                        .with(NumberFeature.SMS)
                        .with(NumberFeature.VOICE)
                        .atMost(7));

        LoggedRequest search = requests().get(0);
        assertThat(URI.create(search.getUrl()).getQuery().split("&"))
                .containsExactlyInAnyOrder(
                        "AreaCode=416",
                        "Contains=555*",
                        "InLocality=Toronto",
                        "VoiceEnabled=true",
                        "SmsEnabled=true",
                        "PageSize=7");
        assertThat(sent()).containsExactly("GET " + LOCAL_CA, "GET " + PRICES_CA);
        assertThat(found.get(0))
                .isEqualTo(new AvailableNumber(
                        OURS,
                        NumberKind.LOCAL,
                        "Local",
                        "CA",
                        "Toronto",
                        "ON",
                        Set.of(NumberFeature.VOICE, NumberFeature.SMS),
                        NumberPrice.monthly(Money.of("1.05", "USD")),
                        false));
        assertThat(found.get(1).addressRequired()).isTrue();
    }

    @Test
    void whatTwilioFoundBesidesTheFiltersIsLeftOut() {
        onGet(LOCAL_CA, fixture(200, "available-local.json"));
        onGet(PRICES_CA, fixture(200, "prices-ca.json"));

        assertThat(found(NumberQuery.local("CA"))).hasSize(4);
        assertThat(found(NumberQuery.local("CA").inArea("647"))).containsExactly("+16475550789");
        assertThat(found(NumberQuery.local("CA").matching("50*5"))).containsExactly("+14165550456");
        assertThat(found(NumberQuery.local("CA").with(NumberFeature.MMS))).containsExactly("+14165550456");
        // A town that Twilio does not tell is no contradiction.
        assertThat(found(NumberQuery.local("CA").in("Montréal"))).containsExactly("+14165550456");
        assertThat(found(NumberQuery.local("CA").in("TORONTO"))).hasSize(4);
        assertThat(found(NumberQuery.local("CA").atMost(2))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"LOCAL, Local", "MOBILE, Mobile", "TOLL_FREE, TollFree", "NATIONAL, National"})
    void eachKindHasAPlaceOfItsOwn(NumberKind kind, String word) {
        onGet(V2010 + "/AvailablePhoneNumbers/CA/" + word + ".json", fixture(200, "available-local.json"));
        onGet(PRICES_CA, fixture(200, "prices-ca.json"));

        List<AvailableNumber> found = numbers().search(NumberQuery.of("CA", kind));

        assertThat(found).isNotEmpty().allMatch(number -> number.rawKind().equals(word) && number.kind() == kind);
        Money expected = switch (kind) {
            case LOCAL -> Money.of("1.05", "USD");
            case TOLL_FREE -> Money.of("2.15", "USD"); // no price of this account: the list's
            default -> null;
        };
        assertThat(found.get(0).price().monthly()).isEqualTo(expected);
    }

    @Test
    void aCountryWithoutThatKindHasNone() {
        onGet(V2010 + "/AvailablePhoneNumbers/CA/Mobile.json", error(404, 20404));

        assertThat(numbers().search(NumberQuery.of("CA", NumberKind.MOBILE))).isEmpty();
        assertThat(sent()).hasSize(1);
    }

    @Test
    void pricesAreKeptForAWhile() {
        onGet(LOCAL_CA, fixture(200, "available-local.json"));
        onGet(PRICES_CA, fixture(200, "prices-ca.json"));

        numbers().search(NumberQuery.local("CA"));
        clock.now = NOW.plus(Duration.ofSeconds(599));
        numbers().search(NumberQuery.local("CA"));
        assertThat(sent()).containsOnlyOnce("GET " + PRICES_CA);

        clock.now = NOW.plus(Duration.ofMinutes(10));
        numbers().search(NumberQuery.local("CA"));
        assertThat(sent().stream().filter(("GET " + PRICES_CA)::equals)).hasSize(2);
    }

    @Test
    void withoutAPriceTheNumbersAreFoundAllTheSame() {
        onGet(LOCAL_CA, fixture(200, "available-local.json"));
        onGet(PRICES_CA, error(401, 20003));

        assertThat(numbers().search(NumberQuery.local("CA")))
                .hasSize(4)
                .allMatch(number -> number.price().equals(NumberPrice.UNKNOWN));
    }

    @Test
    void aFilterThatTwilioCannotHonourIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> numbers().search(NumberQuery.local("GB").inArea("20")))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("area code 20 in GB")
                .hasMessageContaining("pattern");
        assertThatThrownBy(() -> numbers().search(NumberQuery.local("CA").inArea("41")))
                .isInstanceOf(UnsupportedFeature.class);
        assertThatThrownBy(() -> numbers()
                        .search(NumberQuery.of("CA", NumberKind.TOLL_FREE).in("Toronto")))
                .isInstanceOf(UnsupportedFeature.class);
        assertThatThrownBy(() -> numbers().search(NumberQuery.local("CA").with(NumberFeature.EMERGENCY)))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("EMERGENCY");
        assertThat(sent()).isEmpty();
    }

    @Test
    void anOrderCarriesAllSettings() {
        on(post(urlPathEqualTo(NUMBERS)), fixture(201, "number.json"));

        NumberAtCarrier bought = numbers()
                .order(order(NumberSettings.NONE
                        .labelled("Front & back")
                        .voice(HOOK)
                        .voiceFallback(URI.create("https://spare.example.org/voice"))
                        .status(URI.create("https://phone.example.org/status"))
                        .messages(URI.create("https://phone.example.org/sms"))
                        .with(TwilioOptions.ADDRESS, "AD00000000000000000000000000000001")
                        .with(TwilioOptions.BUNDLE, "BU00000000000000000000000000000001")
                        .with(TwilioOptions.IDENTITY, "RI00000000000000000000000000000001")
                        .with(TwilioOptions.EMERGENCY_ADDRESS, "AD00000000000000000000000000000002")
                        .with(TwilioOptions.MESSAGE_FALLBACK_URL, URI.create("https://spare.example.org/sms"))));

        assertThat(form(requests().get(0)))
                .containsExactlyInAnyOrder(
                        "PhoneNumber=+14165550123",
                        "FriendlyName=Front & back",
                        "VoiceUrl=https://phone.example.org/voice?x=1&y=2",
                        "VoiceMethod=POST",
                        "VoiceFallbackUrl=https://spare.example.org/voice",
                        "VoiceFallbackMethod=POST",
                        "StatusCallback=https://phone.example.org/status",
                        "StatusCallbackMethod=POST",
                        "SmsUrl=https://phone.example.org/sms",
                        "SmsMethod=POST",
                        "SmsFallbackUrl=https://spare.example.org/sms",
                        "SmsFallbackMethod=POST",
                        "AddressSid=AD00000000000000000000000000000001",
                        "BundleSid=BU00000000000000000000000000000001",
                        "IdentitySid=RI00000000000000000000000000000001",
                        "EmergencyAddressSid=AD00000000000000000000000000000002");
        assertThat(requests().get(0).getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(bought)
                .isEqualTo(new NumberAtCarrier(
                        OURS,
                        "PN00000000000000000000000000000001",
                        "Front desk",
                        NumberAtCarrier.Status.ACTIVE,
                        "in-use",
                        Set.of(NumberFeature.VOICE, NumberFeature.SMS),
                        URI.create("https://phone.example.org/voice"),
                        null,
                        null));
    }

    @Test
    void anOrderForATrunkNamesTheTrunk() {
        on(post(urlPathEqualTo(NUMBERS)), fixture(201, "number.json"));

        numbers().order(order(NumberSettings.NONE.trunk(TRUNK)));

        assertThat(form(requests().get(0))).containsExactlyInAnyOrder("PhoneNumber=+14165550123", "TrunkSid=" + TRUNK);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "MALFORMED_RESPONSE_CHUNK"})
    void anOrderWhoseAnswerIsLostIsLookedUpAndNotRepeated(Fault fault) {
        on(post(urlPathEqualTo(NUMBERS)), aResponse().withStatus(201).withFault(fault));
        listed("number.json");

        NumberAtCarrier bought = numbers().order(order(NumberSettings.NONE));

        assertThat(bought.id()).isEqualTo("PN00000000000000000000000000000001");
        assertThat(sent()).containsExactly("POST " + NUMBERS, "GET " + NUMBERS);
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "408"})
    void anOrderThatMayHaveBeenDoneIsLookedUpAndNotRepeated(int status) {
        on(post(urlPathEqualTo(NUMBERS)), error(status, 20500));
        listed("number.json");

        assertThat(numbers().order(order(NumberSettings.NONE)).number()).isEqualTo(OURS);

        assertThat(sent()).containsExactly("POST " + NUMBERS, "GET " + NUMBERS);
        assertThat(URI.create(requests().get(1).getUrl()).getRawQuery()).contains("PhoneNumber=%2B14165550123");
    }

    @Test
    void anOrderThatIsNotInTheListStaysInDoubt() {
        on(post(urlPathEqualTo(NUMBERS)), error(500, 20500));
        onGet(NUMBERS, fixture(200, "numbers-page2.json"));

        assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE)))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));

        assertThat(sent()).containsExactly("POST " + NUMBERS, "GET " + NUMBERS);
    }

    @Test
    void anOrderThatCannotBeLookedUpEitherStaysInDoubtWithItsOwnFailure() {
        on(any(anyUrl()), error(500, 20500));

        assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE)))
                .isInstanceOfSatisfying(PstnException.class, failure -> {
                    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
                    assertThat(failure.getSuppressed()).hasSize(1);
                });

        assertThat(sent().stream().filter(("POST " + NUMBERS)::equals)).hasSize(1);
    }

    @Test
    void theSameCommandNeverBuysASecondNumber() {
        on(post(urlPathEqualTo(NUMBERS)), fixture(201, "number.json"));
        NumberOrder first = order(NumberSettings.NONE);
        NumberOrder other = new NumberOrder(
                first.commandId(), TenantId.DEFAULT, new PhoneNumber("+14165550124"), NumberSettings.NONE);

        assertThat(numbers().order(first)).isEqualTo(numbers().order(first));
        assertThatThrownBy(() -> numbers().order(other))
                .isInstanceOfSatisfying(
                        Conflict.class, failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));

        assertThat(sent()).containsExactly("POST " + NUMBERS);
    }

    @Test
    void anOrderInDoubtThatIsGivenAgainIsLookedUpAndNeverSentAgain() {
        on(post(urlPathEqualTo(NUMBERS)), error(500, 20500));
        onGet(NUMBERS, fixture(200, "numbers-page2.json"));
        assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE))).isInstanceOf(ProviderUnavailable.class);
        listed("number.json");

        assertThat(numbers().order(order(NumberSettings.NONE)).number()).isEqualTo(OURS);

        assertThat(sent()).containsExactly("POST " + NUMBERS, "GET " + NUMBERS, "GET " + NUMBERS);
    }

    @Test
    void aNumberThatIsTakenByUsIsReturned() {
        on(post(urlPathEqualTo(NUMBERS)), error(400, 21422));
        listed("number.json");

        assertThat(numbers().order(order(NumberSettings.NONE)).id()).isEqualTo("PN00000000000000000000000000000001");
    }

    @Test
    void aNumberThatIsTakenBySomebodyElseIsUnavailable() {
        on(post(urlPathEqualTo(NUMBERS)), error(400, 21422));
        onGet(NUMBERS, json(200, "{\"incoming_phone_numbers\":[],\"next_page_uri\":null}"));

        assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE)))
                .isInstanceOfSatisfying(
                        NumberUnavailable.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
    }

    @Test
    void anOrderThatIsRefusedIsNotLookedUp() {
        on(post(urlPathEqualTo(NUMBERS)), error(400, 21631));

        assertThatThrownBy(() -> numbers().order(order(NumberSettings.NONE))).hasMessageContaining("21631");

        assertThat(sent()).containsExactly("POST " + NUMBERS);
    }

    @Test
    void whatTwilioCannotHonourInAnOrderIsRefusedBeforeAnythingIsSent() {
        NumberSettings foreign = NumberSettings.NONE.with(new Option<>("telnyx.thing", String.class), "x");
        NumberSettings domain = NumberSettings.NONE.trunk("SD00000000000000000000000000000001");
        NumberSettings climbing = NumberSettings.NONE.with(TwilioOptions.BUNDLE, "../../x");

        assertThatThrownBy(() -> numbers().order(order(foreign)))
                .isInstanceOf(UnsupportedFeature.class)
                .hasMessageContaining("telnyx.thing")
                .hasMessageContaining("twilio.bundle");
        assertThatThrownBy(() -> numbers().order(order(domain)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("trunk id");
        assertThatThrownBy(() -> numbers().order(order(climbing))).isInstanceOf(InvalidRequest.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void theListGoesOverAllPagesAndShowsEachNumberOnce() {
        on(get(urlPathEqualTo(NUMBERS)).atPriority(9), fixture(200, "numbers-page1.json"));
        on(
                get(urlPathEqualTo(NUMBERS)).withQueryParam("PageToken", equalTo("PAPN02")),
                fixture(200, "numbers-page2.json"));

        List<NumberAtCarrier> all = numbers().list();

        assertThat(all.stream().map(number -> number.number().e164()))
                .containsExactly("+14165550123", "+141655501234", "+442071838750");
        assertThat(all.get(0).voiceUrl()).isNull();
        assertThat(all.get(1).status()).isEqualTo(NumberAtCarrier.Status.OTHER);
        assertThat(all.get(1).rawStatus()).isEqualTo("on-the-moon");
        assertThat(all.get(1).trunkId()).isEqualTo(TRUNK);
    }

    @Test
    void aNextPageOfAStrangerIsNotAsked() {
        onGet(
                NUMBERS,
                json(200, "{\"incoming_phone_numbers\":[],\"next_page_uri\":\"https://evil.example.org/x.json\"}"));

        assertThatThrownBy(() -> numbers().list()).isInstanceOf(PstnException.class);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void pagesThatGoInCirclesEnd() {
        onGet(NUMBERS, fixture(200, "numbers-page1.json"));

        assertThatThrownBy(() -> numbers().list()).hasMessageContaining("next page");
        assertThat(sent()).hasSize(2);
    }

    @Test
    void ofNumbersThatHoldTheOneAskedForOnlyItIsFound() {
        onGet(NUMBERS, json(200, text("numbers-page1.json").replaceAll("\"next_page_uri\": \"[^\"]*\"", "\"x\": 1")));

        assertThat(numbers().find(OURS)).map(NumberAtCarrier::id).contains("PN00000000000000000000000000000001");
        assertThat(numbers().find(new PhoneNumber("+14165550"))).isEmpty();
    }

    @Test
    void aVoiceUrlTakesTheNumberFromItsTrunk() {
        listed("number.json");
        on(post(urlPathEqualTo(NUMBER)), fixture(200, "number.json"));

        numbers()
                .configure(OURS, NumberSettings.NONE.voice(HOOK).messages(URI.create("https://phone.example.org/sms")));

        assertThat(form(requests().get(1)))
                .containsExactlyInAnyOrder(
                        "VoiceUrl=" + HOOK,
                        "VoiceMethod=POST",
                        "TrunkSid=",
                        "VoiceApplicationSid=",
                        "SmsUrl=https://phone.example.org/sms",
                        "SmsMethod=POST",
                        "SmsApplicationSid=");
    }

    @Test
    void aTrunkTakesTheNumberFromItsVoiceUrl() {
        listed("number.json");
        on(post(urlPathEqualTo(NUMBER)), fixture(200, "number.json"));

        numbers().configure(OURS, NumberSettings.NONE.trunk(TRUNK));

        assertThat(form(requests().get(1)))
                .containsExactlyInAnyOrder("TrunkSid=" + TRUNK, "VoiceUrl=", "VoiceApplicationSid=");
    }

    @Test
    void whatIsNotSetStaysAsItIs() {
        listed("number.json");
        on(post(urlPathEqualTo(NUMBER)), fixture(200, "number.json"));

        numbers().configure(OURS, NumberSettings.NONE.labelled("Back desk"));
        numbers().configure(OURS, NumberSettings.NONE);

        assertThat(form(requests().get(1))).containsExactly("FriendlyName=Back desk");
        assertThat(sent().stream().filter(("POST " + NUMBER)::equals)).hasSize(1);
    }

    @Test
    void aNumberThatIsNotOursCannotBeConfigured() {
        onGet(NUMBERS, json(200, "{\"incoming_phone_numbers\":[]}"));

        assertThatThrownBy(() -> numbers().configure(OURS, NumberSettings.NONE.voice(HOOK)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void anOrderGivenAgainAfterTheReleaseOfItsNumberBuysAgain() {
        listed("number.json");
        on(post(urlPathEqualTo(NUMBERS)), fixture(201, "number.json"));
        on(delete(urlPathEqualTo(NUMBER)), aResponse().withStatus(204));
        NumberOrder order = order(NumberSettings.NONE);
        numbers().order(order);

        numbers().release(OURS);
        numbers().order(order);

        assertThat(sent().stream().filter(request -> request.startsWith("POST")))
                .hasSize(2);
    }

    @Test
    void releaseDeletesWhatIsOurs() {
        listed("number.json");
        on(delete(urlPathEqualTo(NUMBER)), aResponse().withStatus(204));

        numbers().release(OURS);

        assertThat(sent()).containsExactly("GET " + NUMBERS, "DELETE " + NUMBER);
    }

    @Test
    void releasingWhatIsGoneOrNeverWasOursIsNoError() {
        listed("number.json");
        on(delete(urlPathEqualTo(NUMBER)), error(404, 20404));

        numbers().release(OURS);
        numbers().release(new PhoneNumber("+14165550000"));

        assertThat(sent()).containsExactly("GET " + NUMBERS, "DELETE " + NUMBER, "GET " + NUMBERS);
    }

    private NumberInventory numbers() {
        return twilio.require(NumberInventory.class);
    }

    private List<String> found(NumberQuery query) {
        return numbers().search(query).stream()
                .map(number -> number.number().e164())
                .toList();
    }

    private static NumberOrder order(NumberSettings settings) {
        return new NumberOrder(new CommandId("order-1"), TenantId.DEFAULT, OURS, settings);
    }

    private void listed(String file) {
        ResponseDefinitionBuilder list =
                json(200, "{\"incoming_phone_numbers\":[" + text(file) + "],\"next_page_uri\":null}");
        onGet(NUMBERS, list);
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
