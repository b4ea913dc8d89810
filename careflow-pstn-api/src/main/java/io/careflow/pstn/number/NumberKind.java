package io.careflow.pstn.number;

/** What kind of number is wanted or offered, as carriers sell them. */
public enum NumberKind {
    /** Belongs to a town or area. */
    LOCAL,
    /** Can receive text messages as mobiles do. */
    MOBILE,
    /** Free for the caller. */
    TOLL_FREE,
    /** Belongs to a country, not to a town. */
    NATIONAL,
    /** Something else; the carrier's word is kept beside it. */
    OTHER
}
