package io.careflow.pstn.report;

import java.util.regex.Pattern;

/** A text in a CSV file that spreadsheets open: what they would take for a formula is led by an apostrophe. */
final class Cell {
    private static final Pattern NUMBER = Pattern.compile("\\+[0-9]{1,15}");

    private Cell() {}

    static String of(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        return formula && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }
}
