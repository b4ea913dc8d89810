package io.careflow.pstn.asterisk;

import org.jspecify.annotations.Nullable;

/** Hangup causes as the words that every Asterisk takes; numbers are younger (16.28 ignores them). */
final class HangupReason {
    static final String NORMAL = "normal";

    private HangupReason() {}

    /** The word that means exactly this Q.850 cause, or null if there is none. */
    static @Nullable String wordFor(int q850) {
        return switch (q850) {
            case 1 -> "unallocated";
            case 16 -> NORMAL;
            case 17 -> "busy";
            case 18 -> "timeout";
            case 19 -> "no_answer";
            case 21 -> "rejected";
            case 26 -> "answered_elsewhere";
            case 28 -> "number_incomplete";
            case 31 -> "normal_unspecified";
            case 34 -> "congestion";
            case 38 -> "failure";
            case 58 -> "codec_mismatch";
            case 127 -> "interworking";
            default -> null;
        };
    }
}
