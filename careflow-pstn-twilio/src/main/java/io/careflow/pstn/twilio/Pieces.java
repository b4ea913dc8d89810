package io.careflow.pstn.twilio;

import java.util.ArrayList;
import java.util.List;

/** Takes apart a text of pieces that have their lengths before them. Not thread-safe. */
final class Pieces {
    private final String text;
    private int at;

    Pieces(String text) {
        this.text = text;
    }

    /**
     * The next piece.
     *
     * @throws IllegalArgumentException if there is none
     */
    String next() {
        int colon = text.indexOf(':', at);
        if (colon < 0) {
            throw new IllegalArgumentException("a piece is missing");
        }
        int length = Integer.parseInt(text, at, colon, 10);
        int end = colon + 1 + length;
        if (length < 0 || end > text.length()) {
            throw new IllegalArgumentException("a piece is cut off");
        }
        at = end;
        return text.substring(colon + 1, end);
    }

    /** All that are left. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        while (at < text.length()) {
            rest.add(next());
        }
        return rest;
    }
}
