package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.ProviderHealth;
import io.careflow.pstn.account.Account;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.Limits;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelnyxClientTest extends WireMockTelnyx {
    private static final HttpCall THINGS = HttpCall.of("things.list", "GET", "things");
    private static final String STEP = "step ";

    private TelnyxClient client;

    @BeforeEach
    void connect() {
        client = settings().client();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void aListIsReadOverAllItsPages() {
        onPage(1, page(1, 3, 5, thing("a"), thing("b")));
        onPage(2, page(2, 3, 5, thing("c"), thing("d")));
        onPage(3, page(3, 3, 5, thing("e")));

        assertThat(ids(client.all(THINGS.query("filter[status]", "active"), 2)))
                .containsExactly("a", "b", "c", "d", "e");

        assertThat(requests().stream().map(WireMockTelnyx::query))
                .containsExactly(
                        List.of("filter[status]=active", "page[number]=1", "page[size]=2"),
                        List.of("filter[status]=active", "page[number]=2", "page[size]=2"),
                        List.of("filter[status]=active", "page[number]=3", "page[size]=2"));
    }

    @Test
    void aNumberThatVanishesBetweenTwoPagesDoesNotHideTheOneThatMovedUp() {
        inTurn(
                page(1, 2, 4, thing("a"), thing("b")),
                // "a" is gone, so that "c" is on the first page now.
                page(2, 2, 3, thing("d")),
                page(1, 2, 3, thing("b"), thing("c")),
                page(2, 2, 3, thing("d")));

        assertThat(ids(client.all(THINGS, 2))).containsExactly("b", "c", "d");
    }

    @Test
    void aNumberThatAppearsBetweenTwoPagesIsFoundAndNoneComesTwice() {
        inTurn(
                page(1, 2, 4, thing("a"), thing("b")),
                page(2, 3, 5, thing("b"), thing("c")),
                page(3, 3, 5, thing("d")),
                page(1, 3, 5, thing("new"), thing("a")),
                page(2, 3, 5, thing("b"), thing("c")),
                page(3, 3, 5, thing("d")));

        assertThat(ids(client.all(THINGS, 2))).containsExactly("new", "a", "b", "c", "d");
    }

    @Test
    void whatComesTwiceShowsAShiftAlsoWhereTheTotalStaysTheSame() {
        inTurn(
                page(1, 2, 4, thing("a"), thing("b")),
                page(2, 2, 4, thing("b"), thing("c")),
                page(1, 2, 4, thing("new"), thing("a")),
                page(2, 2, 4, thing("b"), thing("c")));

        assertThat(ids(client.all(THINGS, 2))).containsExactly("new", "a", "b", "c");
    }

    @Test
    void aListThatNeverHoldsStillGivesAllThatWasSeenAndEnds() {
        List<ResponseDefinitionBuilder> pages = new ArrayList<>();
        for (int reading = 0; reading < 10; reading++) {
            pages.add(page(1, 2, 3 + reading, thing("a"), thing("b")));
            pages.add(page(2, 2, 4 + reading, thing("c"), thing("late" + reading)));
        }
        inTurn(pages.toArray(ResponseDefinitionBuilder[]::new));

        assertThat(ids(client.all(THINGS, 2))).contains("a", "b", "c", "late0").doesNotHaveDuplicates();
        assertThat(sent()).hasSize(8);
    }

    @Test
    void elementsWithoutAnIdAreReadOnceToo() {
        inTurn(
                page(1, 2, 3, "{\"phone_number\":\"+15550001\"}"),
                page(2, 2, 2, "{\"phone_number\":\"+15550002\"}"),
                page(1, 2, 2, "{\"phone_number\":\"+15550001\"}"),
                page(2, 2, 2, "{\"phone_number\":\"+15550002\"}"));

        assertThat(client.all(THINGS, 1)).hasSize(2);
    }

    @Test
    void aServerThatGivesTheSamePageForEveryNumberIsNotReadWithoutEnd() {
        on(get(urlPathEqualTo(V2 + "/things")), page(1, 1_000_000, 20_000_000, thing("a")));

        assertThat(ids(client.all(THINGS, 20))).containsExactly("a");
        assertThat(sent()).hasSizeLessThan(50);
    }

    @Test
    void anEmptyPageEndsTheListWhateverItsCountSays() {
        inTurn(page(1, 1000, 20000, thing("a")), page(2, 1000, 20000));

        assertThat(ids(client.all(THINGS, 20))).containsExactly("a");
        assertThat(sent()).hasSize(2);
    }

    @Test
    void aListWithoutCountsIsOnePage() {
        onGet("/things", json(200, "{\"data\":[" + thing("a") + "]}"));

        assertThat(ids(client.all(THINGS, 20))).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"phone_number\":\"+15550001\"}", "{\"data\":{\"phone_number\":\"+15550001\"}}"})
    void theFewAnswersThatComeUnwrappedAreReadEitherWay(String answer) {
        onPost("/verified_numbers", json(200, answer));

        Fields read = client.unwrapped(HttpCall.of("caller-id.begin", "POST", "verified_numbers"));

        assertThat(read.requireText("phone_number")).isEqualTo("+15550001");
    }

    @Test
    void anAnswerWithoutItsWrapperIsAProtocolError() {
        onPost("/things", json(200, "{\"id\":\"a\"}"));

        assertThatThrownBy(() -> client.data(HttpCall.of("thing.create", "POST", "things")))
                .isInstanceOfSatisfying(
                        ProtocolError.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN))
                .hasMessageContaining("data");
    }

    @ParameterizedTest
    @CsvSource({"200", "201", "202"})
    void any2xxIsASuccess(int status) {
        onPost("/things", json(status, "{\"data\":" + thing("a") + "}"));

        assertThat(client.data(HttpCall.of("thing.create", "POST", "things")).requireText("id"))
                .isEqualTo("a");
    }

    @Test
    void idsBeyondTheExactDoublesStayAsTheyAre() {
        onGet("/things/1", json(200, "{\"data\":{\"id\":1293384261075731499,\"cost\":1.666E-4}}"));

        Fields thing = client.data(HttpCall.of("thing.fetch", "GET", "things", "1"));

        assertThat(thing.requireText("id")).isEqualTo("1293384261075731499");
        assertThat(thing.requireDecimal("cost")).isEqualByComparingTo("0.0001666");
    }

    @Test
    void anOpaqueIdStaysOneSegmentOfThePath() {
        on(any(anyUrl()), data(thing("a")));

        Object unused = client.data(HttpCall.of("call.fetch", "GET", "calls", "v3:T02_x-y=/z?#%"));

        assertThat(requests().get(0).getUrl()).isEqualTo("/v2/calls/v3%3AT02_x-y%3D%2Fz%3F%23%25");
    }

    @Test
    void theBodyIsJsonAndTheKeyGoesIntoTheHeader() {
        onPost("/things", data(thing("a")));
        ObjectNode body = client.object().put("name", "Zoë");

        Object unused = client.data(client.with(HttpCall.of("thing.create", "POST", "things"), body));

        assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY.reveal());
        assertThat(requests().get(0).getHeader("Content-Type")).startsWith("application/json");
        assertThat(body(requests().get(0))).isEqualTo(tree("{\"name\":\"Zoë\"}"));
    }

    @Test
    void aReadIsRepeatedAndAWriteIsNot() {
        on(any(anyUrl()), error(503, 10007));

        assertThatThrownBy(() -> client.data(THINGS)).isInstanceOf(ProviderUnavailable.class);
        assertThat(sent()).containsExactly("GET /things", "GET /things", "GET /things");
        wire.resetRequests();

        assertThatThrownBy(() -> client.data(HttpCall.of("thing.create", "POST", "things")))
                .isInstanceOfSatisfying(
                        PstnException.class,
                        failure -> assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN));
        assertThat(sent()).containsExactly("POST /things");
    }

    @Test
    void aReadThatIsThrottledWaitsForTheNextWindowThatTheHeaderTells() {
        inTurn(throttled(4), page(thing("a")));

        assertThat(ids(client.all(THINGS, 20))).containsExactly("a");

        assertThat(pauses).hasSize(1);
        assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    }

    @Test
    void afterManyFailuresItIsUnavailableAndRefusesWithoutAsking() {
        on(any(anyUrl()), error(500, 10007));
        Limits limits = Limits.none().breaker(new Limits.Breaker(50, 4, 4, Duration.ofSeconds(30), 1));
        try (TelnyxProvider guarded = settings().limits(limits).build()) {
            ProviderHealth health = guarded.require(ProviderHealth.class);
            assertThat(health.state().availability()).isEqualTo(ProviderHealth.Availability.AVAILABLE);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> guarded.require(Account.class).balance())
                        .isInstanceOf(ProviderUnavailable.class);
            }
            int asked = sent().size();

            assertThat(health.state().availability()).isEqualTo(ProviderHealth.Availability.UNAVAILABLE);
            assertThatThrownBy(() -> guarded.require(Account.class).balance())
                    .isInstanceOfSatisfying(
                            ProviderUnavailable.class,
                            failure -> assertThat(failure.effect()).isEqualTo(Effect.NONE));
            assertThat(sent()).hasSize(asked);
        }
    }

    @Test
    void manyThreadsShareOneProvider() throws Exception {
        onGet("/balance", fixture(200, "balance.json"));
        Account account = telnyx.require(Account.class);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Money>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(account::balance));
            }
            for (Future<Money> answer : answers) {
                assertThat(answer.get()).isEqualTo(Money.of("290.2751", "USD"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sent()).hasSize(64);
    }

    private void onPage(int number, ResponseDefinitionBuilder answer) {
        on(
                get(urlPathEqualTo(V2 + "/things")).withQueryParam("page[number]", equalTo(Integer.toString(number))),
                answer);
    }

    /** These answers, one after the other. */
    private void inTurn(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            on(
                    get(urlPathEqualTo(V2 + "/things"))
                            .inScenario("turns")
                            .whenScenarioStateIs(i == 0 ? Scenario.STARTED : STEP + i)
                            .willSetStateTo(STEP + (i + 1)),
                    answers[i]);
        }
    }

    private static String thing(String id) {
        return "{\"id\":\"" + id + "\"}";
    }

    private static List<String> ids(List<Fields> things) {
        return things.stream().map(thing -> thing.requireText("id")).toList();
    }
}
