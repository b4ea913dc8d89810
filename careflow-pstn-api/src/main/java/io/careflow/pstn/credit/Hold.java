package io.careflow.pstn.credit;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.Objects;

/**
 * A wish to set money aside.
 *
 * @param id the caller's key: the same wish made twice is one hold
 * @param account whose money
 * @param amount how much, not negative; zero holds nothing but is remembered
 * @param lease how long it is kept without being renewed, settled or released: 1 second to 7 days
 * @param purpose for people, such as the number that is called; at most 200 characters, no secret
 */
public record Hold(CommandId id, CreditAccount account, Money amount, Duration lease, String purpose) {
    public Hold {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(account, "account");
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("amount of a hold is " + amount + "; allowed are 0 and more");
        }
        if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("lease of a hold is " + lease + "; allowed are PT1S to P7D");
        }
        if (purpose.length() > 200) {
            throw new IllegalArgumentException("purpose has " + purpose.length() + " characters; allowed are 200");
        }
    }
}
