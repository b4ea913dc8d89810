package io.careflow.pstn.telnyx;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.account.DialingPermissions;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.error.Throttled;
import io.careflow.pstn.error.UnsupportedCapability;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelnyxCdrsTest extends WireMockTelnyx {
    private static final String PATH = "/detail_records";
    private static final ProviderId TELNYX = new ProviderId("telnyx");
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T00:00:00Z");

    @BeforeEach
    void nothingYet() {
        onGet(PATH, page());
    }

    @Test
    void aLegIsReadWithAllThatTelnyxSays() {
        kind("sip-trunking", page(leg("1", "L1", "\"cost\":\"0.0120\"")));

        ProviderCdr cdr = pulled().get(0);

        assertThat(cdr.call()).isEqualTo(new CallRef(TELNYX, "v3:L1"));
        assertThat(cdr.direction()).isEqualTo(Direction.INBOUND);
        assertThat(cdr.from().address()).isEqualTo("+14165550199");
        assertThat(cdr.to().address()).isEqualTo("+14165550142");
        assertThat(cdr.started()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123456Z"));
        assertThat(cdr.ended()).isEqualTo(Instant.parse("2026-03-01T10:01:05Z"));
        assertThat(cdr.billedSeconds()).isEqualTo(120);
        assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(cdr.rawStatus()).isEqualTo("NORMAL_CLEARING");
        assertThat(cdr.price()).isEqualTo(Money.of("0.012", "USD"));
        assertThat(cdr.details())
                .containsEntry("shaken_stir", "A")
                .containsEntry("telnyx_session_id", "S1")
                .containsEntry("rate", "0.006")
                .containsEntry("tags", "clinic, main")
                .doesNotContainKey("novelty");
    }

    /** A filter outside of filter[...] is ignored, and an answer without the record type is 400. */
    @Test
    void eachRequestNamesOneRecordTypeAndEveryFilterIsWrapped() {
        long unused = cdrs().pull(FROM, TO, cdr -> {});

        assertThat(requests()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            String kind = List.of("sip-trunking", "call-control", "recording").get(i);
            assertThat(query(requests().get(i)))
                    .containsExactlyInAnyOrder(
                            "filter[record_type]=" + kind,
                            "filter[started_at][gte]=2026-02-28T23:55:00Z",
                            i == 2
                                    ? "filter[started_at][lt]=2026-03-02T04:05:00Z"
                                    : "filter[started_at][lt]=2026-03-02T00:05:00Z",
                            "page[number]=1",
                            "page[size]=50");
            assertThat(requests().get(i).getHeader("Authorization")).isEqualTo("Bearer " + KEY.reveal());
        }
    }

    @Test
    void aMissingRecordTypeIsARefusalAndNotThrottlingThoughTheCodeIsTheSame() {
        on(get(urlPathEqualTo(V2 + PATH)), error(400, 10011));

        PstnException failure = catchThrowableOfType(PstnException.class, this::pulled);

        assertThat(failure).isInstanceOf(InvalidRequest.class);
        assertThat(pauses).isEmpty();
    }

    /** A leg, the fee of Call Control and the recording are three records. */
    @Test
    void theChargesOfOneLegAreSummedAndNamed() {
        kind("sip-trunking", page(leg("1", "L1", "\"cost\":\"0.0120\"")));
        kind("call-control", page(leg("2", "L1", "\"cost\":\"0.004\"")));
        kind("recording", page(leg("3", "L1", "\"cost\":\"1.666E-4\"")));

        List<ProviderCdr> all = pulled();

        assertThat(all).hasSize(1);
        assertThat(all.get(0).price()).isEqualTo(Money.of("0.0161666", "USD"));
        assertThat(all.get(0).details())
                .containsEntry("cost.sip-trunking", "0.0120")
                .containsEntry("cost.call-control", "0.004")
                .containsEntry("cost.recording", "0.0001666");
    }

    @Test
    void aRecordingIsChargedToItsSessionWhereItNamesNoLeg() {
        kind("sip-trunking", page(leg("1", "L1", "\"cost\":\"0.01\"")));
        kind(
                "recording",
                page(
                        "{\"id\":\"3\",\"telnyx_session_id\":\"S1\",\"started_at\":\"2026-03-01T10:00:10Z\","
                                + "\"cost\":\"0.002\",\"currency\":\"USD\"}",
                        "{\"id\":\"4\",\"telnyx_session_id\":\"S9\",\"started_at\":\"2026-03-01T10:00:10Z\","
                                + "\"cost\":\"5\",\"currency\":\"USD\"}"));

        assertThat(pulled().get(0).price()).isEqualTo(Money.of("0.012", "USD"));
    }

    @Test
    void twoLegsOfOneSessionAreTwoRecordsThatShareIt() {
        kind("sip-trunking", page(leg("1", "L1", "\"cost\":\"0.01\""), leg("2", "L2", "\"cost\":\"0.02\"")));

        List<ProviderCdr> all = pulled();

        assertThat(all).extracting(cdr -> cdr.call().id()).containsExactly("v3:L1", "v3:L2");
        assertThat(all)
                .extracting(cdr -> cdr.details().get("telnyx_session_id"))
                .containsOnly("S1");
    }

    @Test
    void costInScientificNotationIsReadExactly() {
        kind("call-control", page(leg("1", "L1", "\"cost\":\"1.666E-4\"")));

        assertThat(pulled().get(0).price()).isEqualTo(Money.of("0.0001666", "USD"));
    }

    @Test
    void aChargeThatIsNotKnownMakesThePriceUnknownAndNotZero() {
        kind("sip-trunking", page(leg("1", "L1", "\"cost\":\"0.0120\"")));
        kind("call-control", page(leg("2", "L1", "\"cost\":null")));

        assertThat(pulled().get(0).price()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "USER_BUSY,          17,  BUSY",
        "no_answer,          '',  NO_ANSWER",
        "call_rejected,      21,  REJECTED",
        "ORIGINATOR_CANCEL,  487, ABANDONED",
        "teleported,         '',  FAILED"
    })
    void howAnUnansweredLegEndedIsReadFromItsCause(String word, String code, Disposition disposition) {
        kind(
                "sip-trunking",
                page("{\"id\":\"1\",\"telnyx_leg_id\":\"L1\",\"started_at\":\"2026-03-01T10:00:00Z\","
                        + "\"answered_at\":null,\"finished_at\":\"2026-03-01T10:00:20Z\",\"call_sec\":0,"
                        + "\"hangup_cause\":\"" + word + "\",\"hangup_code\":\"" + code
                        + "\",\"direction\":\"outbound\"}"));

        ProviderCdr cdr = pulled().get(0);

        assertThat(cdr.disposition()).isEqualTo(disposition);
        assertThat(cdr.rawStatus()).isEqualTo(word);
        assertThat(cdr.billedSeconds()).isZero();
        assertThat(cdr.call().id()).as("a leg of a trunk has no handle").isEqualTo("L1");
        assertThat(cdr.direction()).isEqualTo(Direction.OUTBOUND);
    }

    @Test
    void aFilterThatTelnyxIgnoresDoesNotBringCallsOfOtherDays() {
        kind("sip-trunking", page(leg("1", "L1", "\"cost\":\"1\"").replace("2026-03-01T10", "2026-03-02T10")));

        assertThat(pulled()).isEmpty();
    }

    /** 50 records on a page at most, whatever is asked; larger pages are cut without a word. */
    @Test
    void allPagesAreReadAndWhatShiftsMeanwhileIsHandedOverOnce() {
        kind(1, page(1, 2, 3, leg("2", "L2", "\"cost\":\"1\""), leg("1", "L1", "\"cost\":\"1\"")), "first", "second");
        kind(2, page(2, 2, 4, leg("1", "L1", "\"cost\":\"1\"")), "second", "again");
        kind(1, page(1, 2, 4, leg("3", "L3", "\"cost\":\"1\""), leg("2", "L2", "\"cost\":\"1\"")), "again", "last");
        kind(2, page(2, 2, 4, leg("1", "L1", "\"cost\":\"1\""), leg("0", "L0", "\"cost\":\"1\"")), "last", "end");

        List<ProviderCdr> all = pulled();

        assertThat(all)
                .extracting(cdr -> cdr.call().id())
                .containsExactlyInAnyOrder("v3:L0", "v3:L1", "v3:L2", "v3:L3");
        assertThat(requests()).allSatisfy(request -> assertThat(query(request)).contains("page[size]=50"));
    }

    /** 40 requests in a minute of the clock, and no Retry-After. */
    @Test
    void thePaceIsThatOfTheRateLimitHeaders() {
        kind(
                "sip-trunking",
                page().withHeader("x-ratelimit-limit", "40, 40;w=60")
                        .withHeader("x-ratelimit-remaining", "0")
                        .withHeader("x-ratelimit-reset", "17"));

        assertThat(pulled()).isEmpty();

        assertThat(pauses).contains(Duration.ofSeconds(17));
    }

    @Test
    void whileRequestsAreLeftNobodyWaits() {
        kind("sip-trunking", page().withHeader("x-ratelimit-remaining", "12").withHeader("x-ratelimit-reset", "17"));

        assertThat(pulled()).isEmpty();

        assertThat(pauses).isEmpty();
    }

    /** One page of the papers shows the reset as a moment. */
    @Test
    void aResetThatIsAMomentIsNotWaitedForAsSeconds() {
        long moment = NOW.plusSeconds(30).getEpochSecond();
        kind(
                "sip-trunking",
                page().withHeader("x-ratelimit-remaining", "0").withHeader("x-ratelimit-reset", Long.toString(moment)));

        assertThat(pulled()).isEmpty();

        assertThat(pauses).contains(Duration.ofSeconds(30)).allMatch(pause -> pause.toSeconds() <= 61);
    }

    @Test
    void throttlingIsWaitedForUntilTheNextMinuteAndThenGivenUp() {
        kind("sip-trunking", throttled(42), "throttled", Scenario.STARTED, "free");
        kind("sip-trunking", page(leg("1", "L1", "\"cost\":\"1\"")), "throttled", "free", "free");

        assertThat(pulled()).hasSize(1);
        assertThat(pauses).containsExactly(Duration.ofSeconds(42));

        on(get(urlPathEqualTo(V2 + PATH)), throttled(42));
        PstnException failure = catchThrowableOfType(PstnException.class, this::pulled);
        assertThat(failure).isInstanceOf(Throttled.class);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(42));
    }

    @Test
    void oneCallIsFoundByItsHandleAndItsOtherChargesByItsLeg() {
        kind("call-control", page(leg("2", "L1", "\"cost\":\"0.004\"")));
        kind("sip-trunking", page(leg("1", "L1", "\"cost\":\"0.012\"")));

        ProviderCdr cdr = cdrs().find(new CallRef(TELNYX, "v3:L1")).orElseThrow();

        assertThat(cdr.price()).isEqualTo(Money.of("0.016", "USD"));
        assertThat(query(requests().get(0)))
                .contains("filter[record_type]=call-control", "filter[call_control_id]=v3:L1");
        assertThat(query(requests().get(1))).contains("filter[record_type]=sip-trunking", "filter[telnyx_leg_id]=L1");
    }

    /** A filter that is not understood brings everything, one on a field that does not exist brings nothing. */
    @Test
    void aCallOfWhichThereIsNoRecordIsEmptyWhateverTheFilterBrings() {
        assertThat(cdrs().find(new CallRef(TELNYX, "v3:L1"))).isEmpty();
        on(get(urlPathEqualTo(V2 + PATH)), page(leg("9", "L9", "\"cost\":\"1\"")));
        assertThat(cdrs().find(new CallRef(TELNYX, "v3:L1"))).isEmpty();

        int before = requests().size();
        assertThat(cdrs().find(new CallRef(new ProviderId("twilio"), "CA1"))).isEmpty();
        assertThat(requests()).hasSize(before);
    }

    /** While calls end, the count of records changes with every page that is read. */
    @Test
    void aListThatNeverHoldsStillLacksNoneOfItsOldRecords() {
        for (int number = 1; number <= 3; number++) {
            on(
                    get(urlPathEqualTo(V2 + PATH))
                            .withQueryParam("filter[record_type]", equalTo("sip-trunking"))
                            .withQueryParam("page[number]", equalTo(Integer.toString(number))),
                    page(number, 3, 2 + number, leg("" + number, "L" + number, "\"cost\":\"1\"")));
        }

        assertThat(pulled()).extracting(cdr -> cdr.call().id()).containsExactlyInAnyOrder("v3:L1", "v3:L2", "v3:L3");
    }

    @Test
    void aRecordWithoutAnIdIsChargedOnceThoughItsPageIsReadAgain() {
        String nameless = leg("1", "L1", "\"cost\":\"1\"").replace("\"id\":\"1\",", "");
        kind(1, page(1, 2, 2, nameless), "first", "second");
        kind(2, page(2, 2, 3, leg("2", "L2", "\"cost\":\"1\"")), "second", "again");
        kind(1, page(1, 2, 3, nameless), "again", "last");
        kind(2, page(2, 2, 3, leg("2", "L2", "\"cost\":\"1\"")), "last", "end");

        assertThat(pulled()).extracting(ProviderCdr::price).containsOnly(Money.of("1", "USD"));
    }

    @Test
    void anEmptyPageEndsTheRecordsWhateverTheirCountSays() {
        kind("sip-trunking", page(1, 1_000_000_000, 1_000_000_000));

        assertThat(pulled()).isEmpty();
    }

    @Test
    void aServerThatGivesTheSameRecordsForEveryPageIsNotReadWithoutEnd() {
        kind("sip-trunking", page(1, 1_000_000, 50_000_000, leg("1", "L1", "\"cost\":\"1\"")));

        assertThat(pulled()).hasSize(1);
        assertThat(requests()).hasSizeLessThan(20);
    }

    /** Each kind of record has times of its own. */
    @Test
    void aLegBelongsToOneSpanWithAllItsChargesThoughSomeBeganInTheNext() {
        String before =
                leg("1", "L1", "\"cost\":\"0.01\"").replace("2026-03-01T10:00:00.123456Z", "2026-03-01T23:59:59.9Z");
        String fee =
                leg("2", "L1", "\"cost\":\"0.002\"").replace("2026-03-01T10:00:00.123456Z", "2026-03-02T00:00:00.1Z");
        String tape =
                leg("3", "L1", "\"cost\":\"0.0003\"").replace("2026-03-01T10:00:00.123456Z", "2026-03-02T03:10:00Z");
        kind("sip-trunking", page(before));
        kind("call-control", page(fee));
        kind("recording", page(tape));

        assertThat(pulled()).extracting(ProviderCdr::price).containsExactly(Money.of("0.0123", "USD"));
        assertThat(cdrs().pull(TO, TO.plus(Duration.ofDays(1)), cdr -> {})).isZero();
    }

    @Test
    void aChargeWithoutItsCurrencyIsUnknownAndHidesNoOtherRecord() {
        kind(
                "sip-trunking",
                page(
                        leg("1", "L1", "\"cost\":\"1\"").replace("\"currency\":\"USD\",", ""),
                        leg("2", "L2", "\"cost\":\"1\"")));

        assertThat(pulled()).extracting(ProviderCdr::price).containsExactly(null, Money.of("1", "USD"));
    }

    @Test
    void anEmptySpanIsRefused() {
        assertThatThrownBy(() -> cdrs().pull(TO, FROM, cdr -> {})).isInstanceOf(IllegalArgumentException.class);
        assertThat(requests()).isEmpty();
    }

    /** Telnyx publishes no prices by destination, and its whitelists know no risks of numbers. */
    @Test
    void pricesAndDialingPermissionsAreNotThere() {
        for (Class<? extends io.careflow.pstn.Capability> absent : Set.of(Prices.class, DialingPermissions.class)) {
            assertThat(telnyx.find(absent)).isEmpty();
            assertThatThrownBy(() -> telnyx.require(absent))
                    .isInstanceOf(UnsupportedCapability.class)
                    .hasMessageContaining("telnyx")
                    .hasMessageContaining(absent.getSimpleName());
        }
        assertThat(requests()).isEmpty();
    }

    private ProviderCdrs cdrs() {
        return telnyx.require(ProviderCdrs.class);
    }

    private List<ProviderCdr> pulled() {
        List<ProviderCdr> all = new ArrayList<>();
        assertThat(cdrs().pull(FROM, TO, all::add)).isEqualTo(all.size());
        return all.stream().collect(Collectors.toList());
    }

    private void kind(String kind, ResponseDefinitionBuilder answer) {
        on(get(urlPathEqualTo(V2 + PATH)).withQueryParam("filter[record_type]", equalTo(kind)), answer);
    }

    private void kind(String kind, ResponseDefinitionBuilder answer, String story, String state, String next) {
        on(
                get(urlPathEqualTo(V2 + PATH))
                        .withQueryParam("filter[record_type]", containing(kind))
                        .inScenario(story)
                        .whenScenarioStateIs(state)
                        .willSetStateTo(next),
                answer);
    }

    private void kind(int number, ResponseDefinitionBuilder answer, String state, String next) {
        on(
                get(urlPathEqualTo(V2 + PATH))
                        .withQueryParam("filter[record_type]", equalTo("sip-trunking"))
                        .withQueryParam("page[number]", equalTo(Integer.toString(number)))
                        .inScenario("shift")
                        .whenScenarioStateIs(state.equals("first") ? Scenario.STARTED : state)
                        .willSetStateTo(next),
                answer);
    }

    private static String leg(String id, String leg, String cost) {
        return "{\"id\":\"" + id + "\",\"record_type\":\"sip-trunking\",\"call_control_id\":\"v3:" + leg
                + "\",\"telnyx_leg_id\":\"" + leg + "\",\"telnyx_session_id\":\"S1\",\"direction\":\"inbound\","
                + "\"cli\":\"+14165550199\",\"cld\":\"+14165550142\",\"started_at\":\"2026-03-01T10:00:00.123456Z\","
                + "\"answered_at\":\"2026-03-01T10:00:05Z\",\"finished_at\":\"2026-03-01T10:01:05Z\",\"call_sec\":60,"
                + "\"billed_sec\":\"120\",\"rate\":\"0.006\",\"currency\":\"USD\",\"hangup_cause\":\"NORMAL_CLEARING\","
                + "\"hangup_code\":16,\"shaken_stir\":\"A\",\"tags\":[\"clinic\",\"main\"],\"novelty\":{\"x\":1},"
                + cost + "}";
    }
}
