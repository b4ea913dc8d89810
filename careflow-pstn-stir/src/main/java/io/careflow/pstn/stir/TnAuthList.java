package io.careflow.pstn.stir;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The numbers for which the owner of a certificate may sign (RFC 8226, section 9): a service provider code, which stands for all
 * numbers of that provider, or numbers and ranges.
 *
 * @param codes the service provider codes
 * @param numbers whether a number, digits only, is in it
 */
record TnAuthList(Set<String> codes, List<Predicate<String>> numbers) {
    static final String OID = "1.3.6.1.5.5.7.1.26";
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int IA5 = 0x16;
    private static final int INTEGER = 0x02;
    private static final int CODE = 0xA0;
    private static final int RANGE = 0xA1;
    private static final int ONE = 0xA2;

    /** Reads the value of the extension as {@code X509Certificate.getExtensionValue} gives it. */
    static TnAuthList parse(byte[] extension) throws Refused {
        try {
            ByteBuffer list = inside(inside(ByteBuffer.wrap(extension), OCTETS), SEQUENCE);
            Set<String> codes = new HashSet<>();
            List<Predicate<String>> numbers = new ArrayList<>();
            while (list.hasRemaining()) {
                int kind = list.get(list.position()) & 0xFF;
                ByteBuffer entry = inside(list, kind);
                switch (kind) {
                    case CODE -> codes.add(text(entry));
                    case RANGE -> numbers.add(range(inside(entry, SEQUENCE)));
                    case ONE -> numbers.add(text(entry)::equals);
                    default -> throw new IllegalArgumentException("unknown entry");
                }
            }
            codes.remove("");
            if (codes.isEmpty() && numbers.isEmpty()) {
                throw Refused.failed("the certificate is for no numbers (TNAuthList is empty)");
            }
            return new TnAuthList(Set.copyOf(codes), List.copyOf(numbers));
        } catch (RuntimeException e) {
            throw Refused.failed("the certificate's TNAuthList cannot be read");
        }
    }

    boolean covers(String digits) {
        return !codes.isEmpty() || numbers.stream().anyMatch(number -> number.test(digits));
    }

    /** Whether its owner may have handed on this number by that list. */
    boolean mayDelegate(String digits, TnAuthList list) {
        return covers(digits) && codes.containsAll(list.codes());
    }

    private static Predicate<String> range(ByteBuffer range) {
        String first = text(range);
        BigInteger start = new BigInteger(first);
        byte[] count = bytes(inside(range, INTEGER));
        BigInteger end = start.add(new BigInteger(count));
        return digits -> digits.length() == first.length()
                && new BigInteger(digits).compareTo(start) >= 0
                && new BigInteger(digits).compareTo(end) < 0;
    }

    private static String text(ByteBuffer der) {
        return new String(bytes(inside(der, IA5)), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(ByteBuffer der) {
        byte[] bytes = new byte[der.remaining()];
        der.get(bytes);
        return bytes;
    }

    /** The content of the next element, which must be of this kind; the buffer is behind it afterwards. */
    private static ByteBuffer inside(ByteBuffer der, int tag) {
        if ((der.get() & 0xFF) != tag) {
            throw new IllegalArgumentException("unexpected element");
        }
        int length = der.get() & 0xFF;
        if (length > 0x82) {
            throw new IllegalArgumentException("too long");
        } else if (length >= 0x80) {
            int octets = length - 0x80;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | (der.get() & 0xFF);
            }
        }
        ByteBuffer content = der.slice(der.position(), length);
        der.position(der.position() + length);
        return content;
    }
}
