package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.PstnProvider;
import io.careflow.pstn.account.CallPrice;
import io.careflow.pstn.account.Prices;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.money.Money;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Asks a provider for prices. That there is none is never a failure. After the first failure it is not asked again. */
final class Quotes {
    private final PstnProvider provider;
    private final UnaryOperator<String> clean;
    private @Nullable Quote failed;

    /** @param clean takes secrets out of what is shown */
    Quotes(PstnProvider provider, UnaryOperator<String> clean) {
        this.provider = provider;
        this.clean = clean;
    }

    /** A minute of a call. */
    Quote call(PhoneNumber from, Destination to) {
        return to instanceof Destination.Phone phone
                ? ask(prices -> prices.call(from, phone.number()).map(CallPrice::perMinute))
                : Quote.unknown("it is no telephone number");
    }

    /** One part of a text. */
    Quote message(PhoneNumber from, PhoneNumber to) {
        return ask(prices -> prices.message(from, to));
    }

    private Quote ask(Function<Prices, Optional<Money>> question) {
        Optional<Prices> prices = provider.find(Prices.class);
        if (prices.isEmpty()) {
            return Quote.unknown("provider '" + provider.id() + "' lists no prices");
        }
        if (failed != null) {
            return failed;
        }
        try {
            return question.apply(prices.get())
                    .map(Quote::of)
                    .orElseGet(() -> Quote.unknown("provider '" + provider.id() + "' does not tell it"));
        } catch (PstnException e) {
            failed = Quote.unknown(said(e));
        } catch (RuntimeException e) {
            // The text of an exception that nobody foresaw may hold anything; its name does not.
            failed = Quote.unknown("unexpected failure " + e.getClass().getName());
        }
        return failed;
    }

    /** A question does nothing, whatever became of it: that need not be said. */
    private String said(PstnException failure) {
        String message = String.valueOf(failure.getMessage());
        return clean.apply(message.replaceFirst(" \\((nothing was|it may have been) done\\)$", ""));
    }
}
