package io.careflow.pstn.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns. */
final class Lines {
    private static final int GAP = 2;

    private Lines() {}

    static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int at = 0; at < row.size(); at++) {
                int width = width(row.get(at));
                if (at == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(at, Math.max(widths.get(at), width));
                }
            }
        }
        return widths;
    }

    /** One row; the last cell is not filled up. */
    static String aligned(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < row.size(); at++) {
            line.append(row.get(at));
            if (at < row.size() - 1) {
                line.append(" ".repeat(Math.max(0, widths.get(at) - width(row.get(at))) + GAP));
            }
        }
        return line.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
