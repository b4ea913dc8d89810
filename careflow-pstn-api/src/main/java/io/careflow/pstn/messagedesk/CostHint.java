package io.careflow.pstn.messagedesk;

import io.careflow.pstn.money.Money;
import io.careflow.pstn.rating.Quote;
import io.careflow.pstn.rating.RatingResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Call or text: what a text costs beside a call to the same number. A hint for people; only prices are compared.
 *
 * @param text the price of the text
 * @param call the price of the call, all included, or null if it is not known
 * @param minutes how long a call was assumed, 1 and more
 * @param cheaper which costs less
 * @param explanation one line for people
 */
public record CostHint(Money text, @Nullable Money call, int minutes, Cheaper cheaper, String explanation) {
    public CostHint {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(cheaper, "cheaper");
        Objects.requireNonNull(explanation, "explanation");
        if (minutes < 1) {
            throw new IllegalArgumentException("minutes are " + minutes + "; allowed are 1 and more");
        }
    }

    /**
     * Compares a text with a call of so many minutes.
     *
     * @param text as {@link MessageDesk#quote} gives it
     * @param call to the same number, by the deck that the customer pays by
     * @param minutes of talk, 1 and more
     */
    public static CostHint of(MessageQuote text, Quote call, int minutes) {
        Money price = text.price();
        RatingResult rated = call.forMinutes(Math.max(1, minutes));
        if (!(rated instanceof RatingResult.Rated known)) {
            return unknown(price, null, minutes, "what a call costs is not known");
        }
        Money other = known.charge().amount();
        String both = "a text of " + MessageQuote.parts(text.segments().count()) + " costs " + price + ", a call of "
                + (minutes == 1 ? "1 minute " : minutes + " minutes ") + other;
        if (!other.currency().equals(price.currency())) {
            return unknown(price, other, minutes, both + ": other currencies are not compared");
        }
        int order = price.compareTo(other);
        if (order == 0) {
            return new CostHint(price, other, minutes, Cheaper.NEITHER, both + ": no difference");
        }
        Money less = order < 0 ? other.minus(price) : price.minus(other);
        String which = order < 0 ? ": text, " : ": call, ";
        return new CostHint(
                price, other, minutes, order < 0 ? Cheaper.TEXT : Cheaper.CALL, both + which + less + " less");
    }

    private static CostHint unknown(Money text, @Nullable Money call, int minutes, String because) {
        return new CostHint(text, call, minutes, Cheaper.UNKNOWN, because);
    }

    /** Which of two costs less. */
    public enum Cheaper {
        /** The text. */
        TEXT,
        /** The call. */
        CALL,
        /** Both cost the same. */
        NEITHER,
        /** One price is not known, or they are in two currencies. */
        UNKNOWN
    }
}
