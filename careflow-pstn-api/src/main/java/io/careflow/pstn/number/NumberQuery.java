package io.careflow.pstn.number;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers are wanted. A value; derive variants with its methods. A filter that the provider cannot honour is refused
 * before any I/O ({@link io.careflow.pstn.error.UnsupportedFeature}), never ignored.
 *
 * @param country ISO 3166 code, such as {@code CA}
 * @param kind what kind of number; not {@link NumberKind#OTHER}
 * @param areaCode the national destination code, digits only, or null for any
 * @param pattern digits that the number must hold, {@code *} for any one digit, 2 to 16 characters, or null
 * @param locality the town, or null for any
 * @param features what it must be able to do; empty for anything
 * @param limit how many at most: 1 to 1000
 */
public record NumberQuery(
        String country,
        NumberKind kind,
        @Nullable String areaCode,
        @Nullable String pattern,
        @Nullable String locality,
        Set<NumberFeature> features,
        int limit) {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern AREA = Pattern.compile("[0-9]{1,6}");
    private static final Pattern DIGITS = Pattern.compile("[0-9*]{2,16}");
    private static final int MOST = 1000;

    public NumberQuery {
        if (!COUNTRY.matcher(country).matches()) {
            throw new IllegalArgumentException("country is '" + country + "'; expected an ISO 3166 code such as CA");
        }
        Objects.requireNonNull(kind, "kind");
        if (kind == NumberKind.OTHER) {
            throw new IllegalArgumentException(
                    "kind is OTHER; allowed in a query are LOCAL, MOBILE, TOLL_FREE and NATIONAL");
        }
        if (areaCode != null && !AREA.matcher(areaCode).matches()) {
            throw new IllegalArgumentException("area code is '" + areaCode + "'; allowed are 1 to 6 digits");
        }
        if (pattern != null && !DIGITS.matcher(pattern).matches()) {
            throw new IllegalArgumentException("pattern is '" + pattern + "'; allowed are 2 to 16 of 0-9 and *");
        }
        if (locality != null && locality.isBlank()) {
            throw new IllegalArgumentException("locality is blank; expected the name of a town");
        }
        features = features.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(features));
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is " + limit + "; allowed are 1 to " + MOST);
        }
    }

    /** Up to 20 numbers of this kind. */
    public static NumberQuery of(String country, NumberKind kind) {
        return new NumberQuery(country, kind, null, null, null, Set.of(), 20);
    }

    /** Up to 20 local numbers. */
    public static NumberQuery local(String country) {
        return of(country, NumberKind.LOCAL);
    }

    /** The same with this area code. */
    public NumberQuery inArea(String value) {
        return new NumberQuery(country, kind, value, pattern, locality, features, limit);
    }

    /** The same with these digits in it; {@code *} stands for any digit. */
    public NumberQuery matching(String value) {
        return new NumberQuery(country, kind, areaCode, value, locality, features, limit);
    }

    /** The same in this town. */
    public NumberQuery in(String value) {
        return new NumberQuery(country, kind, areaCode, pattern, value, features, limit);
    }

    /** The same, able to do this besides. */
    public NumberQuery with(NumberFeature feature) {
        EnumSet<NumberFeature> more = EnumSet.of(feature);
        more.addAll(features);
        return new NumberQuery(country, kind, areaCode, pattern, locality, more, limit);
    }

    /** The same, at most this many. */
    public NumberQuery atMost(int value) {
        return new NumberQuery(country, kind, areaCode, pattern, locality, features, value);
    }
}
