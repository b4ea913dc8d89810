package io.careflow.pstn.asterisk;

import io.careflow.pstn.call.HangupCause;

/** Reads the causes that Asterisk gives. */
final class Causes {
    private static final int INTERWORKING = 127;

    private Causes() {}

    /**
     * Why a caller's channel ended. A caller who simply gives up is 0 in newer versions of Asterisk, 16 in older ones, and 127
     * ("interworking") before the answer: all of them mean that somebody hung up.
     */
    static HangupCause ofEnd(int q850, String text) {
        return q850 <= 0 || q850 >= INTERWORKING ? HangupCause.NORMAL_CLEARING : HangupCause.of(q850, text);
    }
}
