package io.careflow.pstn.stir;

import io.careflow.pstn.call.CallerTrust.Level;

/** Why a signature does not count. Its message is for people and holds nothing of keys or certificates. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final Level level;

    private Refused(Level level, String reason) {
        super(reason, null, false, false);
        this.level = level;
    }

    /** The signature is wrong. */
    static Refused failed(String reason) {
        return new Refused(Level.FAILED, reason);
    }

    /** It could not be checked. */
    static Refused unverified(String reason) {
        return new Refused(Level.UNVERIFIED, reason);
    }

    Level level() {
        return level;
    }
}
