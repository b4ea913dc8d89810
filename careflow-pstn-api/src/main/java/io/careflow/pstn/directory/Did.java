package io.careflow.pstn.directory;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number of ours that outside callers dial.
 *
 * @param number the number
 * @param tenant whose number it is
 * @param carrier who delivers its calls, as rate decks spell it
 * @param owner the user it rings at once, or null for a main number that asks for a CareFlow ID
 */
public record Did(
        PhoneNumber number,
        TenantId tenant,
        String carrier,
        @Nullable User owner) {
    public Did {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(carrier, "carrier");
    }
}
