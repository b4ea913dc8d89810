package io.careflow.pstn.voipms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoipMsCdrsTest extends WireMockVoipMs {
    private static final Instant FROM = Instant.parse("2026-03-01T05:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-02T05:00:00Z");

    @BeforeEach
    void nothingYet() {
        incoming("");
        outgoing("");
    }

    @Test
    @DisplayName("getCDR both directions: each is asked for on its own, with all ways in which a call may end")
    void bothDirections() {
        incoming(row("12964421x41098i8c", "\\\"Zoë Roy\\\" <8195550100>", "4165550142", "ANSWERED", "0.00900000"));
        outgoing(row("12964422", "4165550142", "011442071234567", "ANSWERED", "0.02"));

        List<ProviderCdr> all = pull();

        assertThat(all).hasSize(2);
        ProviderCdr in = all.get(0);
        assertThat(in.call()).isEqualTo(new CallRef(voipms.id(), "12964421x41098i8c"));
        assertThat(in.direction()).isEqualTo(Direction.INBOUND);
        assertThat(in.from()).isEqualTo(new Party("+18195550100", "Zoë Roy"));
        assertThat(in.to()).isEqualTo(Party.of("+14165550142"));
        assertThat(in.started()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(in.ended()).isEqualTo("2026-03-01T13:01:05Z");
        assertThat(in.billedSeconds()).isEqualTo(3665L);
        assertThat(in.disposition()).isEqualTo(Disposition.ANSWERED);
        assertThat(in.rawStatus()).isEqualTo("ANSWERED");
        assertThat(in.price()).isEqualTo(Money.of("0.009", "USD"));
        assertThat(in.details())
                .containsEntry("destination_type", "IN:USA")
                .containsEntry("account", "100001_clinic")
                .containsEntry("rate", "0.01000000");
        assertThat(all.get(1).direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(all.get(1).from()).isEqualTo(Party.of("+14165550142"));
        assertThat(all.get(1).to()).isEqualTo(Party.of("+442071234567"));
        assertThat(form(requests().get(0)))
                .containsEntry("date_from", "2026-02-28")
                .containsEntry("date_to", "2026-03-03")
                .containsEntry("timezone", "-5")
                .containsEntry("answered", "1")
                .containsEntry("noanswer", "1")
                .containsEntry("busy", "1")
                .containsEntry("failed", "1");
        assertThat(sent()).containsExactly("getCDR", "getCDR");
    }

    @Test
    @DisplayName(
            "getCDR dedupe: a call that is listed twice, or both ways, is handed over once, and says itself which way")
    void deduplicated() {
        String in = row("1", "8195550100", "4165550142", "ANSWERED", "0.01");
        String out = row("2", "4165550142", "8195550100", "ANSWERED", "0.01")
                .replace("IN:USA", "OUT:CAN")
                .replace("Inbound - Local Caller", "Toronto");
        incoming(in + "," + in + "," + out);
        outgoing(in + "," + out);

        assertThat(pull())
                .extracting(cdr -> cdr.call().id() + " " + cdr.direction())
                .containsExactly("1 INBOUND", "2 OUTBOUND");
    }

    @Test
    @DisplayName("two legs under one id, as of a forwarded call, are two records, and none of their costs gets lost")
    void twoLegs() {
        incoming(row("1", "8195550100", "4165550142", "ANSWERED", "0.01"));
        outgoing(row("1", "8195550100", "6135550177", "ANSWERED", "0.02"));

        List<ProviderCdr> all = pull();

        assertThat(all).extracting(cdr -> cdr.call().id()).containsExactly("1", "1:outgoing");
        assertThat(all.get(1).parent()).isEqualTo(all.get(0).call());
        assertThat(all.get(1).price()).isEqualTo(Money.of("0.02", "USD"));
        assertThat(cdrs().find(all.get(1).call())).contains(all.get(1));
    }

    @Test
    @DisplayName("two legs under one id are two records also where midnight and the end of a request lie between them")
    void twoLegsInTwoRequests() {
        on(
                asking("getCDR", "date_to=2026-03-30", "calltype=incoming"),
                success("\"cdr\":["
                        + row("1", "8195550100", "4165550142", "ANSWERED", "0.01")
                                .replace("03-01 07:00:00", "03-30 23:59:58")
                        + "]"));
        on(
                asking("getCDR", "date_from=2026-03-31", "calltype=outgoing"),
                success("\"cdr\":["
                        + row("1", "8195550100", "6135550177", "ANSWERED", "0.02")
                                .replace("03-01 07:00:00", "03-31 00:00:03")
                        + "]"));
        List<ProviderCdr> all = new ArrayList<>();

        long count = cdrs().pull(FROM, FROM.plus(Duration.ofDays(45)), all::add);

        assertThat(count).isEqualTo(2);
        assertThat(all).extracting(cdr -> cdr.call().id()).containsExactly("1", "1:outgoing");
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED, ANSWERED",
        "NO ANSWER, NO_ANSWER",
        "no answer, NO_ANSWER",
        "BUSY, BUSY",
        "FAILED, FAILED",
        "CONGESTION, "
    })
    @DisplayName("every way to end has its word; one that is not known is kept and not guessed")
    void dispositions(String raw, Disposition disposition) {
        incoming(row("1", "8195550100", "4165550142", raw, "0"));

        assertThat(pull()).singleElement().satisfies(cdr -> {
            assertThat(cdr.disposition()).isEqualTo(disposition);
            assertThat(cdr.rawStatus()).isEqualTo(raw);
        });
    }

    @Test
    @DisplayName("single-row object, numbers as numbers, a length without seconds, a price that is not told")
    void drift() {
        wire.stubFor(asking("getCDR", "calltype=incoming")
                .willReturn(success("\"cdr\":{\"date\":\"2026-03-01 07:00:00\",\"callerid\":8195550100,"
                        + "\"destination\":4165550142,\"duration\":\"00:01:05\",\"disposition\":\"ANSWERED\","
                        + "\"uniqueid\":12964421,\"total\":null}")));

        assertThat(pull()).singleElement().satisfies(cdr -> {
            assertThat(cdr.call().id()).isEqualTo("12964421");
            assertThat(cdr.billedSeconds()).isEqualTo(65L);
            assertThat(cdr.price()).isNull();
            assertThat(cdr.from()).isEqualTo(Party.of("+18195550100"));
        });
    }

    @Test
    @DisplayName("absent list and no_cdr are no calls; a record without an id is an error")
    void none() {
        on(asking("getCDR", "calltype=incoming"), status("no_cdr"));
        on(asking("getCDR", "calltype=outgoing"), success(""));
        assertThat(pull()).isEmpty();

        incoming("{\"date\":\"2026-03-01 07:00:00\"}");
        assertThatThrownBy(this::pull).isInstanceOf(ProtocolError.class).hasMessageContaining("uniqueid");
    }

    @ParameterizedTest
    @CsvSource({
        "'\\\"\\\" <8195550100>', +18195550100, ",
        "'\\\"8195550100\\\" <8195550100>', +18195550100, ",
        "'Roy <+18195550100>', +18195550100, Roy",
        "'\\\"Anonymous\\\" <anonymous>', '', ",
        "'', '', ",
        "4443, 4443, ",
        "'\\\"iNUM\\\" <883510000000091>', +883510000000091, iNUM"
    })
    @DisplayName("callers with and without a name, a number, or both")
    void callers(String written, String address, String name) {
        incoming(row("1", written, "4165550142", "ANSWERED", "0"));

        assertThat(pull())
                .singleElement()
                .satisfies(cdr -> assertThat(cdr.from()).isEqualTo(new Party(address, name)));
    }

    @Test
    @DisplayName("what began outside of the span is left out; its first instant counts and its last does not")
    void span() {
        incoming(String.join(
                ",",
                row("1", "1", "2", "ANSWERED", "0").replace("07:00:00", "00:00:00"),
                row("2", "1", "2", "ANSWERED", "0").replace("2026-03-01 07:00:00", "2026-02-28 23:59:59"),
                row("3", "1", "2", "ANSWERED", "0").replace("2026-03-01 07:00:00", "2026-03-02 00:00:00"),
                row("4", "1", "2", "ANSWERED", "0").replace("2026-03-01 07:00:00", "0000-00-00 00:00:00")));

        assertThat(pull()).extracting(cdr -> cdr.call().id()).containsExactly("1");
        assertThatThrownBy(() -> cdrs().pull(TO, FROM, cdr -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a call in the hour that comes twice is marked, and one an hour later is not")
    void ambiguous() {
        incoming(row("1", "1", "2", "ANSWERED", "0").replace("2026-03-01 07", "2025-11-02 01") + ","
                + row("2", "1", "2", "ANSWERED", "0").replace("2026-03-01 07", "2025-11-02 02"));

        List<ProviderCdr> all = new ArrayList<>();
        long count =
                cdrs().pull(Instant.parse("2025-11-02T00:00:00Z"), Instant.parse("2025-11-03T00:00:00Z"), all::add);

        assertThat(count).isEqualTo(2);
        assertThat(all.get(0).details()).containsEntry("date.ambiguous", "true");
        assertThat(all.get(0).started()).isEqualTo("2025-11-02T05:00:00Z");
        assertThat(all.get(1).details()).doesNotContainKey("date.ambiguous");
        assertThat(all.get(1).started()).isEqualTo("2025-11-02T07:00:00Z");
    }

    @Test
    @DisplayName("the clock of records can be exchanged")
    void otherClock() {
        incoming(row("1", "1", "2", "ANSWERED", "0"));
        List<ProviderCdr> all = new ArrayList<>();
        try (VoipMsProvider other =
                settings().recordClock(VoipMsClock.offsetOf(ZoneOffset.UTC)).build()) {
            long unused = other.require(ProviderCdrs.class).pull(FROM, TO, all::add);
        }

        assertThat(all)
                .singleElement()
                .satisfies(cdr -> assertThat(cdr.started()).isEqualTo("2026-03-01T07:00:00Z"));
        assertThat(form(requests().get(0))).containsEntry("timezone", "0");
    }

    @Test
    @DisplayName("92-day chunking: a quarter is asked for by the month, both ways")
    void quarter() {
        long unused = cdrs().pull(FROM.minus(Duration.ofDays(92)), FROM, cdr -> {});

        assertThat(sent()).hasSize(8).containsOnly("getCDR");
    }

    @Test
    @DisplayName(
            "a call is found among those of the last 92 days, the newest month first; a foreign one is not asked for")
    void find() {
        outgoing(row("7", "4165550142", "8195550100", "BUSY", "0"));

        assertThat(cdrs().find(new CallRef(voipms.id(), "7")))
                .hasValueSatisfying(cdr -> assertThat(cdr.disposition()).isEqualTo(Disposition.BUSY));
        assertThat(sent()).hasSize(2);
        assertThat(cdrs().find(new CallRef(voipms.id(), "8"))).isEmpty();
        assertThat(sent()).hasSize(10);
        assertThat(cdrs().find(new CallRef(new ProviderId("twilio"), "7"))).isEmpty();
        assertThat(sent()).hasSize(10);
    }

    @Test
    @DisplayName("where VoIP.ms fails half-way, that is said, and what was handed over was right")
    void halfway() {
        incoming(row("1", "1", "2", "ANSWERED", "0"));
        on(asking("getCDR", "calltype=outgoing"), page(522));
        List<ProviderCdr> all = new ArrayList<>();

        assertThatThrownBy(() -> cdrs().pull(FROM, TO, all::add)).isInstanceOf(ProviderUnavailable.class);
        assertThat(all).isEmpty();
    }

    private void incoming(String rows) {
        on(asking("getCDR", "calltype=incoming"), success("\"cdr\":[" + rows + "]"));
    }

    private void outgoing(String rows) {
        on(asking("getCDR", "calltype=outgoing"), success("\"cdr\":[" + rows + "]"));
    }

    private static String row(String id, String caller, String destination, String disposition, String total) {
        return "{\"date\":\"2026-03-01 07:00:00\",\"callerid\":\"" + caller + "\",\"destination\":\"" + destination
                + "\",\"description\":\"Inbound - Local Caller\",\"account\":\"100001_clinic\",\"disposition\":\""
                + disposition + "\",\"duration\":\"01:01:05\",\"seconds\":\"3665\",\"rate\":\"0.01000000\",\"total\":\""
                + total + "\",\"uniqueid\":\"" + id + "\",\"destination_type\":\"IN:USA\",\"call_logs\":[]}";
    }

    private ProviderCdrs cdrs() {
        return voipms.require(ProviderCdrs.class);
    }

    private List<ProviderCdr> pull() {
        List<ProviderCdr> all = new ArrayList<>();
        long count = cdrs().pull(FROM, TO, all::add);
        assertThat(count).isEqualTo(all.size());
        return all;
    }
}
