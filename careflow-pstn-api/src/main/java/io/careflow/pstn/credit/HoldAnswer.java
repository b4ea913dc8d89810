package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.money.Money;
import java.time.Instant;

/** What becomes of a wish to set money aside, or more of it. */
public sealed interface HoldAnswer {

    /**
     * The money is set aside. The same wish made again is answered the same.
     *
     * @param id of the hold
     * @param amount that is held in all
     * @param until when the lease ends unless it is renewed
     */
    record Held(CommandId id, Money amount, Instant until) implements HoldAnswer {}

    /**
     * There is not enough. Nothing was set aside, or nothing more.
     *
     * @param available what could be spent now
     * @param asked what was wanted
     */
    record NotEnough(Money available, Money asked) implements HoldAnswer {}

    /**
     * It cannot be: no such account, another currency, a closed account, a hold that is over or that was made with other terms.
     *
     * @param because for people, without secrets
     */
    record Refused(String because) implements HoldAnswer {}
}
