package io.careflow.pstn.credit;

import io.careflow.pstn.TenantId;
import java.util.Objects;

/**
 * Whose money it is. One account has one currency.
 *
 * @param tenant the tenant
 * @param id the user, or whoever pays, as the application names it: 1 to 128 characters, not blank
 */
public record CreditAccount(TenantId tenant, String id) {
    public CreditAccount {
        Objects.requireNonNull(tenant, "tenant");
        if (id.isBlank() || id.length() > 128) {
            throw new IllegalArgumentException(
                    "credit account id has " + id.length() + " characters; allowed are 1 to 128");
        }
    }

    /** Tenant and id, as {@code default/42}. */
    @Override
    public String toString() {
        return tenant + "/" + id;
    }
}
