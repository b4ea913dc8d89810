package io.careflow.pstn.lab;

/** Something of the laboratory could not be started or did not do what was asked; the message says what to look at. */
public final class LabException extends RuntimeException {

    LabException(String message) {
        super(message);
    }

    LabException(String message, Throwable cause) {
        super(message, cause);
    }

    static LabException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LabException("interrupted while waiting", e);
    }
}
