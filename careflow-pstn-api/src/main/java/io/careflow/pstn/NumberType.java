package io.careflow.pstn;

/** What kind of line a number is, as far as public numbering plans tell. */
public enum NumberType {
    /** A fixed line. */
    FIXED_LINE,
    /** A mobile. */
    MOBILE,
    /** Fixed or mobile; the plan does not tell (all of North America). */
    FIXED_LINE_OR_MOBILE,
    /** Free for the caller; the owner pays. */
    TOLL_FREE,
    /** Expensive for the caller. */
    PREMIUM_RATE,
    /** Cost shared between caller and owner. */
    SHARED_COST,
    /** Voice over IP. */
    VOIP,
    /** Follows a person. */
    PERSONAL_NUMBER,
    /** Pager. */
    PAGER,
    /** Universal access number of a company. */
    UAN,
    /** Voicemail access. */
    VOICEMAIL,
    /** Possible by its length, but in no known range. */
    UNKNOWN
}
