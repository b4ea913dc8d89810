package io.careflow.pstn.call;

/**
 * Why an attempt ended, in one word for all carriers. Finer than {@link Disposition}, coarser than {@link HangupCause}, from
 * which it is derived; it never replaces what the network said.
 */
public enum NeutralCause {
    /** They talked, and somebody hung up. */
    COMPLETED,
    /** The call was cut at its longest time. */
    TIME_LIMIT,
    /** The callee is talking. */
    BUSY,
    /** It rang, nobody answered. */
    NO_ANSWER,
    /** The calling side gave up before the answer. */
    CANCELED,
    /** The callee refused. */
    REJECTED,
    /** Another phone of the callee answered. */
    ANSWERED_ELSEWHERE,
    /** The number is not assigned. */
    UNALLOCATED,
    /** The text is no number that can be dialled. */
    INVALID_NUMBER,
    /** The callee has another number now. */
    NUMBER_CHANGED,
    /** The far end names another destination. It is not followed. */
    REDIRECTED,
    /** The phone is switched off, not registered or out of order. */
    UNREACHABLE,
    /** The carrier has no way to the number. */
    NO_ROUTE,
    /** The carrier has no channel left. */
    CONGESTION,
    /** Something failed for the moment. */
    TEMPORARY_FAILURE,
    /** No answer from the signalling of the far side in time. */
    TIMEOUT,
    /** The call went in a circle. */
    LOOP,
    /** The two sides did not understand each other. */
    PROTOCOL_ERROR,
    /** No common codec or bearer. */
    INCOMPATIBLE_MEDIA,
    /** The far side cannot do what was asked. */
    UNSUPPORTED,
    /** Not allowed on this line or account. */
    BARRED,
    /** The number shown is not ours to show, or is not well formed. */
    CALLER_ID,
    /** The signature of the caller's identity (STIR) is missing or bad. */
    IDENTITY,
    /** Refused as fraud, spam or by regulation. Never tried elsewhere. */
    BLOCKED,
    /** The account or trunk is not set up for such calls. */
    CONFIG,
    /** User name or password is wrong. */
    AUTH_FAILED,
    /** The account has no money. */
    PAYMENT,
    /** The account is suspended or closed. */
    ACCOUNT,
    /** A limit of the account or trunk is reached. */
    LIMIT,
    /** The request was not understood as it stands. */
    INVALID_REQUEST,
    /** It failed, and nobody said why. */
    FAILED,
    /** The network gave no reason, or one that is not known here; its own words are kept. */
    UNSPECIFIED,
    /** Not an end at all: the call is still going on. */
    NOT_OVER
}
