package io.careflow.pstn.consent;

/** Whose agreement a law wants. */
public enum ConsentBasis {
    /** One party of the call is enough, and that may be who records. */
    ONE_PARTY,
    /** Everybody in the call. */
    ALL_PARTY,
    /** Everybody must be told. */
    NOTICE
}
