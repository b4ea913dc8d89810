package io.careflow.pstn.call;

/** How an attempt to reach somebody ended, in one word. */
public enum Disposition {
    /** The person was reached and they talked. */
    ANSWERED,
    /** Busy. */
    BUSY,
    /** It rang; nobody answered in time. */
    NO_ANSWER,
    /** The callee refused the call. */
    REJECTED,
    /** No device of the callee is registered. */
    NOT_REGISTERED,
    /** The caller hung up before anybody answered. */
    ABANDONED,
    /** No such CareFlow ID, in every attempt. */
    UNKNOWN_ID,
    /** Nothing was entered. */
    NO_INPUT,
    /** The dialled number is not ours or not in service. */
    UNKNOWN_NUMBER,
    /** The caller left a message. */
    VOICEMAIL,
    /** Our script answered the call and ended it as planned; nobody was dialled. */
    SERVED,
    /** We could not serve the call: database down, PBX failed, a bug. */
    FAILED,
    /** A guard refused the call. */
    DENIED;

    /** What the network's cause means for an attempt that nobody answered. */
    public static Disposition unanswered(HangupCause cause) {
        return switch (cause.q850()) {
            case 17 -> BUSY;
            case 18, 19 -> NO_ANSWER;
            case 20 -> NOT_REGISTERED;
            case 21 -> REJECTED;
            default -> FAILED;
        };
    }
}
