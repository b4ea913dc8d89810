package io.careflow.pstn.twilio;

import com.twilio.rest.pricing.v2.voice.Number;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.money.Money;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio's price lists say for this account. Only {@code current_price} counts: {@code base_price} is what others pay. Calls
 * are asked for each time, texts by country, see {@link MessagePrices}. Thread-safe.
 *
 * <p>Sources: twilio.com/docs/voice/pricing and twilio.com/docs/messaging/api/pricing.
 */
final class TwilioPrices implements Prices {
    private static final String ANY = "ALL";

    private final TwilioClient client;
    private final MessagePrices messages;

    TwilioPrices(TwilioClient client) {
        this.client = client;
        this.messages = new MessagePrices(client);
    }

    /** Of the lines for this destination the one whose prefix of the caller's number is the longest; of equals the dearest. */
    @Override
    public Optional<CallPrice> call(PhoneNumber from, PhoneNumber to) {
        Optional<Fields> found = client.find(
                "price.call",
                rest -> Number.fetcher(new com.twilio.type.PhoneNumber(to.e164()))
                        .setOriginationNumber(from.e164())
                        .fetch(rest));
        return found.flatMap(number -> dearest(number, from));
    }

    @Override
    public Optional<Money> message(PhoneNumber from, PhoneNumber to) {
        return to.country().flatMap(country -> messages.of(country, from.type()));
    }

    private static Optional<CallPrice> dearest(Fields number, PhoneNumber from) {
        String longest = null;
        Money price = null;
        for (Fields line : number.list("outbound_call_prices")) {
            String prefix = prefix(line.texts("origination_prefixes"), from.digits());
            if (prefix == null || (longest != null && prefix.length() < longest.length())) {
                continue;
            }
            Money told = amount(line, number);
            // A line that fits better hides the others even if it tells no price.
            boolean better = longest == null || prefix.length() > longest.length();
            price = better ? told : MessagePrices.higher(price, told);
            longest = prefix;
        }
        if (longest == null || price == null) {
            return Optional.empty();
        }
        String caller = longest.isEmpty() ? "from any number" : "from numbers that begin with " + longest;
        return Optional.of(new CallPrice(
                price, number.text("country").map(name -> name + ", ").orElse("") + caller));
    }

    /** The longest of these prefixes that the digits begin with; empty for any number, null for none. */
    private static @Nullable String prefix(List<String> prefixes, String digits) {
        String longest = prefixes.isEmpty() ? "" : null;
        for (String each : prefixes) {
            String text = each.strip().toUpperCase(Locale.ROOT);
            String prefix = text.equals(ANY) ? "" : text.startsWith("+") ? text.substring(1) : text;
            if (digits.startsWith(prefix) && (longest == null || prefix.length() > longest.length())) {
                longest = prefix;
            }
        }
        return longest;
    }

    private static @Nullable Money amount(Fields line, Fields number) {
        return line.decimal("current_price").isEmpty()
                ? null
                : MessagePrices.amount(line, number.requireCurrency("price_unit"));
    }
}
