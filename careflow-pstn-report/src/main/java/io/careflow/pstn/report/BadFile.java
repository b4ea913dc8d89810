package io.careflow.pstn.report;

import io.careflow.pstn.csv.BadRow;
import java.util.List;
import java.util.stream.Collectors;

/** A CSV file with rows that cannot be read. What was read of it is not all and must not be used. */
public final class BadFile extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;

    private final transient List<BadRow> rows;

    BadFile(String file, List<BadRow> rows) {
        super(file + " has " + rows.size() + " bad rows or more: "
                + rows.stream().limit(SHOWN).map(BadRow::toString).collect(Collectors.joining("; ")));
        this.rows = List.copyOf(rows);
    }

    /** The first bad rows, at most 100. */
    public List<BadRow> rows() {
        return rows;
    }
}
