package io.careflow.pstn.messagedesk;

import io.careflow.pstn.message.SmsSegments;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a text will cost, before it is sent. Information and no promise: a carrier may count parts otherwise.
 *
 * @param segments encoding, and into how many parts it is cut; 1 and more
 * @param perPart the price of one part, not negative
 */
public record MessageQuote(SmsSegments segments, Money perPart) {
    public MessageQuote {
        Objects.requireNonNull(segments, "segments");
        if (segments.count() < 1) {
            throw new IllegalArgumentException("parts are " + segments.count() + "; allowed are 1 and more");
        }
        if (perPart.signum() < 0) {
            throw new IllegalArgumentException("price of a part is " + perPart + "; allowed are 0 and more");
        }
    }

    /** The price of the whole text. */
    public Money price() {
        return price(segments.count());
    }

    /** The price of so many parts. */
    public Money price(int parts) {
        return new Money(perPart.amount().multiply(BigDecimal.valueOf(parts)), perPart.currency());
    }

    /** Such as {@code 0.0158 USD: 2 parts of GSM_7 at 0.0079 USD}. */
    @Override
    public String toString() {
        return price() + ": " + parts(segments.count()) + " of " + segments.encoding() + " at " + perPart;
    }

    static String parts(int count) {
        return count == 1 ? "1 part" : count + " parts";
    }
}
