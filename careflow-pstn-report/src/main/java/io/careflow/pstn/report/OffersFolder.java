package io.careflow.pstn.report;

import io.careflow.pstn.call.Direction;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cost.Offer;
import io.careflow.pstn.csv.CsvFormat;
import io.careflow.pstn.csv.DeckLoad;
import io.careflow.pstn.csv.DeckReader;
import io.careflow.pstn.csv.RateColumn;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Fee;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.Rater;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What providers ask, from a folder: {@code fees.csv} with the columns {@code provider}, {@code item} ({@code number},
 * {@code message_in}, {@code message_out}, {@code monthly}), {@code country} (empty for {@code monthly}), {@code price} and
 * {@code currency}; and for each of these providers {@code NAME-outbound.csv} and {@code NAME-inbound.csv} where there is such, with the
 * columns {@code prefix}, {@code price} (of a minute), {@code increments} (as {@code 60/60}) and {@code connection_fee}. A provider's
 * prices are in one currency. What is not there is not known. Immutable and thread-safe.
 */
public final class OffersFolder {
    private final List<Offer> offers;
    private final Rater rater;

    private OffersFolder(List<Offer> offers) {
        this.offers = offers;
        this.rater = Rater.of(
                offers.stream().flatMap(offer -> offer.decks().stream()).toList());
    }

    /**
     * Reads a folder.
     *
     * @throws IOException if a file cannot be read
     * @throws BadFile if a row is wrong
     */
    public static OffersFolder read(Path folder) throws IOException {
        Map<String, Currency> currencies = new TreeMap<>();
        Map<String, Offer> offers = new TreeMap<>();
        Rows.read(folder.resolve("fees.csv"), List.of("provider", "item", "country", "price", "currency"), row -> {
            String provider = row.required("provider");
            if (!provider.matches("[a-z][a-z0-9-]{0,39}")) {
                throw new IllegalArgumentException("provider is '" + provider
                        + "'; allowed are lower-case letters, digits and dashes, starting with a letter");
            }
            Money price = Money.of(row.required("price"), row.required("currency"));
            Currency other = currencies.putIfAbsent(provider, price.currency());
            if (other != null && !other.equals(price.currency())) {
                throw new IllegalArgumentException("prices of " + provider + " are in " + other + " and "
                        + price.currency() + "; allowed is one currency");
            }
            offers.put(provider, with(offers.getOrDefault(provider, Offer.of(provider)), row, price));
        });
        List<Offer> complete = new ArrayList<>();
        for (Map.Entry<String, Offer> each : offers.entrySet()) {
            Offer offer = each.getValue();
            List<RateDeck> decks = decks(folder, each.getKey(), Objects.requireNonNull(currencies.get(each.getKey())));
            complete.add(new Offer(
                    offer.provider(),
                    decks,
                    offer.monthly(),
                    offer.numbers(),
                    offer.messagesIn(),
                    offer.messagesOut()));
        }
        return new OffersFolder(List.copyOf(complete));
    }

    /** Each provider's offer, by name. */
    public List<Offer> offers() {
        return offers;
    }

    /** The decks of all of them. */
    public Rater rater() {
        return rater;
    }

    /** The call with its price by these decks; one that has a price already, or that is on net, stays as it is. */
    public Cdr priced(Cdr cdr) {
        return CallPrices.of(rater).priced(cdr);
    }

    private static Offer with(Offer offer, Rows.Row row, Money price) {
        String item = row.required("item");
        return switch (item) {
            case "number" -> offer.number(row.required("country"), price);
            case "message_in" ->
                new Offer(
                        offer.provider(),
                        offer.decks(),
                        offer.monthly(),
                        offer.numbers(),
                        more(offer.messagesIn(), row, price),
                        offer.messagesOut());
            case "message_out" ->
                new Offer(
                        offer.provider(),
                        offer.decks(),
                        offer.monthly(),
                        offer.numbers(),
                        offer.messagesIn(),
                        more(offer.messagesOut(), row, price));
            case "monthly" -> offer.monthly(Fee.of(offer.provider() + " monthly fee", price));
            default ->
                throw new IllegalArgumentException(
                        "item is '" + item + "'; allowed are number, message_in, message_out and monthly");
        };
    }

    private static Map<String, Money> more(Map<String, Money> prices, Rows.Row row, Money price) {
        Map<String, Money> more = new TreeMap<>(prices);
        more.put(row.required("country"), price);
        return more;
    }

    private static List<RateDeck> decks(Path folder, String provider, Currency currency) throws IOException {
        CsvFormat format = CsvFormat.builder()
                .columns(RateColumn.PREFIX, RateColumn.PRICE, RateColumn.INCREMENTS, RateColumn.CONNECTION_FEE)
                .build();
        List<RateDeck> decks = new ArrayList<>();
        for (Direction direction : List.of(Direction.INBOUND, Direction.OUTBOUND)) {
            String name = provider + "-" + direction.name().toLowerCase(Locale.ROOT);
            Path file = folder.resolve(name + ".csv");
            if (Files.exists(file)) {
                DeckLoad load = new DeckReader(format)
                        .read(
                                file,
                                RateDeck.builder(name, "file", provider, direction)
                                        .currency(currency));
                if (load instanceof DeckLoad.Refused refused) {
                    throw new BadFile(name + ".csv", refused.first());
                }
                decks.add(((DeckLoad.Loaded) load).deck());
            }
        }
        return decks;
    }
}
