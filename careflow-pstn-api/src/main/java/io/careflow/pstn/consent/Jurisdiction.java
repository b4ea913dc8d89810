package io.careflow.pstn.consent;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place with laws of its own.
 *
 * @param code ISO 3166-1 alpha-2 such as {@code DE}, ISO 3166-2 such as {@code US-CA}, {@code EU}, or {@code ZZ} for unknown
 */
public record Jurisdiction(String code) {
    private static final Pattern CODE = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");

    /** A place that is not known. */
    public static final Jurisdiction UNKNOWN = new Jurisdiction("ZZ");

    public Jurisdiction {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "jurisdiction '" + code + "' is not usable; expected ISO 3166 such as DE or US-CA");
        }
    }

    /** The country that this is a part of; empty for a country. */
    public Optional<Jurisdiction> country() {
        return code.length() == 2 ? Optional.empty() : Optional.of(new Jurisdiction(code.substring(0, 2)));
    }

    /** Whether this is a part of that country, and not the country itself. */
    public boolean isPartOf(Jurisdiction other) {
        return country().filter(other::equals).isPresent();
    }

    @Override
    public String toString() {
        return code;
    }
}
