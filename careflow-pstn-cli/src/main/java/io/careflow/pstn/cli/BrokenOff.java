package io.careflow.pstn.cli;

/** A list broke off after its beginning was printed: nothing may follow it on the same stream. */
final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenOff(String message, RuntimeException cause) {
        super(message, cause);
    }
}
