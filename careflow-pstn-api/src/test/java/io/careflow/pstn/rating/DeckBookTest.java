package io.careflow.pstn.rating;

import static io.careflow.pstn.rating.Decks.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.call.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DeckBookTest {
    private static final Instant T = Instant.parse("2026-04-01T00:00:00Z");

    private static RateDeck deck(String provider, int version) {
        return RateDeck.builder("d", Integer.toString(version), provider, Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .add(rate("1", version))
                .add(rate("44", version))
                .build();
    }

    private static Rate rate(String prefix, int price) {
        return Rate.builder(prefix)
                .perMinute(Integer.toString(price))
                .increments(60, 60)
                .build();
    }

    private static Charge charge(Rater rater, String provider, String number) {
        return Decks.charge(rater.rate(provider, Direction.OUTBOUND, RatedCall.answered(number, T, 1000)));
    }

    @Test
    void aDeckTakesThePlaceOfTheOneBeforeIt() {
        DeckBook book = new DeckBook(List.of(deck("a", 1), deck("b", 1)));
        Rater before = book.current();
        book.put(deck("a", 2));
        book.put(deck("c", 3));
        assertThat(charge(book.current(), "a", "1416").amount()).isEqualTo(usd("2"));
        assertThat(charge(book.current(), "b", "1416").amount()).isEqualTo(usd("1"));
        assertThat(charge(book.current(), "c", "1416").amount()).isEqualTo(usd("3"));
        assertThat(charge(before, "a", "1416").amount()).isEqualTo(usd("1"));
        book.remove("a", Direction.INBOUND);
        assertThat(book.decks()).hasSize(3);
        book.remove("a", Direction.OUTBOUND);
        assertThat(book.current().deck("a", Direction.OUTBOUND)).isEmpty();
        assertThat(book.decks()).extracting(RateDeck::provider).containsExactly("b", "c");
    }

    @Test
    void decksThatContradictEachOtherLeaveItAsItWas() {
        DeckBook book = new DeckBook(List.of(deck("a", 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> book.replaceAll(List.of(deck("a", 2), deck("a", 3))));
        assertThat(charge(book.current(), "a", "1416").amount()).isEqualTo(usd("1"));
        book.replaceAll(List.of(deck("b", 2)));
        assertThat(book.decks()).extracting(RateDeck::provider).containsExactly("b");
    }

    @Test
    void noLookUpMixesVersionsWhileTheyAreExchanged() throws Exception {
        DeckBook book = new DeckBook(List.of(deck("a", 1), deck("b", 1)));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch reading = new CountDownLatch(3);
        try {
            Callable<Integer> reader = () -> {
                int seen = 0;
                int last = 0;
                while (!over.get()) {
                    Rater rater = book.current();
                    int version = Integer.parseInt(charge(rater, "a", "1416").deckVersion());
                    for (Charge charge : List.of(
                            charge(rater, "a", "1416"), charge(rater, "a", "4420"), charge(rater, "b", "1416"))) {
                        assertThat(charge.deckVersion()).isEqualTo(Integer.toString(version));
                        assertThat(charge.amount()).isEqualTo(usd(Integer.toString(version)));
                    }
                    assertThat(version).isGreaterThanOrEqualTo(last);
                    seen += version == last ? 0 : 1;
                    last = version;
                    reading.countDown();
                }
                return seen;
            };
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(reader));
            }
            reading.await();
            for (int version = 2; version <= 2_000; version++) {
                book.replaceAll(List.of(deck("a", version), deck("b", version)));
            }
            over.set(true);
            for (Future<Integer> each : readers) {
                assertThat(each.get()).isPositive();
            }
            assertThat(charge(book.current(), "b", "44").amount()).isEqualTo(usd("2000"));
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void exchangesOfDifferentDecksAtOnceAreAllKept() throws Exception {
        DeckBook book = new DeckBook(List.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> writers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                RateDeck deck = deck("p" + i, i + 1);
                writers.add(Executors.callable(() -> book.put(deck)));
            }
            threads.invokeAll(writers);
            assertThat(book.decks()).hasSize(100);
        } finally {
            threads.shutdownNow();
        }
    }
}
