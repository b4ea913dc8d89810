package io.careflow.pstn.rating;

import org.jspecify.annotations.Nullable;

/** What counts as a number in rating: ASCII digits, nothing else. */
final class Digits {

    /** Far above the 15 of E.164, to leave room for service codes and overlap dialling. */
    static final int MAX = 40;

    private Digits() {}

    /** Why this text is no dialled number, or null if it is one. Never repeats the text, which may come from anywhere. */
    static @Nullable String problem(String text) {
        if (text.isEmpty()) {
            return "the number is empty";
        }
        if (text.length() > MAX) {
            return "the number has more than " + MAX + " digits";
        }
        int bad = firstOther(text);
        return bad < 0 ? null : "the number has something other than a digit at position " + (bad + 1);
    }

    /** Whether {@link #problem} would find none. */
    static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX && firstOther(text) < 0;
    }

    /** Index of the first character that is not a digit, or -1. */
    static int firstOther(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return i;
            }
        }
        return -1;
    }
}
