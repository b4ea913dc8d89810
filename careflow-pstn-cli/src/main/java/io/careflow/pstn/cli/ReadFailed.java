package io.careflow.pstn.cli;

/** Something that nobody foresaw happened while the carrier was read. */
final class ReadFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReadFailed(RuntimeException cause) {
        super(cause);
    }
}
