package io.careflow.pstn.cost;

import java.util.Locale;

/** By what costs are broken down. */
public enum CostDimension {
    /** Whose prices apply: a carrier or a trunk. */
    PROVIDER,
    /** Our number that was called, that called, or that is rented. */
    NUMBER,
    /** The user whom it was for. */
    USER,
    /** The country of the other side by its number, as ISO 3166 code; of a rented number its own. */
    COUNTRY;

    /** For people, for example {@code provider}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
