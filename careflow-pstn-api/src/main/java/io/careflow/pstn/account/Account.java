package io.careflow.pstn.account;

import io.careflow.pstn.Capability;
import io.careflow.pstn.money.Money;

/** The account at a carrier. Thread-safe. */
public interface Account extends Capability {

    /**
     * What is left to spend; negative if more was spent than paid.
     *
     * @throws io.careflow.pstn.error.PstnException if the carrier does not tell
     */
    Money balance();
}
