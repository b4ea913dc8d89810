package io.careflow.pstn.rating;

/**
 * The answer of rating: a charge, or the reason why there is none. A call without a charge is one of unknown price; it is never
 * free. Immutable and thread-safe.
 */
public sealed interface RatingResult {

    /**
     * The price is known.
     *
     * @param charge the price, which may be zero and then says why
     */
    record Rated(Charge charge) implements RatingResult {}

    /**
     * No deck or no rate covers the call: its price is unknown.
     *
     * @param reason what is missing, for an operator
     */
    record NoRate(String reason) implements RatingResult {}

    /**
     * The call must not be priced: the rate rejects such calls, or the number is not one.
     *
     * @param reason why, for an operator
     */
    record Refused(String reason) implements RatingResult {}
}
