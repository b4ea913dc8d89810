package io.careflow.pstn.csv;

import static io.careflow.pstn.csv.Lists.deck;
import static io.careflow.pstn.csv.Lists.load;
import static io.careflow.pstn.csv.Lists.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.careflow.pstn.rating.MaximumPolicy;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateBuilder;
import io.careflow.pstn.rating.RateDeck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeckWriterTest {
    private static final Instant T = Instant.parse("2026-07-01T00:00:00Z");

    private static RateBuilder rate(String prefix) {
        return Rate.builder(prefix).perMinute("0.012").increments(60, 6);
    }

    private static RateDeck full() {
        return Lists.builder()
                .add(rate("44").effectiveTo(T).build())
                .add(rate("44").effectiveFrom(T).connectionFee("0.5").build())
                .add(rate("0723")
                        .windows("MON-FRI 08:00-18:00", "SAT 09:00-12:00")
                        .build())
                .add(rate("0723")
                        .graceSeconds(3)
                        .includedSeconds(4)
                        .minimumCharge("1")
                        .build())
                .add(rate("1").originPrefix("49").build())
                .add(Rate.builder("1900").rejecting().build())
                .add(rate("52")
                        .maximumCharge("2", MaximumPolicy.DISCONNECT)
                        .tier(600, "0.006", 6)
                        .tier(1200, "0", 1)
                        .build())
                .add(rate("53").maximumCharge("3", MaximumPolicy.FREE).build())
                .add(Rate.catchAll().perMinute("1.5").increments(1, 1).build())
                .build();
    }

    private static byte[] write(CsvFormatBuilder format, RateDeck deck) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DeckWriter(format.build()).write(deck, out);
        return out.toByteArray();
    }

    private static List<Rate> rates(RateDeck deck) {
        return IntStream.range(0, deck.size()).mapToObj(deck::rate).toList();
    }

    @Test
    void whatItWritesIsReadBackAsTheSameRates() throws IOException {
        CsvFormatBuilder all = CsvFormat.builder().columns(RateColumn.values());
        assertThat(rates(deck(load(all, write(all, full()))))).containsExactlyInAnyOrderElementsOf(rates(full()));
        CsvFormatBuilder other = CsvFormat.builder()
                .columns(RateColumn.values())
                .separator(';')
                .decimalComma()
                .unit(PriceUnit.HUNDREDTHS_PER_SECOND)
                .dates("dd/MM/uuuu HH:mm", ZoneId.of("Asia/Kolkata"))
                .charset(StandardCharsets.UTF_16LE);
        assertThat(rates(deck(load(other, write(other, full()))))).containsExactlyInAnyOrderElementsOf(rates(full()));
    }

    @Test
    void writesByPlaces() throws IOException {
        CsvFormatBuilder format = CsvFormat.builder()
                .column(RateColumn.PRICE, 2)
                .column(RateColumn.PREFIX, 0)
                .increments(60, 6);
        byte[] bytes = write(format, Lists.builder().add(rate("44").build()).build());
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("44,,0.012\n");
    }

    @Test
    void refusesWhatTheFormatWouldLoseAndWritesNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeckWriter writer = new DeckWriter(plain().build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.write(
                        Lists.builder()
                                .add(rate("1").build())
                                .add(rate("44").connectionFee("1").build())
                                .build(),
                        out))
                .withMessage("the format has no column connection_fee, which prefix 44 needs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.write(
                        Lists.builder()
                                .add(rate("44")
                                        .maximumCharge("1", MaximumPolicy.FREE)
                                        .build())
                                .build(),
                        out))
                .withMessage("the format has no column maximum_charge, which prefix 44 needs");
        DeckWriter capped =
                new DeckWriter(plain().columns(RateColumn.MAXIMUM_CHARGE).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> capped.write(
                        Lists.builder()
                                .add(rate("44")
                                        .maximumCharge("1", MaximumPolicy.DISCONNECT)
                                        .build())
                                .build(),
                        out))
                .withMessage("the format has no column maximum_policy, which prefix 44 needs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.write(
                        Lists.builder().add(rate("44").tier(60, "1", 1).build()).build(), out))
                .withMessage("the format has no column tiers, which prefix 44 needs");
        assertThat(out.size()).isZero();
    }

    @Test
    void refusesAPriceThatDoesNotEndInTheUnitAndADateThatDoesNotFitThePattern() {
        CsvFormatBuilder seconds = plain().unit(PriceUnit.PER_SECOND);
        RateDeck deck =
                Lists.builder().add(rate("44").perMinute("0.01").build()).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(seconds, deck))
                .withMessage("the price of prefix 44 is no decimal in the unit PER_SECOND");
        CsvFormatBuilder days = plain().columns(RateColumn.EFFECTIVE_FROM).dates("dd.MM.uuuu", ZoneId.of("UTC"));
        RateDeck noon = Lists.builder()
                .add(rate("44").effectiveFrom(T.plusSeconds(60)).build())
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(days, noon))
                .withMessageContaining("the dates of prefix 44 cannot be written exactly");
    }
}
