package io.careflow.pstn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;
import io.careflow.pstn.cdr.CdrLeg;
import io.careflow.pstn.cdr.CdrTimes;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeckPricingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Rater rater = Rater.of(List.of(
            RateDeck.builder("in", "1", "telnyx", Direction.INBOUND)
                    .currency(Currency.getInstance("USD"))
                    .add(Rate.builder("1819")
                            .perMinute("0.006")
                            .increments(60, 60)
                            .build())
                    .build(),
            RateDeck.builder("out", "1", "telnyx", Direction.OUTBOUND)
                    .currency(Currency.getInstance("USD"))
                    .add(Rate.builder("1819")
                            .perMinute("0.006")
                            .increments(60, 60)
                            .build())
                    .build()));
    private final DeckPricing pricing = new DeckPricing(() -> rater);

    @Test
    @DisplayName("an inbound call is priced from the moment it was picked up, not from the answer of the user")
    void pickedUp() {
        CdrCost cost = pricing.price(cdr("telnyx", "+18195550100", NOW.plusSeconds(1)));
        assertThat(cost.amount()).isEqualTo(Money.of("0.012000", "USD"));
        assertThat(cost.explanation()).contains("1819");
    }

    @Test
    @DisplayName("a call that was never picked up costs nothing, and says why")
    void unanswered() {
        CdrCost cost = pricing.price(cdr("telnyx", "+18195550100", null));
        assertThat(cost.isKnown()).isTrue();
        assertThat(cost.amount()).extracting(Money::signum).isEqualTo(0);
    }

    @Test
    @DisplayName("without a carrier, a number or a deck the cost is unknown, never zero")
    void unknown() {
        assertThat(pricing.price(cdr(null, "+18195550100", NOW)).explanation()).contains("carrier");
        assertThat(pricing.price(cdr("telnyx", "reception", NOW)).explanation()).contains("E.164");
        assertThat(pricing.price(cdr("other", "+18195550100", NOW)).isKnown()).isFalse();
        assertThat(pricing.price(cdr("telnyx", "+442071838750", NOW)).isKnown()).isFalse();
    }

    @Test
    @DisplayName("an inbound call that a telephone number answered has an unknown cost, not that of its first leg")
    void forwarded() {
        CdrCost cost = pricing.price(cdr(
                Direction.INBOUND,
                "telnyx",
                "+18195550100",
                NOW,
                List.of(leg("sip:1001", null), leg("+14165550111", NOW.plusSeconds(31)))));
        assertThat(cost.isKnown()).isFalse();
        assertThat(cost.explanation()).contains("+14165550111", "not known");
        CdrCost nobody = pricing.price(cdr(
                Direction.INBOUND,
                "telnyx",
                "+18195550100",
                NOW,
                List.of(leg("+14165550111", null), leg("sip:1001", NOW.plusSeconds(31)))));
        assertThat(nobody.isKnown()).isTrue();
    }

    @Test
    @DisplayName("a placed call is priced by its own leg; one that went on to another number has an unknown cost")
    void outbound() {
        List<CdrLeg> own = List.of(leg("+18195550100", NOW.plusSeconds(31)));
        assertThat(pricing.price(cdr(Direction.OUTBOUND, null, "+18195550100", NOW, own)))
                .isEqualTo(new CdrCost(null, null, "carrier is not known"));
        assertThat(pricing.price(cdr(Direction.OUTBOUND, null, "sip:1001", NOW, List.of()))
                        .isKnown())
                .isFalse();
        assertThat(pricing.price(cdr(Direction.OUTBOUND, "telnyx", "+18195550100", NOW, own))
                        .isKnown())
                .isTrue();
        List<CdrLeg> both = List.of(own.get(0), leg("+14165550111", NOW.plusSeconds(40)));
        assertThat(pricing.price(cdr(Direction.OUTBOUND, "telnyx", "+18195550100", NOW, both))
                        .explanation())
                .contains("+14165550111");
    }

    @Test
    @DisplayName("a call between own users costs 0, and only if its direction says so")
    void ownUsers() {
        CdrCost cost = pricing.price(cdr(Direction.ON_NET, null, "sip:1001", NOW, List.of()));
        assertThat(cost.amount()).isEqualTo(Money.of("0", "XXX"));
        assertThat(cost.explanation()).isEqualTo("between own users");
        assertThat(pricing.price(cdr(Direction.INBOUND, null, "sip:1001", NOW, List.of()))
                        .isKnown())
                .isFalse();
        assertThat(pricing.price(cdr(Direction.ON_NET, null, "+18195550100", NOW, List.of()))
                        .isKnown())
                .isFalse();
        List<CdrLeg> forwarded = List.of(leg("+14165550111", NOW.plusSeconds(31)));
        assertThat(pricing.price(cdr(Direction.ON_NET, null, "sip:1001", NOW, forwarded))
                        .isKnown())
                .isFalse();
    }

    @Test
    @DisplayName("a price that depends on the caller is that of this caller")
    void caller() {
        RateDeck deck = RateDeck.builder("in", "1", "telnyx", Direction.INBOUND)
                .currency(Currency.getInstance("USD"))
                .add(Rate.builder("1819").perMinute("0.006").increments(60, 60).build())
                .add(Rate.builder("1819")
                        .perMinute("0.05")
                        .increments(60, 60)
                        .originPrefix("1416")
                        .build())
                .build();
        CdrCost cost =
                new DeckPricing(() -> Rater.of(List.of(deck))).price(cdr("telnyx", "+18195550100", NOW.plusSeconds(1)));
        assertThat(cost.amount()).isEqualTo(Money.of("0.1", "USD"));
    }

    private static CdrLeg leg(String destination, @Nullable Instant answered) {
        return new CdrLeg(destination, destination, NOW, NOW, answered, NOW.plusSeconds(91), HangupCause.UNKNOWN);
    }

    private static Cdr cdr(@Nullable String carrier, String to, @Nullable Instant pickedUp) {
        return cdr(Direction.INBOUND, carrier, to, pickedUp, List.of());
    }

    private static Cdr cdr(
            Direction direction, @Nullable String carrier, String to, @Nullable Instant pickedUp, List<CdrLeg> legs) {
        Instant answered = pickedUp == null ? null : NOW.plusSeconds(31);
        Instant ended = NOW.plusSeconds(91);
        return new Cdr(
                new CallRef(new ProviderId("asterisk"), "c1"),
                TenantId.DEFAULT,
                direction,
                carrier,
                Party.of(direction == Direction.ON_NET ? "1002" : "+14165550142"),
                Party.of(to),
                null,
                null,
                new CdrTimes(NOW, pickedUp, null, null, answered, answered == null ? null : ended, ended, true),
                Disposition.ANSWERED,
                HangupCause.NORMAL_CLEARING,
                ReleasedBy.CALLER,
                legs,
                null,
                CdrCost.UNRATED);
    }
}
