package io.careflow.pstn.twilio;

import com.twilio.rest.pricing.v1.phonenumber.Country;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monthly prices of numbers, by country, from Twilio's list for this account. Kept for ten minutes. A price that Twilio does not
 * tell is unknown. Thread-safe.
 */
final class NumberPrices {
    private static final Logger log = LoggerFactory.getLogger(NumberPrices.class);
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final TwilioClient client;
    private final Map<String, Known> byCountry = new ConcurrentHashMap<>();

    NumberPrices(TwilioClient client) {
        this.client = client;
    }

    /** @param country ISO 3166 code */
    NumberPrice of(String country, NumberKind kind) {
        Instant now = client.clock().instant();
        Known known = byCountry.get(country);
        if (known == null || !now.isBefore(known.until())) {
            try {
                known = new Known(fetch(country), now.plus(KEPT));
            } catch (PstnException e) {
                // The numbers are there all the same, and the order does not need the price.
                log.warn("no prices of numbers in {}: {}", country, e.getMessage());
                return NumberPrice.UNKNOWN;
            }
            byCountry.put(country, known);
        }
        Money monthly = known.monthly().get(kind);
        return monthly == null ? NumberPrice.UNKNOWN : NumberPrice.monthly(monthly);
    }

    private Map<NumberKind, Money> fetch(String country) {
        Map<NumberKind, Money> prices = new EnumMap<>(NumberKind.class);
        Optional<Fields> found =
                client.find("number.prices", rest -> Country.fetcher(country).fetch(rest));
        if (found.isEmpty()) {
            return prices;
        }
        Currency currency = found.get().requireCurrency("price_unit");
        for (Fields price : found.get().list("phone_number_prices")) {
            Optional<Money> now = price.money("current_price", currency);
            Optional<Money> monthly = now.isPresent() ? now : price.money("base_price", currency);
            monthly.ifPresent(amount -> prices.putIfAbsent(kind(price), amount));
        }
        return prices;
    }

    private static NumberKind kind(Fields price) {
        return switch (price.text("number_type").orElse("")) {
            case "local" -> NumberKind.LOCAL;
            case "mobile" -> NumberKind.MOBILE;
            case "toll free", "toll-free" -> NumberKind.TOLL_FREE;
            case "national" -> NumberKind.NATIONAL;
            default -> NumberKind.OTHER;
        };
    }

    private record Known(Map<NumberKind, Money> monthly, Instant until) {}
}
