package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.rest.api.v2010.account.sip.credentiallist.Credential;
import com.twilio.rest.pricing.v1.phonenumber.Country;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.Secret;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.account.CountryPermission;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.tck.LogCapture;
import io.careflow.pstn.tck.LogbackCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TwilioClientTest extends WireMockTwilio {
    private static final String COUNTRIES = "/v1/DialingPermissions/Countries";

    @Override
    TwilioBuilder settings() {
        return super.settings().limits(Limits.none().breaker(new Limits.Breaker(50, 4, 4, Duration.ofSeconds(30), 1)));
    }

    @Test
    void anApiKeyProvesRequestsAndTheAccountStaysInThePath() {
        onGet(V2010 + "/Balance.json", fixture(200, "balance.json"));
        String key = "SK00000000000000000000000000000001";
        try (TwilioProvider withKey =
                settings().apiKey(key, Secret.of("key-secret")).build()) {
            withKey.require(Account.class).balance();
        }

        wire.verify(getRequestedFor(urlPathEqualTo(V2010 + "/Balance.json"))
                .withBasicAuth(new BasicCredentials(key, "key-secret")));
    }

    @Test
    void nothingOfARequestIsLoggedAlsoWhereTwilioJavaWouldLogAtDebug() {
        on(any(anyUrl()), json(201, "{\"sid\":\"CR1\",\"username\":\"ward3\"}"));
        try (LogCapture log = new LogbackCapture()) {
            LoggerFactory.getLogger("com.twilio.http.TwilioRestClient").debug("listening");
            twilio.client()
                    .done(
                            "test",
                            rest -> Credential.creator(
                                            "CL00000000000000000000000000000001", "ward3", "Very-S3cret-Password")
                                    .create(rest));

            // The fake Twilio logs what it got; that is its affair.
            List<String> ours = log.lines().stream()
                    .filter(line -> line.matches("(com\\.twilio|io\\.careflow|okhttp3)(?s).*"))
                    .toList();
            assertThat(ours).anyMatch(line -> line.contains("listening"));
            assertThat(ours).noneMatch(line -> line.contains("S3cret") || line.contains("ward3"));
        }

        assertThat(form(requests().get(0))).contains("Password=Very-S3cret-Password");
    }

    @Test
    void whateverCharactersAFieldHasTheyArrive() {
        on(any(anyUrl()), json(200, "{}"));
        Request request = new Request(HttpMethod.POST, "https://api.twilio.com/2010-04-01/x y/ä.json");
        request.addPostParam("Body", "Zoë & 50% = \"½\" + 😀\n");
        request.addPostParam("Event", "a");
        request.addPostParam("Event", "b");
        request.addPostParam("Empty", "");
        request.addQueryParam("StartTime>", "2026-03-01T00:00:00Z");

        Response response = twilio.client().http().makeRequest(request);

        assertThat(response.getContent()).isEqualTo("{}");
        assertThat(requests().get(0).getUrl())
                .isEqualTo("/2010-04-01/x%20y/%C3%A4.json?StartTime%3E=2026-03-01T00%3A00%3A00Z");
        assertThat(form(requests().get(0)))
                .contains("Body=Zoë & 50% = \"½\" + 😀\n", "Empty=")
                .containsSubsequence("Event=a", "Event=b");
    }

    @Test
    void aPathThatHoldsAQueryIsRefused() {
        Request request = new Request(HttpMethod.GET, "https://api.twilio.com/2010-04-01/x?y=z");

        assertThatThrownBy(() -> twilio.client().http().makeRequest(request))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void eachProductHasItsOwnBase() {
        onGet("/for-pricing/v1/PhoneNumbers/Countries/CA", json(200, "{}"));
        try (TwilioProvider split =
                settings().baseUrl("pricing", base().resolve("/for-pricing")).build()) {
            split.client().done("test", rest -> Country.fetcher("CA").fetch(rest));
        }

        assertThat(sent()).containsExactly("GET /for-pricing/v1/PhoneNumbers/Countries/CA");
    }

    @Test
    void permissionsAreReadOverAllPagesAndTheRiskyOnesFound() {
        on(
                get(urlPathEqualTo(COUNTRIES))
                        .inScenario("pages")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("second"),
                json(
                        200,
                        "{\"content\":[" + country("CA", "Canada", "\"+1\"", false, false) + ","
                                + country("LV", "Latvia", "\"+371\"", false, true)
                                + "],\"meta\":{\"key\":\"content\",\"next_page_url\":"
                                + "\"https://voice.twilio.com/v1/DialingPermissions/Countries?PageSize=2&Page=1\"}}"));
        on(
                get(urlPathEqualTo(COUNTRIES)).inScenario("pages").whenScenarioStateIs("second"),
                json(
                        200,
                        "{\"content\":[" + country("LV", "Latvia", "\"+371\"", false, true) + ","
                                + country("GB", "United Kingdom", "\"+44\",\"+441624\"", true, false)
                                + "],\"meta\":{\"next_page_url\":null}}"));

        DialingPermissions permissions = twilio.require(DialingPermissions.class);
        List<CountryPermission> all = permissions.list();

        assertThat(all.stream().map(CountryPermission::country)).containsExactly("CA", "LV", "GB");
        assertThat(all.get(2))
                .isEqualTo(new CountryPermission("GB", "United Kingdom", true, true, false, List.of("+44", "+441624")));
        wire.resetScenarios();
        assertThat(permissions.risky().stream().map(CountryPermission::country)).containsExactly("LV", "GB");
    }

    @Test
    void afterManyFailuresItIsUnavailableAndRefusesWithoutAsking() {
        on(any(anyUrl()), error(500, 20500));
        ProviderHealth health = twilio.require(ProviderHealth.class);
        assertThat(health.state().availability()).isEqualTo(ProviderHealth.Availability.AVAILABLE);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> twilio.require(Account.class).balance()).isInstanceOf(ProviderUnavailable.class);
        }
        int asked = sent().size();

        assertThat(health.state().availability()).isEqualTo(ProviderHealth.Availability.UNAVAILABLE);
        assertThatThrownBy(() -> twilio.require(Account.class).balance())
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
        assertThat(sent()).hasSize(asked);
    }

    @Test
    void manyThreadsShareOneProvider() throws Exception {
        onGet(V2010 + "/Balance.json", fixture(200, "balance.json"));
        Account account = twilio.require(Account.class);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Money>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(account::balance));
            }
            for (Future<Money> answer : answers) {
                assertThat(answer.get()).isEqualTo(Money.of("-1.23456", "USD"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sent()).hasSize(64);
    }

    private static String country(String code, String name, String callingCodes, boolean special, boolean fraud) {
        return "{\"iso_code\":\"" + code + "\",\"name\":\"" + name + "\",\"continent\":\"X\",\"country_codes\":["
                + callingCodes + "],\"low_risk_numbers_enabled\":true,\"high_risk_special_numbers_enabled\":" + special
                + ",\"high_risk_tollfraud_numbers_enabled\":" + fraud + "}";
    }
}
