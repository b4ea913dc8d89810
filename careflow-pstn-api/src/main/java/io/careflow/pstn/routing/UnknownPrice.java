package io.careflow.pstn.routing;

/** What happens to a route whose price is not known, or is in a currency that cannot be compared. */
public enum UnknownPrice {
    /** It is not used. */
    DROP,
    /** It is used after all routes whose price is known, whatever the order. */
    LAST
}
