package io.careflow.pstn.jdbc;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number of ours as it is administered.
 *
 * @param number the number
 * @param tenant whose number it is
 * @param carrier who delivers its calls, as rate decks spell it
 * @param active whether calls to it are served
 * @param ownerId key of the user it rings at once, or null for a main number that asks for a CareFlow ID
 * @param monthlyCost what the carrier asks for it each month, at most 6 decimals, or null if that is not known
 */
public record OwnedNumber(
        PhoneNumber number,
        TenantId tenant,
        String carrier,
        boolean active,
        @Nullable String ownerId,
        @Nullable Money monthlyCost) {
    private static final int DECIMALS = 6;

    public OwnedNumber {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(tenant, "tenant");
        if (carrier.isBlank()) {
            throw new IllegalArgumentException("carrier is blank");
        }
        if (monthlyCost != null && monthlyCost.amount().scale() > DECIMALS) {
            throw new IllegalArgumentException("monthly cost has more than " + DECIMALS + " decimals");
        }
    }

    /** An active number without owner, of the default tenant, at an unknown monthly cost. */
    public static OwnedNumber main(PhoneNumber number, String carrier) {
        return new OwnedNumber(number, TenantId.DEFAULT, carrier, true, null, null);
    }

    /** The same for a tenant. */
    public OwnedNumber of(TenantId value) {
        return new OwnedNumber(number, value, carrier, active, ownerId, monthlyCost);
    }

    /** The same as the personal number of a user. */
    public OwnedNumber ownedBy(String userId) {
        return new OwnedNumber(number, tenant, carrier, active, userId, monthlyCost);
    }

    /** The same at this price per month. */
    public OwnedNumber costing(Money perMonth) {
        return new OwnedNumber(number, tenant, carrier, active, ownerId, perMonth);
    }

    /** The same, not served any more. */
    public OwnedNumber inactive() {
        return new OwnedNumber(number, tenant, carrier, false, ownerId, monthlyCost);
    }
}
