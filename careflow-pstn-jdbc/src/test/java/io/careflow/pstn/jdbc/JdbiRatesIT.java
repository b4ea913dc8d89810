package io.careflow.pstn.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.ChannelPlan;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class JdbiRatesIT {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private final DataSource dataSource = TestPostgres.emptyDatabase();
    private final JdbiRates rates = TestPostgres.open(dataSource).rates();

    @Test
    @DisplayName("a deck comes back exactly, rejecting rates, periods and the catch-all included")
    void roundTrip() {
        Rate old = Rate.builder("1416")
                .perMinute("0.0123456789")
                .increments(60, 6)
                .connectionFee("0.01")
                .minimumCharge("0.02")
                .graceSeconds(3)
                .effectiveTo(NEW_YEAR)
                .build();
        Rate current = Rate.builder("1416")
                .perMinute("0.012")
                .increments(6, 6)
                .effectiveFrom(NEW_YEAR)
                .build();
        Rate premium = Rate.builder("1900").rejecting().build();
        Rate rest = Rate.catchAll().perMinute("1").increments(60, 60).build();
        rates.replace(sheet("7", List.of(old, current, premium, rest)));

        RateDeck deck = rates.load().deck("telnyx", Direction.OUTBOUND).orElseThrow();

        assertThat(deck).hasToString("list/7 (telnyx OUTBOUND, CAD, 4 rates)");
        assertThat(deck.find("14165550100", NEW_YEAR.minusMillis(1))).contains(old);
        assertThat(deck.find("14165550100", NEW_YEAR)).contains(current);
        assertThat(deck.find("19005550100", NEW_YEAR)).contains(premium);
        assertThat(deck.find("442079460000", NEW_YEAR)).contains(rest);
    }

    @Test
    @DisplayName("rows as the application already writes them are a deck by country code")
    void plainRows() {
        execute("INSERT INTO call_rates (provider, country_code, rate_per_minute) VALUES ('voipms', '44', 0.02)");

        RateDeck deck = rates.load().deck("voipms", Direction.OUTBOUND).orElseThrow();

        assertThat(deck.find("442079460000", NEW_YEAR).orElseThrow()).hasToString("44: 0.02/min 60/60");
        assertThat(deck.find("14165550100", NEW_YEAR)).isEmpty();
    }

    @Test
    @DisplayName("two rates for one prefix at one time are refused, before and after they are stored")
    void twins() {
        rates.replace(sheet("1", List.of(rate("1", "0.5"))));

        assertThatThrownBy(() -> rates.replace(sheet("2", List.of(rate("1", "0.5"), rate("1", "0.6")))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(rates.load().deck("telnyx", Direction.OUTBOUND).orElseThrow().version())
                .isEqualTo("1");
        execute("INSERT INTO call_rates (provider, country_code, rate_per_minute, currency, deck_id)"
                + " VALUES ('telnyx', '1', 0.02, 'CAD', 'list')");
        assertThatThrownBy(rates::load).isInstanceOf(StoreRefused.class).hasMessageContaining("rows");
    }

    @Test
    @DisplayName("rows of one deck that disagree in currency are refused by row")
    void mixedCurrency() {
        execute(
                "INSERT INTO call_rates (provider, country_code, rate_per_minute, currency) VALUES ('v', '1', 1, 'USD'),"
                        + " ('v', '44', 1, 'CAD')");

        assertThatThrownBy(rates::load).isInstanceOf(StoreRefused.class).hasMessageContaining("row 2");
    }

    @Test
    @DisplayName("changed rates come into use by themselves; rates that cannot be read leave the last good ones in use")
    void reloading() {
        rates.replace(sheet("1", List.of(rate("1", "0.5"))));
        try (ReloadingRates current = rates.reloading(Duration.ofMillis(50))) {
            assertThat(version(current.get())).isEqualTo("1");

            rates.replace(sheet("2", List.of(rate("1", "0.6"))));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> version(current.get()).equals("2"));

            execute("ALTER TABLE call_rates RENAME TO gone");
            assertThat(current.reload()).isFalse();
            assertThat(version(current.get())).isEqualTo("2");

            execute("ALTER TABLE gone RENAME TO call_rates");
            rates.replace(sheet("3", List.of(rate("1", "0.7"))));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> version(current.get()).equals("3"));
        }
    }

    @Test
    @DisplayName("as long as none were ever read there is no price, and the first good reading ends that")
    void neverLoaded() {
        execute("ALTER TABLE call_rates RENAME TO gone");
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try (ReloadingRates current = rates.reloading(Duration.ofHours(1), executor, Clock.systemUTC())) {
            assertThatThrownBy(current::get).isInstanceOf(StoreUnavailable.class);
            assertThat(current.loadedAt()).isEmpty();

            execute("ALTER TABLE gone RENAME TO call_rates");
            assertThat(current.reload()).isTrue();
            assertThat(current.get()).isNotNull();
        } finally {
            executor.shutdownNow();
        }
    }

    @RepeatedTest(20)
    @DisplayName("any rates come back as they were, in their order, whatever they hold")
    void anyRates(RepetitionInfo round) {
        RateSheet sheet = RandomRates.sheet(new Random(20261122L + round.getCurrentRepetition()));

        rates.replace(sheet);

        assertThat(rates.sheet(sheet.provider(), sheet.direction())).contains(sheet);
        RateDeck deck = rates.load().deck(sheet.provider(), sheet.direction()).orElseThrow();
        assertThat(deck).hasToString(sheet.toDeck().toString());
        assertThat(deck.zone()).isEqualTo(sheet.toDeck().zone());
        assertThat(deck.windowPolicy()).isEqualTo(sheet.windowPolicy());
        assertThat(deck.incrementPolicy()).isEqualTo(sheet.incrementPolicy());
        assertThat(deck.roundingStage()).isEqualTo(sheet.roundingStage());
        assertThat(rates.sheet("nobody", Direction.INBOUND)).isEmpty();
    }

    @Test
    @DisplayName("the next price list is loaded ahead, and holds from its instant on without another reading")
    void loadedAhead() {
        Instant later = NEW_YEAR.plusSeconds(1);
        Rate until = Rate.builder("44")
                .perMinute("9")
                .increments(1, 1)
                .effectiveTo(NEW_YEAR)
                .build();
        Rate planned = Rate.builder("33")
                .perMinute("3")
                .increments(1, 1)
                .effectiveFrom(later)
                .build();
        rates.replace(sheet("1", List.of(rate("1", "0.5"), rate("7", "0.7"), until, planned)));

        rates.replaceFrom(NEW_YEAR, sheet("2", List.of(rate("1", "0.6"), until)));

        Rater read = rates.load();
        assertThat(perMinute(read, "14165550100", NEW_YEAR.minusMillis(1))).isEqualTo("0.5");
        assertThat(perMinute(read, "14165550100", NEW_YEAR)).isEqualTo("0.6");
        assertThat(perMinute(read, "442079460000", NEW_YEAR.minusMillis(1))).isEqualTo("9");
        assertThat(perMinute(read, "74950000000", NEW_YEAR.minusMillis(1))).isEqualTo("0.7");
        assertThat(perMinute(read, "74950000000", NEW_YEAR)).isEqualTo("none");
        assertThat(perMinute(read, "33155550100", later))
                .as("planned before, and overtaken")
                .isEqualTo("none");
        assertThat(version(read)).isEqualTo("2");
    }

    @Test
    @DisplayName("a price list loaded ahead gives the deck its name when it holds, not before")
    void nameOfTheDeck() {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        rates.replaceFrom(tomorrow, sheet("1", List.of(rate("1", "0.5"))));
        assertThat(version(rates.load())).as("nothing else is stored").isEqualTo("1");

        rates.replace(sheet("1", List.of(rate("1", "0.5"))));
        rates.replaceFrom(tomorrow, sheet("2", List.of(rate("1", "0.6"))));
        assertThat(version(rates.load())).isEqualTo("1");
        assertThat(perMinute(rates.load(), "14165550100", tomorrow)).isEqualTo("0.6");
        assertThat(rates.sheet("telnyx", Direction.OUTBOUND).orElseThrow().version())
                .isEqualTo("1");

        // The day has come.
        execute("UPDATE call_rates SET effective_from = effective_from - interval '2 days',"
                + " effective_to = effective_to - interval '2 days'");
        assertThat(version(rates.load())).isEqualTo("2");

        execute("UPDATE call_rates SET effective_to = now() + interval '1 day' WHERE deck_version = '1'");
        assertThatThrownBy(rates::load)
                .as("two names that hold at once")
                .isInstanceOf(StoreRefused.class)
                .hasMessageContaining("version");
    }

    @Test
    @DisplayName("a deck is stored as it is, and how far that has come is told; who does not want it any more stops it")
    void ofADeck() {
        List<Rate> many = IntStream.range(0, 9_000)
                .mapToObj(i -> rate("9" + (10_000 + i), "0.01"))
                .toList();
        RateDeck deck = sheet("1", many).toDeck();
        List<Integer> told = new ArrayList<>();

        rates.replace(RateSheet.of(deck), told::add);

        assertThat(told).containsExactly(4_000, 8_000, 9_000);
        assertThat(rates.sheet("telnyx", Direction.OUTBOUND)).contains(RateSheet.of(deck));
        assertThatThrownBy(() -> rates.replace(sheet("2", List.of(rate("1", "0.5"))), written -> {
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(version(rates.load())).isEqualTo("1");
        ChannelPlan flat = new ChannelPlan("flat", 2, Money.of("20", "CAD"), Set.of("1"), Set.of());
        RateDeck planned = RateDeck.builder("list", "1", "telnyx", Direction.OUTBOUND)
                .currency(Currency.getInstance("CAD"))
                .channelPlan(flat)
                .add(rate("44", "0.5"))
                .build();
        assertThatThrownBy(() -> RateSheet.of(planned)).hasMessageContaining("flat-rate channels");
    }

    @Test
    @DisplayName("a next price list in another currency, or that is over before it begins, changes nothing")
    void notAhead() {
        rates.replace(sheet("1", List.of(rate("1", "0.5"))));
        RateSheet dollars = RateSheet.of(
                "list", "2", "telnyx", Direction.OUTBOUND, Currency.getInstance("USD"), List.of(rate("1", "0.6")));
        Rate old = Rate.builder("1")
                .perMinute("1")
                .increments(1, 1)
                .effectiveTo(NEW_YEAR)
                .build();

        assertThatThrownBy(() -> rates.replaceFrom(NEW_YEAR, dollars))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("currency");
        assertThatThrownBy(() -> rates.replaceFrom(NEW_YEAR, sheet("2", List.of(old))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds");
        assertThat(rates.sheet("telnyx", Direction.OUTBOUND)).contains(sheet("1", List.of(rate("1", "0.5"))));
    }

    @Test
    @DisplayName(
            "100,000 rates are replaced in one go, and a replacement that the database refuses leaves the old ones")
    void bulk() {
        List<Rate> many = IntStream.range(0, 100_000)
                .mapToObj(i -> rate("9" + (100_000 + i), "0.01"))
                .toList();
        long before = System.nanoTime();
        rates.replace(sheet("many", many));
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertThat(took).isLessThan(Duration.ofSeconds(60));

        execute("ALTER TABLE call_rates ADD CONSTRAINT cheap CHECK (rate_per_minute < 1)");
        assertThatThrownBy(() -> rates.replace(sheet("dear", List.of(rate("1", "0.5"), rate("2", "1.5")))))
                .isInstanceOf(StoreRefused.class);

        RateDeck deck = rates.load().deck("telnyx", Direction.OUTBOUND).orElseThrow();
        assertThat(deck).hasToString("list/many (telnyx OUTBOUND, CAD, 100000 rates)");
    }

    private static String perMinute(Rater rater, String digits, Instant at) {
        return rater.deck("telnyx", Direction.OUTBOUND)
                .orElseThrow()
                .find(digits, at)
                .map(rate -> rate.perMinute().toPlainString())
                .orElse("none");
    }

    private static RateSheet sheet(String version, List<Rate> rates) {
        return RateSheet.of("list", version, "telnyx", Direction.OUTBOUND, Currency.getInstance("CAD"), rates);
    }

    private static Rate rate(String prefix, String price) {
        return Rate.builder(prefix).perMinute(price).increments(60, 6).build();
    }

    private static String version(Rater rater) {
        return rater.deck("telnyx", Direction.OUTBOUND).orElseThrow().version();
    }

    private void execute(String sql) {
        Jdbi.create(dataSource).useHandle(handle -> handle.execute(sql));
    }
}
