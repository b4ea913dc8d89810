package io.careflow.pstn.cli;

/**
 * One thing that was looked at.
 *
 * @param check what
 * @param status how it is
 * @param text what was found
 */
record Finding(String check, Status status, String text) {
    static Finding ok(String check, String text) {
        return new Finding(check, Status.OK, text);
    }

    static Finding info(String check, String text) {
        return new Finding(check, Status.INFO, text);
    }

    static Finding warning(String check, String text) {
        return new Finding(check, Status.WARNING, text);
    }

    static Finding failed(String check, String text) {
        return new Finding(check, Status.FAILED, text);
    }

    /** How something is. */
    enum Status {
        /** Well. */
        OK,
        /** Neither well nor ill. */
        INFO,
        /** It works, and somebody should look at it. */
        WARNING,
        /** It does not work. */
        FAILED
    }
}
