package io.careflow.pstn.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/**
 * The row that is being read, as letters in one buffer: texts are made of the few fields that somebody asks for. Each row overwrites
 * the one before. Used by one thread.
 */
final class Row extends AbstractBaseCsvCallbackHandler<Row> {
    private char[] letters = new char[256];
    private int[] ends = new int[16];
    private int fields;
    private long line;

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        fields = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        int start = start(fields);
        if (start + length > letters.length) {
            letters = Arrays.copyOf(letters, 2 * (start + length));
        }
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        System.arraycopy(buffer, offset, letters, start, length);
        ends[fields++] = start + length;
    }

    @Override
    protected Row buildRecord() {
        return this;
    }

    long line() {
        return line;
    }

    int fields() {
        return fields;
    }

    String field(int index) {
        int start = start(index);
        return new String(letters, start, ends[index] - start);
    }

    /** A number for the contents of these fields. */
    int hash(int[] places) {
        int hash = 0;
        for (int place : places) {
            for (int at = start(place); at < ends[place]; at++) {
                hash = 31 * hash + letters[at];
            }
            hash = 31 * hash + 1;
        }
        return hash;
    }

    /** Whether these fields are what {@link #copy} made. */
    boolean matches(int[] places, char[] copy) {
        int in = 0;
        for (int place : places) {
            int start = start(place);
            int length = ends[place] - start;
            if (in + length + 1 > copy.length
                    || !Arrays.equals(letters, start, start + length, copy, in, in + length)
                    || copy[in + length] != 0) {
                return false;
            }
            in += length + 1;
        }
        return in == copy.length;
    }

    /** These fields, each with a zero behind it. */
    char[] copy(int[] places) {
        StringBuilder text = new StringBuilder();
        for (int place : places) {
            text.append(letters, start(place), ends[place] - start(place)).append('\0');
        }
        return text.toString().toCharArray();
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
