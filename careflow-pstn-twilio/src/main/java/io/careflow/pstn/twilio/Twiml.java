package io.careflow.pstn.twilio;

/**
 * Writes TwiML. Not thread-safe; a new one for every document.
 *
 * <p>By hand because the document is the answer to every webhook: twilio-java's builders make a DOM and a transformer for each,
 * which costs more than all the rest of the answer. Tests compare what both say.
 */
final class Twiml {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>";

    private final StringBuilder out = new StringBuilder(1_024).append(XML);
    private boolean inTag;

    /** Begins an element. */
    Twiml open(String name) {
        closeTag();
        out.append('<').append(name);
        inTag = true;
        return this;
    }

    /** An attribute of the element that was just begun. */
    Twiml with(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
        return this;
    }

    /** An attribute of the element that was just begun. */
    Twiml with(String name, long value) {
        out.append(' ').append(name).append("=\"").append(value).append('"');
        return this;
    }

    /** Text. */
    Twiml text(String text) {
        closeTag();
        escape(text);
        return this;
    }

    /** Ends the element of this name. */
    Twiml close(String name) {
        if (inTag) {
            out.append("/>");
            inTag = false;
        } else {
            out.append("</").append(name).append('>');
        }
        return this;
    }

    /** The whole document. Nothing can be added to it any more. */
    String document() {
        closeTag();
        return out.append("</Response>").toString();
    }

    /** Whether XML can say this text as it is. */
    static boolean canSay(String text) {
        return text.codePoints().allMatch(Twiml::isXml);
    }

    private void closeTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    /** What XML cannot say, control characters and halves of surrogate pairs, becomes a space. */
    private void escape(String text) {
        int length = text.length();
        int plain = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7F && c != '<' && c != '>' && c != '&' && c != '"') {
                continue;
            }
            out.append(text, plain, i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                special(c);
            }
            plain = i + 1;
        }
        if (plain == 0) {
            out.append(text);
        } else {
            out.append(text, plain, length);
        }
    }

    private void special(char c) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\t', '\n', '\r' -> out.append("&#").append((int) c).append(';');
            default -> out.append(isXml(c) ? c : ' ');
        }
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || (c >= 0x10000 && c <= 0x10FFFF);
    }
}
