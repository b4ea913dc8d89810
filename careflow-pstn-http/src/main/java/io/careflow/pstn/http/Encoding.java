package io.careflow.pstn.http;

import io.careflow.pstn.http.HttpCall.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Percent-encoding of UTF-8, in its two dialects. By hand, because {@link java.net.URLEncoder} takes ten times as long. */
final class Encoding {
    /** Digits among the first 64 characters of ASCII, and letters among the second: one bit for each. */
    private static final long LOW = 0x03FF_0000_0000_0000L;

    private static final long HIGH = 0x07FF_FFFE_07FF_FFFEL;

    private static final String HEX = "0123456789ABCDEF";

    private Encoding() {}

    /**
     * For paths and queries. A raw '+' is a blank to some servers and a plus to others; RFC 3986's unreserved characters are
     * safe everywhere.
     */
    static String url(String plain) {
        if (isUnreserved(plain)) {
            return plain;
        }
        byte[] utf8 = plain.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[3 * utf8.length];
        int end = 0;
        for (byte b : utf8) {
            end = isUnreserved(b) ? plain(out, end, b) : escape(out, end, b);
        }
        return new String(out, 0, end, StandardCharsets.US_ASCII);
    }

    /** A body as HTML forms send it: a blank is a plus. */
    static byte[] form(List<Parameter> fields) {
        byte[][] texts = new byte[2 * fields.size()][];
        int size = 0;
        for (int i = 0; i < fields.size(); i++) {
            texts[2 * i] = fields.get(i).name().getBytes(StandardCharsets.UTF_8);
            texts[2 * i + 1] = fields.get(i).value().getBytes(StandardCharsets.UTF_8);
            size += formSize(texts[2 * i]) + formSize(texts[2 * i + 1]) + 2;
        }
        byte[] out = new byte[Math.max(0, size - 1)];
        int end = 0;
        for (int i = 0; i < texts.length; i++) {
            if (i > 0) {
                out[end++] = (byte) (i % 2 == 0 ? '&' : '=');
            }
            end = form(out, end, texts[i]);
        }
        return out;
    }

    private static int form(byte[] out, int from, byte[] utf8) {
        int end = from;
        for (byte b : utf8) {
            if (isFormSafe(b)) {
                end = plain(out, end, b);
            } else {
                end = b == ' ' ? plain(out, end, (byte) '+') : escape(out, end, b);
            }
        }
        return end;
    }

    private static int formSize(byte[] utf8) {
        int size = utf8.length;
        for (byte b : utf8) {
            size += isFormSafe(b) || b == ' ' ? 0 : 2;
        }
        return size;
    }

    private static int plain(byte[] out, int end, byte b) {
        out[end] = b;
        return end + 1;
    }

    private static int escape(byte[] out, int end, byte b) {
        out[end] = '%';
        out[end + 1] = (byte) HEX.charAt(b >> 4 & 0xF);
        out[end + 2] = (byte) HEX.charAt(b & 0xF);
        return end + 3;
    }

    private static boolean isUnreserved(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isUnreserved(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(int c) {
        return isAmong(c, LOW + bit('-') + bit('.'), HIGH + bit('_') + bit('~'));
    }

    private static boolean isFormSafe(int c) {
        return isAmong(c, LOW + bit('-') + bit('.') + bit('*'), HIGH + bit('_'));
    }

    /** Whether a character belongs to a set of ASCII, one bit for each. */
    private static boolean isAmong(int c, long low, long high) {
        return c >= 0 && c < 128 && ((c < 64 ? low : high) >>> (c & 63) & 1) != 0;
    }

    private static long bit(int c) {
        return 1L << (c & 63);
    }
}
