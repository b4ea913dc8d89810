package io.careflow.pstn.tck;

import io.careflow.pstn.account.Account;
import io.careflow.pstn.error.InsufficientFunds;
import io.careflow.pstn.money.Money;
import org.jspecify.annotations.Nullable;

/** The account of an in-memory provider: what costs something is taken from the balance, or refused. */
final class MemoryAccount implements Account {
    private final MemoryLine line;
    private Money balance = Money.of("100", "USD");

    MemoryAccount(MemoryLine line) {
        this.line = line;
    }

    @Override
    public Money balance() {
        return line.read(Operation.ACCOUNT_BALANCE, () -> balance);
    }

    void set(Money value) {
        balance = value;
    }

    /** For what is billed later: refuses if nothing is left. */
    void requireCredit(Operation operation) {
        if (balance.signum() <= 0) {
            throw new InsufficientFunds(line.nothing(operation, "the balance is " + balance));
        }
    }

    /** Takes these amounts. What is not known, or in another currency than the balance, is not taken. */
    void charge(Operation operation, @Nullable Money... amounts) {
        Money left = balance;
        for (Money amount : amounts) {
            if (amount != null && amount.currency().equals(left.currency())) {
                left = left.minus(amount);
            }
        }
        if (left.signum() < 0) {
            throw new InsufficientFunds(line.nothing(operation, "the balance of " + balance + " is not enough"));
        }
        balance = left;
    }
}
