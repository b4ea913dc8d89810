package io.careflow.pstn.csv;

/**
 * A row that makes no rate, or a file that is no price list. Immutable and thread-safe.
 *
 * @param line the line of the file on which the row begins, from 1
 * @param column the header of the column that is wrong, or its place as {@code column 3}; empty if it is none in particular
 * @param reason what is wrong, with the beginning of what was found
 */
public record BadRow(long line, String column, String reason) {

    /** In one line, for example {@code line 17, price: not a decimal: 'abc'}. */
    @Override
    public String toString() {
        return "line " + line + (column.isEmpty() ? "" : ", " + column) + ": " + reason;
    }
}
