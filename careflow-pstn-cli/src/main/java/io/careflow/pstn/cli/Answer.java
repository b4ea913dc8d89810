package io.careflow.pstn.cli;

import io.careflow.pstn.error.Effect;

/** The end of a command that is no failure of anything: an exit code, and a sentence that says why. */
final class Answer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final int exitCode;

    private Answer(String kind, int exitCode, String message) {
        super(message);
        this.kind = kind;
        this.exitCode = exitCode;
    }

    static Answer notFound(String what) {
        return new Answer("NotFound", ExitCode.NO, what + " does not exist");
    }

    static Answer notConfirmed(String why) {
        return new Answer("NotConfirmed", ExitCode.NOT_CONFIRMED, why + "; nothing was done");
    }

    static Answer failed(String why) {
        return new Answer("Failed", ExitCode.FAILED, why);
    }

    static Answer lost(String why) {
        return new Answer("InDoubt", ExitCode.IN_DOUBT, why);
    }

    static Answer refused(String kind, String why) {
        return new Answer(kind, ExitCode.NO, why);
    }

    String kind() {
        return kind;
    }

    Effect effect() {
        return exitCode == ExitCode.IN_DOUBT ? Effect.UNKNOWN : Effect.NONE;
    }

    int exitCode() {
        return exitCode;
    }
}
