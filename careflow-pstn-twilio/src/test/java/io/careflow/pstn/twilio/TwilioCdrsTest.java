package io.careflow.pstn.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.careflow.pstn.twilio.Resource.CALL;
import static io.careflow.pstn.twilio.Resource.OTHER_CALL;
import static io.careflow.pstn.twilio.Resource.call;
import static io.careflow.pstn.twilio.Resource.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioCdrsTest extends WireMockTwilio {
    private static final String CALLS = V2010 + "/Calls.json";
    private static final String ONE = V2010 + "/Calls/" + CALL + ".json";
    private static final CallRef REF = new CallRef(new ProviderId("twilio"), CALL);
    private static final Instant FROM = Instant.parse("2026-02-28T23:30:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T12:30:00Z");

    private final List<ProviderCdr> pulled = new ArrayList<>();

    @Test
    void asksForWholeDaysAndKeepsWhatStartedInTheSpan() {
        onGet(
                CALLS,
                page(
                        "calls",
                        at(1, "Sun, 01 Mar 2026 12:30:00 +0000"),
                        at(2, "Sun, 01 Mar 2026 12:29:59 +0000"),
                        at(3, "Sat, 28 Feb 2026 23:30:00 +0000"),
                        at(4, "Sat, 28 Feb 2026 23:29:59 +0000"),
                        call(sid(5), "queued").with("date_created", "Sun, 01 Mar 2026 12:00:00 +0000"),
                        call(sid(6), "queued")));

        assertThat(cdrs().pull(FROM, TO, pulled::add)).isEqualTo(3);

        assertThat(pulled).extracting(cdr -> cdr.call().id()).containsExactly(sid(2), sid(3), sid(5));
        wire.verify(
                1,
                getRequestedFor(urlPathEqualTo(CALLS))
                        .withQueryParam("StartTime>", equalTo("2026-02-28"))
                        .withQueryParam("StartTime<", equalTo("2026-03-02"))
                        .withQueryParam("PageSize", equalTo("1000"))
                        .withBasicAuth(new BasicCredentials(ACCOUNT, TOKEN.reveal())));
        assertThat(requests().get(0).getUrl()).contains("StartTime%3E=2026-02-28", "StartTime%3C=2026-03-02");
    }

    @Test
    void aSpanThatEndsAtMidnightDoesNotAskForTheNextDay() {
        onGet(CALLS, page("calls"));

        cdrs().pull(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"), pulled::add);

        wire.verify(getRequestedFor(urlPathEqualTo(CALLS))
                .withQueryParam("StartTime>", equalTo("2026-03-01"))
                .withQueryParam("StartTime<", equalTo("2026-03-02")));
    }

    @Test
    void pagesThatShiftYieldEachCallOnce() {
        String second = CALLS + "?Page=1&PageToken=PA1";
        String start = "Sun, 01 Mar 2026 10:00:00 +0000";
        onGet(CALLS, page("calls", second, at(1, start), at(2, start)));
        on(get(urlEqualTo(second)), page("calls", at(2, start), at(3, start)));

        assertThat(cdrs().pull(FROM, TO, pulled::add)).isEqualTo(3);

        assertThat(pulled).extracting(cdr -> cdr.call().id()).containsExactly(sid(1), sid(2), sid(3));
    }

    @Test
    void aPageThatFailsIsAFailureAfterWhatWasHandedOver() {
        String second = CALLS + "?Page=1&PageToken=PA1";
        onGet(CALLS, page("calls", second, at(1, "Sun, 01 Mar 2026 10:00:00 +0000")));
        on(get(urlEqualTo(second)), error(503, 20503));

        assertThatThrownBy(() -> cdrs().pull(FROM, TO, pulled::add)).isInstanceOf(ProviderUnavailable.class);
        assertThat(pulled).hasSize(1);
    }

    @Test
    void anEmptySpanIsRefused() {
        assertThatThrownBy(() -> cdrs().pull(TO, FROM, pulled::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> cdrs().pull(TO, TO, pulled::add)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sent()).isEmpty();
    }

    @Test
    void readsALegThatWasDialledByAnother() {
        onGet(
                ONE,
                call(CALL, "completed")
                        .with("parent_call_sid", OTHER_CALL)
                        .with("direction", "outbound-dial")
                        .with("start_time", "Sun, 01 Mar 2026 10:00:00 +0000")
                        .with("end_time", "Sun, 01 Mar 2026 10:01:05 +0000")
                        .with("duration", "61")
                        .with("price", "-0.02600")
                        .with("answered_by", "human")
                        .answer(200));

        assertThat(cdrs().find(REF)).hasValueSatisfying(cdr -> {
            assertThat(cdr.call()).isEqualTo(REF);
            assertThat(cdr.parent()).isEqualTo(new CallRef(REF.provider(), OTHER_CALL));
            assertThat(cdr.direction()).isEqualTo(Direction.OUTBOUND);
            assertThat(cdr.from()).isEqualTo(Party.of("+14165550142"));
            assertThat(cdr.to()).isEqualTo(Party.of("+14165550199"));
            assertThat(cdr.started()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
            assertThat(cdr.ended()).isEqualTo(Instant.parse("2026-03-01T10:01:05Z"));
            assertThat(cdr.billedSeconds()).isEqualTo(61);
            assertThat(cdr.disposition()).isEqualTo(Disposition.ANSWERED);
            assertThat(cdr.rawStatus()).isEqualTo("completed");
            assertThat(cdr.price()).isEqualTo(Money.of("0.02600", "USD"));
            assertThat(cdr.details())
                    .containsEntry("direction", "outbound-dial")
                    .containsEntry("answered_by", "human")
                    .containsEntry("price", "-0.02600")
                    .doesNotContainKey("caller_name");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "inbound, INBOUND",
        "outbound-api, OUTBOUND",
        "outbound-dial, OUTBOUND",
        "trunking-originating, INBOUND",
        "trunking-terminating, OUTBOUND"
    })
    void directionsAreSeenFromUs(String raw, Direction direction) {
        onGet(
                ONE,
                call(CALL, "completed")
                        .with("direction", raw)
                        .with("trunk_sid", "TK1")
                        .answer(200));

        assertThat(cdrs().find(REF)).hasValueSatisfying(cdr -> {
            assertThat(cdr.direction()).isEqualTo(direction);
            assertThat(cdr.details()).containsEntry("direction", raw).containsEntry("trunk_sid", "TK1");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "busy, , BUSY, 0",
        "no-answer, 0, NO_ANSWER, 0",
        "canceled, 0, ABANDONED, 0",
        "failed, , FAILED, 0",
        "completed, 7, ANSWERED, 7",
        "completed, , ANSWERED, ",
        "in-progress, , , ",
        "ringing, 0, , ",
        "quantum-parked, , , "
    })
    void durationsAreNullOrZeroUntilTheyAreKnown(String raw, String duration, Disposition disposition, Long seconds) {
        onGet(ONE, call(CALL, raw).with("duration", duration).answer(200));

        assertThat(cdrs().find(REF)).hasValueSatisfying(cdr -> {
            assertThat(cdr.rawStatus()).isEqualTo(raw);
            assertThat(cdr.disposition()).isEqualTo(disposition);
            assertThat(cdr.billedSeconds()).isEqualTo(seconds);
            assertThat(cdr.price()).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "anonymous, ''",
        "+266696687, ''",
        "Restricted, ''",
        "client:bob, client:bob",
        "+14165550142, +14165550142"
    })
    void callersThatAreWithheldAreAnonymous(String from, String address) {
        onGet(ONE, call(CALL, "completed").with("from", from).answer(200));

        assertThat(cdrs().find(REF))
                .hasValueSatisfying(cdr -> assertThat(cdr.from().address()).isEqualTo(address));
    }

    @Test
    void aPriceWithoutCurrencyIsAProtocolErrorNamingTheField() {
        onGet(
                ONE,
                call(CALL, "completed")
                        .with("price", "-1.00")
                        .with("price_unit", null)
                        .answer(200));

        assertThatThrownBy(() -> cdrs().find(REF))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("price_unit");
    }

    @Test
    void aCallThatIsNotKnownIsEmpty() {
        onGet(ONE, error(404, 20404));

        assertThat(cdrs().find(REF)).isEmpty();
    }

    private static Resource at(int number, String start) {
        return call(sid(number), "completed").with("start_time", start).with("duration", "5");
    }

    private static String sid(int number) {
        return "CA" + "0".repeat(31) + number;
    }

    private ProviderCdrs cdrs() {
        return twilio.require(ProviderCdrs.class);
    }
}
