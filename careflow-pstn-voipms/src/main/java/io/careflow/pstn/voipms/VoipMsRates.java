package io.careflow.pstn.voipms;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.call.Direction;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Rate;
import io.careflow.pstn.rating.RateDeck;
import io.careflow.pstn.rating.RateDeckBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * VoIP.ms's prices of outbound calls, by place and route: {@code getTerminationRates}. What a place's calls cost is kept for ten
 * minutes. Thread-safe.
 */
final class VoipMsRates implements TerminationRates, io.careflow.pstn.account.Prices {
    private static final Logger LOG = LoggerFactory.getLogger(VoipMsRates.class);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Pattern PREFIXES = Pattern.compile("[0-9]{1,18}([,;\\s]+[0-9]{1,18})*[,;\\s]*");

    private final VoipMsClient client;
    private final Route priced;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param priced the route that single prices are told of */
    VoipMsRates(VoipMsClient client, Route priced) {
        this.client = client;
        this.priced = priced;
    }

    @Override
    public RateDeck deck(Route route, String version, List<String> places) {
        if (places.isEmpty() || places.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "places are " + places + "; expected one or more in VoIP.ms's words, such as Canada");
        }
        String operation = "rate.deck";
        String word = route.name().toLowerCase(Locale.ROOT);
        RateDeckBuilder deck = RateDeck.builder(
                        client.id() + "-" + word, version, client.id().toString(), Direction.OUTBOUND)
                .currency(VoipMsAccount.DOLLAR);
        Map<String, Line> dearest = new TreeMap<>();
        int differing = 0;
        for (String place : places) {
            List<Line> lines = lines(operation, route, place);
            if (lines.isEmpty()) {
                throw new NotFound(Failure.of(
                        client.id(), operation, Effect.NONE, "VoIP.ms tells no price of the place '" + place + "'"));
            }
            for (Line line : lines) {
                Line other = dearest.get(line.prefix());
                differing += other == null || other.costsLike(line) ? 0 : 1;
                if (other == null || line.isDearerThan(other)) {
                    dearest.put(line.prefix(), line);
                }
            }
        }
        if (differing > 0) {
            LOG.warn("{}: {} prefixes have several prices; the dearest holds", client.id(), differing);
        }
        dearest.values().forEach(line -> deck.add(line.rate()));
        return deck.build();
    }

    /** By the country of who is called; of the lines that fit the one with the longest prefix. */
    @Override
    public Optional<CallPrice> call(PhoneNumber from, PhoneNumber to) {
        Optional<String> place = to.country().map(VoipMsRates::place);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        return remembered(place.get()).stream()
                .filter(line -> to.digits().startsWith(line.prefix()))
                .max(Comparator.comparing((Line line) -> line.prefix().length()).thenComparing(Line::perMinute))
                .map(line -> new CallPrice(
                        new Money(line.perMinute(), VoipMsAccount.DOLLAR),
                        line.destination() + ", " + priced.name().toLowerCase(Locale.ROOT) + " route, by "
                                + line.increment() + " s"));
    }

    /** VoIP.ms does not tell it. */
    @Override
    public Optional<Money> message(PhoneNumber from, PhoneNumber to) {
        return Optional.empty();
    }

    // The search is for words of VoIP.ms's list, which are English, and short for the one country that has a short
    // name.
    private static String place(String country) {
        return country.equals("US") ? "USA" : new Locale("", country).getDisplayCountry(Locale.ENGLISH);
    }

    private List<Line> remembered(String place) {
        Instant now = client.clock().instant();
        Known before = known.get(place);
        if (before != null && now.isBefore(before.until())) {
            return before.lines();
        }
        List<Line> lines = lines("price.call", priced, place);
        known.put(place, new Known(lines, now.plus(KEPT)));
        return lines;
    }

    private List<Line> lines(String operation, Route route, String place) {
        List<Fields> rows = client.list(
                VoipMsCall.of(operation, "getTerminationRates")
                        .with("route", route.code())
                        .with("query", place),
                "rates");
        List<Line> lines = new ArrayList<>();
        for (Fields row : rows) {
            String prefixes = row.requireText("prefix").strip();
            if (!PREFIXES.matcher(prefixes).matches()) {
                throw row.wrong("prefix", "digits");
            }
            BigDecimal perMinute = row.requireDecimal("rate");
            int increment = row.requireInteger("increment");
            if (perMinute.signum() < 0) {
                throw row.wrong("rate", "a price of zero or more");
            }
            if (increment < 1 || increment > 86_400) {
                throw row.wrong("increment", "1 to 86400 seconds");
            }
            for (String prefix : prefixes.split("[,;\\s]+", 0)) {
                lines.add(new Line(prefix, row.text("destination").orElse(""), perMinute, increment));
            }
        }
        return List.copyOf(lines);
    }

    /** A price of the list; increments in seconds, the first and all others alike. */
    private record Line(String prefix, String destination, BigDecimal perMinute, int increment) {
        Rate rate() {
            return Rate.builder(prefix)
                    .perMinute(perMinute)
                    .increments(increment, increment)
                    .build();
        }

        boolean costsLike(Line other) {
            return perMinute.compareTo(other.perMinute) == 0 && increment == other.increment;
        }

        boolean isDearerThan(Line other) {
            int price = perMinute.compareTo(other.perMinute);
            return price > 0 || (price == 0 && increment > other.increment);
        }
    }

    private record Known(List<Line> lines, Instant until) {}
}
