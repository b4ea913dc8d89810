package io.careflow.pstn.credit;

import io.careflow.pstn.credit.HoldAnswer.Held;
import io.careflow.pstn.credit.HoldAnswer.Refused;
import io.careflow.pstn.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A hold of {@link MemoryCredit}, which alone touches it, under its lock. */
final class MemoryHold {
    final MemoryAccount account;
    Money amount;
    Instant until;

    @Nullable
    Settlement settlement;

    private final Hold asked;

    MemoryHold(Hold asked, MemoryAccount account, Instant until) {
        this.asked = asked;
        this.account = account;
        this.amount = asked.amount();
        this.until = until;
    }

    Held held() {
        return new Held(asked.id(), amount, until);
    }

    /** The same wish, or another under the same id. */
    HoldAnswer again(Hold wish, Instant now) {
        if (!wish.account().equals(asked.account()) || !wish.amount().equals(asked.amount())) {
            return LedgerAmounts.otherHold();
        }
        return account.live.contains(this) && until.isAfter(now) ? held() : new Refused("the hold is over");
    }
}
