package io.careflow.pstn.desk;

import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrCost;

/** Finds out what a call cost. Thread-safe. */
@FunctionalInterface
public interface CdrPricing {

    /** The cost of this call; unknown, with a reason, where it cannot be told. Never null. */
    CdrCost price(Cdr cdr);
}
