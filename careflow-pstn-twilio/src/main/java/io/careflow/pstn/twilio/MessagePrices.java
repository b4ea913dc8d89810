package io.careflow.pstn.twilio;

import com.twilio.rest.pricing.v1.messaging.Country;
import io.careflow.pstn.NumberType;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices of one part of a text by the recipient's country and the kind of the sender's number. Twilio has a price for each
 * network of a country, and nobody knows the recipient's before it is sent: the highest of them is told. Kept for ten minutes.
 * Thread-safe.
 */
final class MessagePrices {
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final TwilioClient client;
    private final Map<String, Known> byCountry = new ConcurrentHashMap<>();

    MessagePrices(TwilioClient client) {
        this.client = client;
    }

    /** @param country ISO 3166 code */
    Optional<Money> of(String country, NumberType sender) {
        Instant now = client.clock().instant();
        Known known = byCountry.get(country);
        if (known == null || !now.isBefore(known.until())) {
            known = new Known(fetch(country), now.plus(KEPT));
            byCountry.put(country, known);
        }
        Money price = null;
        for (String kind : kinds(sender)) {
            price = higher(price, known.highest().get(kind));
        }
        return Optional.ofNullable(price);
    }

    private Map<String, Money> fetch(String country) {
        Map<String, Money> highest = new HashMap<>();
        client.find("price.message", rest -> Country.fetcher(country).fetch(rest))
                .ifPresent(found -> read(found, highest));
        return highest;
    }

    private static void read(Fields country, Map<String, Money> highest) {
        for (Fields network : country.list("outbound_sms_prices")) {
            for (Fields price : network.list("prices")) {
                if (price.decimal("current_price").isPresent()) {
                    Money amount = amount(price, country.requireCurrency("price_unit"));
                    String kind = price.text("number_type").orElse("").toLowerCase(Locale.ROOT);
                    highest.merge(kind.replaceAll("[^a-z]", ""), amount, MessagePrices::dearer);
                }
            }
        }
    }

    /** What Twilio calls numbers of this type, without spaces. Short codes are no telephone numbers. */
    private static List<String> kinds(NumberType sender) {
        return switch (sender) {
            case TOLL_FREE -> List.of("tollfree");
            case MOBILE -> List.of("mobile");
            case FIXED_LINE -> List.of("local");
            // The numbering plan does not tell which: the dearer one.
            case FIXED_LINE_OR_MOBILE -> List.of("local", "mobile");
            default -> List.of();
        };
    }

    static Money amount(Fields line, Currency currency) {
        Money amount = line.requireMoney("current_price", currency);
        if (amount.signum() < 0) {
            throw line.wrong("current_price", "an amount without a sign");
        }
        return amount;
    }

    /** The higher of two prices, as far as they are known. */
    static @Nullable Money higher(@Nullable Money one, @Nullable Money other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return dearer(one, other);
    }

    private static Money dearer(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private record Known(Map<String, Money> highest, Instant until) {}
}
