package io.careflow.pstn.messagedesk;

import io.careflow.pstn.money.Money;
import java.util.Optional;

/** What one part of a text costs who pays for it. Thread-safe. */
@FunctionalInterface
public interface MessagePricing {

    /**
     * The price of one part.
     *
     * @return not negative, in the currency of who pays; empty if it is not known, which denies. Unknown is never zero
     */
    Optional<Money> perPart(MessageWish wish);
}
