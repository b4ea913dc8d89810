package io.careflow.pstn.csv;

/** Hears how far the reading of a file has come, every few thousand rows and at the end. On the reading thread; what it throws ends the reading. */
@FunctionalInterface
public interface LoadProgress {

    /**
     * So much has been read.
     *
     * @param rows rows, the bad ones included, the header not
     * @param bytes bytes taken from the file, which is read ahead a little
     */
    void read(long rows, long bytes);

    /** Hears nothing. */
    static LoadProgress none() {
        return (rows, bytes) -> {};
    }
}
