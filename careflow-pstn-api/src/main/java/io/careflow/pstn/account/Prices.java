package io.careflow.pstn.account;

import io.careflow.pstn.Capability;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.money.Money;
import java.util.Optional;

/**
 * What calls and texts cost this account now, before they are made. What the carrier does not tell is empty; unknown is never
 * zero. It is information and no promise: what was billed stands in {@link io.careflow.pstn.cdr.ProviderCdr}, and taxes, fees of
 * networks and extras such as recording are not in it. Changes nothing at the carrier. Thread-safe.
 */
public interface Prices extends Capability {

    /**
     * What a minute of a call to a number costs.
     *
     * @param from the number that is shown to who is called; prices may depend on it
     * @param to who is called
     * @return the price in the currency of the account, or empty if the carrier does not tell it
     * @throws io.careflow.pstn.error.PstnException if the carrier could not be asked
     */
    Optional<CallPrice> call(PhoneNumber from, PhoneNumber to);

    /**
     * What one part of a text to a number costs; how many parts a text has is told by
     * {@link io.careflow.pstn.message.SmsSegments}.
     *
     * @param from our number that sends it; prices may depend on its kind
     * @param to the recipient
     * @return the price of one part in the currency of the account, or empty if the carrier does not tell it
     * @throws io.careflow.pstn.error.PstnException if the carrier could not be asked
     */
    Optional<Money> message(PhoneNumber from, PhoneNumber to);
}
