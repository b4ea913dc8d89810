package io.careflow.pstn.number;

import io.careflow.pstn.PhoneNumber;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number that can be ordered. The thing found is the thing ordered: hand it to a {@link NumberOrder}.
 *
 * @param number the number
 * @param kind what kind
 * @param rawKind the carrier's word for its kind
 * @param country ISO 3166 code
 * @param locality the town, or null if the carrier does not say
 * @param region the state or province, or null
 * @param features what it can do
 * @param price what it costs
 * @param addressRequired whether the law wants an address of the owner
 */
public record AvailableNumber(
        PhoneNumber number,
        NumberKind kind,
        String rawKind,
        String country,
        @Nullable String locality,
        @Nullable String region,
        Set<NumberFeature> features,
        NumberPrice price,
        boolean addressRequired) {
    public AvailableNumber {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(rawKind, "rawKind");
        Objects.requireNonNull(country, "country");
        features = Set.copyOf(features);
        Objects.requireNonNull(price, "price");
    }
}
