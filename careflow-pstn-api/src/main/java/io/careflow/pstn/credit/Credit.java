package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes or denies money, in one step, for all nodes that share it: however many ask at once, the sum of what is held and booked never
 * exceeds what the account may spend. Thread-safe.
 *
 * <p>Whatever cannot be decided is thrown as the implementation's own unchecked exception; callers deny then.
 */
public interface Credit {

    /** Sets money aside, or does not. */
    HoldAnswer reserve(Hold hold);

    /**
     * As {@link #reserve}, for who alone asks for money under this id and has none yet under it, such as the node that a book gave the
     * command to. It gives up where the answer is lost: what may have been set aside is free again at once, as far as it can be
     * released, and not only when its lease ends. A hold knows its id and not who asked for it, so never call it where somebody else may
     * have money set aside under the same id: that would be released.
     *
     * @throws RuntimeException what {@link #reserve} threw; what {@link #release} threw then is suppressed in it
     */
    default HoldAnswer tryReserve(Hold hold) {
        try {
            return reserve(hold);
        } catch (RuntimeException lost) {
            try {
                release(hold.id(), "whether it was set aside could not be told");
            } catch (RuntimeException unreleased) {
                if (unreleased != lost) {
                    lost.addSuppressed(unreleased);
                }
            }
            throw lost;
        }
    }

    /**
     * Sets more aside for the same call, and renews its lease.
     *
     * @param more beside what is held already, not negative
     */
    HoldAnswer extend(CommandId hold, Money more, Duration lease);

    /**
     * The call goes on: its hold is kept for so long from now.
     *
     * @return false if there is no live hold of this id: it was settled or released, or its lease ran out
     */
    boolean renew(CommandId hold, Duration lease);

    /**
     * The call is over and cost this much: that is booked, the rest is free again. Once: the same again does nothing. A hold whose
     * lease ran out, or that was released, is settled all the same, as far as the account can pay.
     *
     * @param amount what it cost, exact, not negative
     * @param explanation for people, such as the charge's own line
     * @throws IllegalStateException if there is no such hold, it was settled with another amount, or this one has another
     *     currency; nothing was booked
     */
    Settlement settle(CommandId hold, Money amount, String explanation);

    /** Nothing came of it: all of it is free again. Does nothing if it is over already. */
    void release(CommandId hold, String because);

    /** How the account stands; empty if there is none. */
    Optional<Balance> balance(CreditAccount account);
}
