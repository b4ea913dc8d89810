package io.careflow.pstn.number;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import java.util.Objects;

/**
 * An order for one number.
 *
 * @param commandId the caller's key of this one order: the same key never buys twice
 * @param tenant on whose behalf
 * @param number which number
 * @param settings how it shall be set up from its first moment on
 */
public record NumberOrder(CommandId commandId, TenantId tenant, PhoneNumber number, NumberSettings settings) {
    public NumberOrder {
        Objects.requireNonNull(commandId, "commandId");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(settings, "settings");
    }

    /** An order of the default tenant for a number that was found, without settings. */
    public static NumberOrder of(CommandId commandId, AvailableNumber found) {
        return new NumberOrder(commandId, TenantId.DEFAULT, found.number(), NumberSettings.NONE);
    }

    /** The same with these settings. */
    public NumberOrder settingUp(NumberSettings value) {
        return new NumberOrder(commandId, tenant, number, value);
    }

    /** The same on behalf of this tenant. */
    public NumberOrder forTenant(TenantId value) {
        return new NumberOrder(commandId, value, number, settings);
    }
}
