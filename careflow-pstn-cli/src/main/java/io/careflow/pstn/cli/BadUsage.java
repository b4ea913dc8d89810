package io.careflow.pstn.cli;

/** What was typed or set up is wrong; the carrier was not asked. */
final class BadUsage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadUsage(String message) {
        super(message);
    }

    BadUsage(String message, Throwable cause) {
        super(message, cause);
    }
}
