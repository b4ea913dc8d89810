package io.careflow.pstn.message;

/**
 * Into how many parts a text is cut, each of which is billed (3GPP TS 23.038 and 23.040): 160 GSM-7 septets, or 153 each in
 * several parts; 70 UTF-16 units, or 67 each. Characters of the GSM extension table take two septets and are not split over
 * parts, nor are surrogate pairs.
 *
 * @param encoding how it is sent
 * @param units septets or UTF-16 units in all
 * @param count parts; 0 for an empty text
 */
public record SmsSegments(Encoding encoding, int units, int count) {
    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String GSM_EXTENSION = "\f^{}\\[~]|€";

    /** Counts the parts of a text. */
    public static SmsSegments of(String text) {
        boolean gsm = text.chars().allMatch(c -> GSM.indexOf(c) >= 0 || GSM_EXTENSION.indexOf(c) >= 0);
        return gsm ? count(text, Encoding.GSM_7, 160, 153) : count(text, Encoding.UCS_2, 70, 67);
    }

    private static SmsSegments count(String text, Encoding encoding, int single, int part) {
        int units = 0;
        int parts = 1;
        int inPart = 0;
        for (int at = 0; at < text.length(); ) {
            int length = Character.charCount(text.codePointAt(at));
            int size = encoding == Encoding.UCS_2 ? length : GSM_EXTENSION.indexOf(text.charAt(at)) >= 0 ? 2 : 1;
            if (inPart + size > part) {
                parts++;
                inPart = 0;
            }
            inPart += size;
            units += size;
            at += length;
        }
        int count = units == 0 ? 0 : units <= single ? 1 : parts;
        return new SmsSegments(encoding, units, count);
    }

    /** How a text is sent. */
    public enum Encoding {
        /** The GSM default alphabet with its extension. */
        GSM_7,
        /** UTF-16 without the name; one character outside GSM-7 turns the whole text into it. */
        UCS_2
    }
}
