package io.careflow.pstn.http;

/** What may stand in a header (RFC 9110, section 5.5), without the bytes beyond ASCII that servers read differently. */
final class HeaderText {
    private HeaderText() {}

    static boolean isValid(String value) {
        return value.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\t');
    }
}
