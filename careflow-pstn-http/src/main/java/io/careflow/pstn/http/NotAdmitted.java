package io.careflow.pstn.http;

/** Stands as the cause behind a failure that our own limits made: nothing was sent, and repeating at once is pointless. */
final class NotAdmitted extends Exception {
    private static final long serialVersionUID = 1L;

    NotAdmitted(String message) {
        super(message, null, false, false);
    }
}
