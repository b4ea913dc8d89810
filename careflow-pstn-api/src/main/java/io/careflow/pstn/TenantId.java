package io.careflow.pstn;

import java.util.regex.Pattern;

/**
 * The customer of the application on whose behalf something happens. Applications without tenants use {@link #DEFAULT}.
 *
 * @param value 1 to 64 letters, digits, dots, dashes and underscores
 */
public record TenantId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The tenant of applications that have none. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "tenant id '" + value + "' is not usable: 1 to 64 letters, digits, '.', '-' and '_'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
