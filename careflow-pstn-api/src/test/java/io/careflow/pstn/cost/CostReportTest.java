package io.careflow.pstn.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.ProviderId;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.message.Message;
import io.careflow.pstn.message.MessageRef;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.money.Rounding;
import io.careflow.pstn.rating.ExactTotal;
import io.careflow.pstn.rating.Fee;
import io.careflow.pstn.recording.Recording;
import io.careflow.pstn.recording.RecordingRef;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CostReportTest {
    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final String US = "+12125550123";
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency CAD = Currency.getInstance("CAD");

    private static CostReportBuilder march() {
        return CostReport.over(MARCH, MARCH, TORONTO, Instant.parse("2026-04-02T00:00:00Z"));
    }

    @Test
    void callsAreCountedByProviderNumberUserAndCountry() {
        CostReport report = march().add(Calls.out("telnyx", "2026-03-05T12:00:00Z", 90, US, "0.015 USD"))
                .add(Calls.call(
                        Direction.INBOUND,
                        Disposition.ANSWERED,
                        "voipms",
                        "2026-03-06T12:00:00Z",
                        30,
                        "+442079460018",
                        "0.005 USD"))
                .build();
        CostMonth month = report.months().get(0);
        assertThat(amount(month.sums(), USD)).isEqualTo("0.02");
        assertThat(month.sums().part(CostKind.CALLS_OUT).millis()).isEqualTo(90_000);
        assertThat(month.sums().part(CostKind.CALLS_IN).count()).isEqualTo(1);
        assertThat(month.by(CostDimension.PROVIDER)).extracting(CostGroup::name).containsExactly("telnyx", "voipms");
        assertThat(month.by(CostDimension.COUNTRY)).extracting(CostGroup::name).containsExactly("GB", "US");
        assertThat(month.by(CostDimension.NUMBER)).extracting(CostGroup::name).containsExactly(Calls.OURS);
        assertThat(month.by(CostDimension.USER)).extracting(CostGroup::name).containsExactly("anna");
    }

    @Test
    void exactAmountsAreAddedAndNotTheBookedOnes() {
        CostReportBuilder report = march();
        for (int second = 10; second < 20; second++) {
            report.add(Calls.out("telnyx", "2026-03-05T12:00:" + second + "Z", 20, US, "0.0043333333 USD"));
        }
        assertThat(amount(report.build().sums(), USD)).isEqualTo("0.043333333");
    }

    @Test
    void anUnknownPriceIsCountedAndNamedAndNeverZero() {
        CostSums sums = march().add(Calls.out("telnyx", "2026-03-05T12:00:00Z", 90, US, "0.015 USD"))
                .add(Calls.out("telnyx", "2026-03-05T13:00:00Z", 90, US, null))
                .number(NumberRental.of("telnyx", new PhoneNumber(Calls.OURS), null))
                .build()
                .sums();
        assertThat(sums.unknown()).isEqualTo(2);
        assertThat(sums.part(CostKind.CALLS_OUT).reasons()).containsExactly("no rate here");
        assertThat(sums.part(CostKind.NUMBERS).reasons()).containsExactly("rental of " + Calls.OURS);
        assertThat(sums.part(CostKind.NUMBERS).amounts()).isEmpty();
        assertThat(amount(sums, USD)).isEqualTo("0.015");
    }

    @Test
    void whatAGuardRefusedAndWhatIsOnNetHasNoPriceToKnow() {
        CostSums sums = march().add(Calls.call(
                        Direction.OUTBOUND, Disposition.DENIED, "telnyx", "2026-03-05T12:00:00Z", 0, US, null))
                .add(Calls.call(
                        Direction.ON_NET, Disposition.ANSWERED, "telnyx", "2026-03-05T12:00:00Z", 60, "bob", null))
                .build()
                .sums();
        assertThat(sums.unknown()).isZero();
        assertThat(sums.totals()).isEmpty();
        assertThat(sums.part(CostKind.CALLS_ON_NET).millis()).isEqualTo(60_000);
    }

    @Test
    void currenciesAreNeverMixed() {
        CostSums sums = march().add(Calls.out("telnyx", "2026-03-05T12:00:00Z", 90, US, "1 USD"))
                .add(Calls.out("voipms", "2026-03-05T12:00:00Z", 90, US, "2 CAD"))
                .build()
                .sums();
        assertThat(sums.totals().keySet()).containsExactly(CAD, USD);
        assertThat(amount(sums, USD)).isEqualTo("1");
        assertThat(amount(sums, CAD)).isEqualTo("2");
    }

    @Test
    void aMonthWithoutAnythingIsThereAndEmpty() {
        CostReport report = CostReport.over(MARCH.minusMonths(1), MARCH, TORONTO, Instant.parse("2026-04-02T00:00:00Z"))
                .add(Calls.out("telnyx", "2026-03-05T12:00:00Z", 90, US, "1 USD"))
                .build();
        assertThat(report.months()).extracting(CostMonth::month).containsExactly(MARCH.minusMonths(1), MARCH);
        assertThat(report.months().get(0).sums()).isEqualTo(CostSums.NONE);
        assertThat(report.projection()).isEmpty();
    }

    @Test
    void monthsBeginByTheClockOfTheZone() {
        CostReportBuilder two =
                CostReport.over(MARCH.minusMonths(1), MARCH, TORONTO, Instant.parse("2026-04-02T00:00:00Z"));
        assertThat(two.query().from()).isEqualTo("2026-02-01T05:00:00Z");
        assertThat(two.query().to()).isEqualTo("2026-04-01T04:00:00Z");
        CostReport report = two.add(Calls.out("telnyx", "2026-03-01T04:59:59.999Z", 1, US, "1 USD"))
                .add(Calls.out("telnyx", "2026-03-01T05:00:00Z", 1, US, "2 USD"))
                .build();
        assertThat(report.months())
                .extracting(month -> amount(month.sums(), USD))
                .containsExactly("1", "2");
        assertThatThrownBy(() -> march().add(Calls.out("telnyx", "2026-04-01T04:00:00Z", 1, US, "1 USD")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not in a month from 2026-03 to 2026-03, America/Toronto");
    }

    @Test
    void aMonthInWhichClocksChangeIsProjectedByItsRealLength() {
        Instant half = Instant.parse("2026-03-16T16:30:00Z");
        CostReport report = CostReport.over(MARCH, MARCH, TORONTO, half)
                .plan("voipms", Fee.of("flat", Money.of("10", "USD")))
                .number(NumberRental.of("telnyx", new PhoneNumber(Calls.OURS), Money.of("3", "USD")))
                .add(Calls.out("telnyx", "2026-03-05T12:00:00Z", 90, US, "4 USD"))
                .build();
        Projection projection = report.projection().orElseThrow();
        assertThat(projection.whole()).isEqualTo(Duration.ofHours(31 * 24 - 1));
        assertThat(projection.elapsed()).isEqualTo(projection.whole().dividedBy(2));
        assertThat(projection.totals()).containsExactly(Map.entry(USD, total("21")));
    }

    @Test
    void feesOfMonthsThatHaveNotBegunAreNotCounted() {
        CostReport report = CostReport.over(MARCH, MARCH.plusMonths(1), TORONTO, Instant.parse("2026-03-20T00:00:00Z"))
                .number(NumberRental.of("telnyx", new PhoneNumber(Calls.OURS), Money.of("3", "USD")))
                .build();
        assertThat(report.months())
                .extracting(month -> month.sums().part(CostKind.NUMBERS).count())
                .containsExactly(1L, 0L);
    }

    @Test
    void aRentalIsPaidFromItsFirstToItsLastMonth() {
        NumberRental rental =
                new NumberRental("telnyx", new PhoneNumber(Calls.OURS), "anna", Money.of("3", "USD"), MARCH, MARCH);
        CostReport report = CostReport.over(
                        MARCH.minusMonths(1), MARCH.plusMonths(1), TORONTO, Instant.parse("2026-06-01T00:00:00Z"))
                .number(rental)
                .build();
        assertThat(report.months())
                .extracting(month -> month.sums().part(CostKind.NUMBERS).count())
                .containsExactly(0L, 1L, 0L);
        assertThat(report.by(CostDimension.USER)).extracting(CostGroup::name).containsExactly("anna");
    }

    @Test
    void theFeeOfAFlatRateIsAllocatedByTalkAndStaysApart() {
        CostReport report = march().plan(
                        "flat", Fee.of("channels", Money.of("10", "USD")).times(3))
                .add(Calls.out("flat", "2026-03-05T12:00:00Z", 100, US, "0 USD"))
                .add(Calls.out("flat", "2026-03-05T13:00:00Z", 200, "+442079460018", "0 USD"))
                .add(Calls.out("telnyx", "2026-03-05T14:00:00Z", 600, US, "1 USD"))
                .build();
        CostMonth month = report.months().get(0);
        assertThat(amount(month.sums(), USD)).isEqualTo("31");
        assertThat(month.sums().marginal()).containsExactly(Map.entry(USD, total("1")));
        CostGroup british = month.by(CostDimension.COUNTRY).get(0);
        assertThat(british.allocated()).containsExactly(Map.entry(USD, total("20")));
        assertThat(british.sums().totals()).containsExactly(Map.entry(USD, total("0")));
        assertThat(month.by(CostDimension.COUNTRY).get(1).allocated()).containsExactly(Map.entry(USD, total("10")));
        CostGroup provider = month.by(CostDimension.PROVIDER).get(0);
        assertThat(provider.name()).isEqualTo("flat");
        assertThat(provider.sums().monthly()).containsExactly(Map.entry(USD, total("30")));
        assertThat(month.by(CostDimension.PROVIDER).get(1).allocated()).isEmpty();
    }

    @Test
    void aFlatRateThatIsToldAfterCallsIsRefused() {
        CostReportBuilder report = march().add(Calls.out("flat", "2026-03-05T12:00:00Z", 100, US, "0 USD"));
        assertThatThrownBy(() -> report.plan("flat", Fee.of("channels", Money.of("10", "USD"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tell it before");
    }

    @Test
    void textsAndRecordingsAreCountedAndThoseWithoutADateSaid() {
        Instant at = Instant.parse("2026-03-05T12:00:00Z");
        CostReport report = march().add(text("m1", Message.Status.SENT, Money.of("0.0075", "USD"), at))
                .add(text("m2", Message.Status.RECEIVED, null, at))
                .add(text("m3", Message.Status.SENT, Money.of("0.0075", "USD"), null))
                .add(recording("r1", at), Money.of("0.0025", "USD"))
                .add(recording("r2", at), null)
                .add(recording("r3", null), null)
                .build();
        assertThat(report.undated()).isEqualTo(2);
        CostSums sums = report.sums();
        assertThat(sums.part(CostKind.MESSAGES_OUT).count()).isEqualTo(1);
        assertThat(sums.part(CostKind.MESSAGES_IN).unknown()).isEqualTo(1);
        assertThat(sums.part(CostKind.RECORDINGS).millis()).isEqualTo(120_000);
        assertThat(sums.unknown()).isEqualTo(2);
        assertThat(amount(sums, USD)).isEqualTo("0.01");
    }

    private static Message text(String id, Message.Status status, @Nullable Money price, @Nullable Instant at) {
        MessageRef ref = new MessageRef(new ProviderId("telnyx"), id);
        return new Message(ref, Calls.OURS, US, status, "raw", 1, price, null, at);
    }

    private static Recording recording(String id, @Nullable Instant at) {
        RecordingRef ref = new RecordingRef(new ProviderId("telnyx"), id);
        return new Recording(ref, null, Recording.Status.READY, "raw", at, Duration.ofMinutes(1), 1);
    }

    private static ExactTotal total(String amount) {
        return ExactTotal.in(USD).plus(Money.of(amount, "USD"));
    }

    private static String amount(CostSums sums, Currency currency) {
        return sums.totals()
                .getOrDefault(currency, ExactTotal.in(currency))
                .amount(Rounding.NONE)
                .amount()
                .toPlainString();
    }
}
