package io.careflow.pstn.asterisk.config;

/** Text that no configuration file takes for its own: what could end a line, begin a comment or call a function is refused. */
final class SafeText {
    private static final String DANGEROUS = ";#$\"'`\\{}[]<>|&";

    private SafeText() {}

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException naming the field and the first character that is not allowed
     */
    static String require(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException(
                    field + " has " + text.length() + " characters; allowed are at most " + longest);
        }
        text.codePoints().filter(SafeText::dangerous).findFirst().ifPresent(found -> {
            throw new IllegalArgumentException(field + " has the character " + name(found)
                    + "; allowed are letters, digits, spaces and punctuation other than " + DANGEROUS);
        });
        return text;
    }

    /** For messages: without what could break a line of a log. */
    static String shown(String text) {
        String harmless = text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .limit(60)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return harmless;
    }

    private static boolean dangerous(int c) {
        int type = Character.getType(c);
        return DANGEROUS.indexOf(c) >= 0
                || Character.isISOControl(c)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }

    private static String name(int c) {
        return Character.isISOControl(c) || c > 0x7e ? String.format("U+%04X", c) : "'" + Character.toString(c) + "'";
    }
}
