package io.careflow.pstn.rating;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.careflow.pstn.call.Direction;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupAllocationTest {

    private static final Instant T = Instant.parse("2026-04-01T15:00:00Z");
    private static final List<String> NUMBERS = List.of(
            "14165550100", "442071234567", "4420", "393312345678", "8613912345678", "9", "12345678901234567890");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int found;

    @Test
    void lookingUpAllocatesNothingNeitherForDatesNorHoursNorNumbersWithoutRate() {
        RateDeck deck = deck();
        Runnable lookups = () -> lookups(deck);
        lookups.run();
        assertThat(bytes(lookups)).isZero();
        assertThat(found).isEqualTo(2 * 1_000 * 6);
    }

    /** That the counter counts. */
    @Test
    void makingARateDoes() {
        RateDeck deck = deck();
        assertThat(bytes(() -> found +=
                        deck.find("14165550100", T).orElseThrow().prefix().length()))
                .isPositive();
    }

    private void lookups(RateDeck deck) {
        for (int round = 0; round < 1_000; round++) {
            for (int i = 0; i < NUMBERS.size(); i++) {
                found += deck.indexOf(NUMBERS.get(i), T) >= 0 ? 1 : 0;
            }
        }
    }

    private long bytes(Runnable work) {
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static RateDeck deck() {
        RateDeckBuilder deck = RateDeck.builder("d", "1", "carrier", Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .zone(ZoneId.of("America/New_York"));
        for (int i = 1_000; i < 9_000; i++) {
            if (i != 4_420) {
                deck.add(rate(Integer.toString(i)).build());
            }
        }
        return deck.add(rate("1").build())
                .add(rate("44").build())
                .add(rate("4420").windows("MON-FRI 08:00-18:00").build())
                .add(rate("44207").effectiveTo(T).build())
                .add(rate("44207").effectiveFrom(T).build())
                .add(rate("393").effectiveTo(T).build())
                .build();
    }

    private static RateBuilder rate(String prefix) {
        return Rate.builder(prefix).perMinute("0.01").increments(60, 6);
    }
}
