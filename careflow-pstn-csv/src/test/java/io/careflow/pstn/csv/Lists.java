package io.careflow.pstn.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/** Reads lists that stand in a test. */
final class Lists {
    static CsvFormatBuilder plain() {
        return CsvFormat.builder().columns(RateColumn.PREFIX, RateColumn.PRICE, RateColumn.INCREMENTS);
    }

    private Lists() {}

    static RateDeckBuilder builder() {
        return RateDeck.builder("d", "1", "carrier", Direction.OUTBOUND)
                .currency(Currency.getInstance("USD"))
                .zone(ZoneOffset.UTC);
    }

    static DeckLoad load(CsvFormatBuilder format, String text) {
        return load(format, text.getBytes(StandardCharsets.UTF_8));
    }

    static DeckLoad load(CsvFormatBuilder format, byte[] bytes) {
        try {
            return new DeckReader(format.build())
                    .read(new ByteArrayInputStream(bytes), builder(), row -> {}, LoadProgress.none());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RateDeck deck(DeckLoad load) {
        assertThat(load).isInstanceOf(DeckLoad.Loaded.class);
        return ((DeckLoad.Loaded) load).deck();
    }

    static List<String> problems(DeckLoad load) {
        assertThat(load).isInstanceOf(DeckLoad.Refused.class);
        return ((DeckLoad.Refused) load).first().stream().map(BadRow::toString).toList();
    }

    static List<String> rates(DeckLoad load) {
        RateDeck deck = deck(load);
        return IntStream.range(0, deck.size())
                .mapToObj(i -> deck.rate(i).toString())
                .toList();
    }
}
