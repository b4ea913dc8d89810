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
    private final Rater rater = Rater.of(List.of(RateDeck.builder("in", "1", "telnyx", Direction.INBOUND)
            .currency(Currency.getInstance("USD"))
            .add(Rate.builder("1819").perMinute("0.006").increments(60, 60).build())
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

    private static Cdr cdr(@Nullable String carrier, String to, @Nullable Instant pickedUp) {
        Instant answered = pickedUp == null ? null : NOW.plusSeconds(31);
        Instant ended = NOW.plusSeconds(91);
        return new Cdr(
                new CallRef(new ProviderId("asterisk"), "c1"),
                TenantId.DEFAULT,
                Direction.INBOUND,
                carrier,
                Party.of("+14165550142"),
                Party.of(to),
                null,
                null,
                new CdrTimes(NOW, pickedUp, null, null, answered, answered == null ? null : ended, ended, true),
                Disposition.ANSWERED,
                HangupCause.NORMAL_CLEARING,
                ReleasedBy.CALLER,
                List.of(),
                null,
                CdrCost.UNRATED);
    }
}
