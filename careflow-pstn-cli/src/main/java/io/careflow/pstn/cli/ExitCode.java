package io.careflow.pstn.cli;

/** What the process says to its parent. Scripts rely on the numbers: they never change their meaning. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;
    /** Failed or refused; nothing was done. */
    static final int FAILED = 1;
    /** Options or settings are wrong; the carrier was not asked. */
    static final int USAGE = 2;
    /** The answer is no: the thing does not exist, or the webhook is not to be trusted. */
    static final int NO = 3;
    /** In doubt: it may have been done, or it was and its result cannot be shown. Look it up, do not repeat it. */
    static final int IN_DOUBT = 4;
    /** Nobody said yes; nothing was done. */
    static final int NOT_CONFIRMED = 5;

    private ExitCode() {}
}
