package io.careflow.pstn.demo;

/** A step that did not go as it should; its message is for the person at the terminal. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String seen;

    Broken(String expected, String seen) {
        super("expected: " + expected + "; seen: " + seen);
        this.expected = expected;
        this.seen = seen;
    }

    Broken(String expected, String seen, Throwable cause) {
        this(expected, seen);
        initCause(cause);
    }

    String expected() {
        return expected;
    }

    String seen() {
        return seen;
    }
}
