package io.careflow.pstn.desk;

import io.careflow.pstn.money.Money;
import java.time.Duration;

/** Takes what a call counts for and the money that it may cost, all or nothing, and gives it back. Thread-safe. */
interface Taking {
    /** How often less is asked for where there is not enough money. */
    int TRIES = 3;

    /** Why nothing is tried any more. */
    String OTHERS_SPEND = "others spend from the account at the same time";

    /** Takes it; for how long depends on what guard and money allow. */
    Decision take(Priced wish);

    /**
     * What was taken for an order, money and tickets, is over. The same again changes nothing.
     *
     * @param talk how long they talked; zero if nobody answered, or nothing came of it
     * @param amount what it cost; zero frees all of it
     */
    void settle(OutboundOrder order, Duration talk, Money amount, String because);

    /** A node died over this order: what it may have taken without writing it down is given back as far as it can be found. */
    void lost(OutboundOrder order, String because);
}
