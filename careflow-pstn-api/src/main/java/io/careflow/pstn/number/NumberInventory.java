package io.careflow.pstn.number;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import java.util.List;
import java.util.Optional;

/**
 * Numbers at a carrier. Thread-safe. Every method throws a {@link io.careflow.pstn.error.PstnException} whose effect says
 * whether the carrier may have acted.
 */
public interface NumberInventory extends Capability {

    /**
     * Numbers that can be ordered now, with their price where the carrier tells it.
     *
     * @return at most as many as asked for; empty if there are none
     * @throws io.careflow.pstn.error.UnsupportedFeature if a filter cannot be honoured; nothing was asked
     */
    List<AvailableNumber> search(NumberQuery query);

    /**
     * Buys a number. The order is sent once. If its answer is lost, the numbers of the account are read: a number that is
     * there was bought, and is returned. Ordering a number that the account owns already returns it, and costs nothing.
     *
     * @return the number; its status is PENDING where the carrier delivers later
     * @throws io.careflow.pstn.error.NumberUnavailable if somebody else has it; nothing was bought
     * @throws io.careflow.pstn.error.PstnException with effect UNKNOWN if it stays in doubt: look with {@link #find} later
     */
    NumberAtCarrier order(NumberOrder order);

    /** The number, if the account owns it. */
    Optional<NumberAtCarrier> find(PhoneNumber number);

    /** All numbers of the account. */
    List<NumberAtCarrier> list();

    /**
     * Changes where calls and messages go.
     *
     * @throws io.careflow.pstn.error.NotFound if the account does not own the number
     * @throws io.careflow.pstn.error.UnsupportedFeature if a setting cannot be honoured; nothing was changed
     */
    NumberAtCarrier configure(PhoneNumber number, NumberSettings settings);

    /**
     * Gives a number back. It may be gone for ever. One that the account does not own is no error. The order that bought it
     * is forgotten: given again, it buys again.
     */
    void release(PhoneNumber number);
}
