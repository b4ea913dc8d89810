package io.careflow.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Allowance;
import io.careflow.pstn.rating.Margin;
import io.careflow.pstn.rating.Quote;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import io.careflow.pstn.rating.RatingResult;
import io.careflow.pstn.rating.RatingResult.Rated;
import io.careflow.pstn.rating.RunningCost;
import io.careflow.pstn.rating.WindowPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricesTest {
    /** A Monday, 17:58:30 in Toronto. */
    private final Instant answer = Instant.parse("2026-03-02T22:58:30Z");

    private final Clock clock = Clock.fixed(answer.plusSeconds(61), ZoneOffset.UTC);

    @Test
    void hoursAndQuotes() {
        Rater customers = Rater.of(List.of(retail()));
        Rater carriers = Rater.of(List.of(RateDeck.builder("telnyx", "1", "telnyx", Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .add(Rate.builder("1").perMinute("0.005").increments(60, 60).build())
                .build()));
        // snippet: quotes
        Quote quote = customers.quote("customers", Direction.OUTBOUND, "14165550100", answer);
        Optional<Money> perMinute = quote.perMinute();
        RatingResult tenMinutes = quote.forMinutes(10);
        Allowance allowance = quote.affordable(Money.of("0.50", "USD"), Duration.ofHours(1));
        RunningCost running = quote.running(clock);
        Margin margin = Margin.of(
                tenMinutes,
                carriers.quote("telnyx", Direction.OUTBOUND, "14165550100", answer)
                        .forMinutes(10));
        // end
        assertThat(perMinute).contains(Money.of("0.02", "USD"));
        assertThat(amount(tenMinutes)).isEqualTo(Money.of("0.115", "USD"));
        assertThat(allowance.talk()).isEqualTo(Duration.ofSeconds(2910));
        assertThat(amount(running.now())).isEqualTo(Money.of("0.022", "USD"));
        assertThat(margin)
                .isInstanceOfSatisfying(
                        Margin.Known.class, known -> assertThat(known.amount()).isEqualTo(Money.of("0.065", "USD")));
    }

    private static RateDeck retail() {
        // snippet: hours
        RateDeck retail = RateDeck.builder("retail", "2026-11", "customers", Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .zone(ZoneId.of("America/Toronto"))
                .windowPolicy(WindowPolicy.SPLIT)
                .add(Rate.builder("1")
                        .perMinute("0.02")
                        .increments(60, 6)
                        .windows("MON-FRI 08:00-18:00")
                        .build())
                .add(Rate.builder("1").perMinute("0.01").increments(60, 6).build())
                .build();
        // end
        return retail;
    }

    private static Money amount(RatingResult result) {
        return ((Rated) result).charge().amount();
    }
}
