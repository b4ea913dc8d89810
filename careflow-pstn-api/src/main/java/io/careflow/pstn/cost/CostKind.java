package io.careflow.pstn.cost;

import java.util.Locale;

/** What is paid for. */
public enum CostKind {
    /** Numbers that are rented, by the month. */
    NUMBERS,
    /** Flat rates of trunks and the like, by the month. */
    PLANS,
    /** Calls that came in. */
    CALLS_IN,
    /** Calls that went out. */
    CALLS_OUT,
    /** Calls between our own users, which cost nothing. */
    CALLS_ON_NET,
    /** Texts that came in. */
    MESSAGES_IN,
    /** Texts that went out. */
    MESSAGES_OUT,
    /** Recordings of calls. */
    RECORDINGS;

    /** Whether it is paid by the month and not by use; the end of a month brings no more of it. */
    public boolean isMonthly() {
        return this == NUMBERS || this == PLANS;
    }

    /** For people, for example {@code calls out}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
