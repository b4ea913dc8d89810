package io.careflow.pstn.csv;

import java.util.Locale;

/** What a column of a price list may hold. A rate has nothing of a column that the list does not have. */
public enum RateColumn {
    /**
     * The digits that a number begins with, a leading plus allowed; {@code *} is every other number. Several in one field, with
     * commas, semicolons or blanks between them, and ranges of up to 10,000 such as {@code 1204-1206}, are a rate each. Every list
     * has it.
     */
    PREFIX,
    /** The price, in the unit of the format. Every list has it; may be empty only in a rejecting row. */
    PRICE,
    /** Both increments in seconds, as {@code 60/6}. */
    INCREMENTS,
    /** Seconds billed at least. */
    INITIAL_INCREMENT,
    /** Step in seconds after that. */
    SUBSEQUENT_INCREMENT,
    /** Fee for each billed call, in whole currency units; empty is none. */
    CONNECTION_FEE,
    /** The least that a billed call costs, in whole currency units; empty is none. */
    MINIMUM_CHARGE,
    /** Calls of at most so many seconds are free; empty is none. */
    GRACE_SECONDS,
    /** The first so many seconds are not billed; empty is none. */
    INCLUDED_SECONDS,
    /** First moment at which the rate holds; empty is always. */
    EFFECTIVE_FROM,
    /** First moment at which it no longer holds; empty is never. */
    EFFECTIVE_TO,
    /** Hours as {@code MON-FRI 08:00-18:00}, several joined by a plus; empty is any hour. */
    WINDOWS,
    /** Digits that the caller's number begins with; empty is anybody. */
    ORIGIN_PREFIX,
    /** Whether calls are refused: true, yes, y, x or 1; empty, false, no, n or 0 is not. */
    REJECTED,
    /** The most that a call costs, in whole currency units; empty is no limit. */
    MAXIMUM_CHARGE,
    /** What reaching the maximum means: {@code free}, the rest costs nothing, or {@code disconnect}; empty is free. */
    MAXIMUM_POLICY,
    /**
     * Other prices from a second of the call on, as {@code 600:0.008:6}: the second, the price in the unit of the format, the step
     * in seconds. Several joined by a plus; empty is none.
     */
    TIERS;

    /** For people and as the header that we write unless told otherwise, for example {@code connection_fee}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
