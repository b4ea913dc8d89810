package io.careflow.pstn.telnyx;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The keys with which an account's webhooks may be signed: Ed25519 (RFC 8032), 32 bytes each. Immutable and thread-safe.
 */
final class PublicKeys {
    private static final int LENGTH = 32;
    private static final byte SIGN = (byte) 0x80;
    /** What X.509 writes before the key (RFC 8410). */
    private static final String PREFIX = "302a300506032b6570032100";
    /** Points of small order, without sign: under such a key, of zeros say, anybody can sign. */
    private static final Set<String> WEAK = Set.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    private final List<PublicKey> keys;

    /**
     * These keys.
     *
     * @param base64 of 32 bytes each; none trusts nothing
     * @throws IllegalArgumentException if one is not a key that can be trusted
     */
    PublicKeys(List<String> base64) {
        keys = base64.stream().map(PublicKeys::parse).toList();
    }

    /** Whether this is a key. */
    static boolean isKey(String base64) {
        try {
            PublicKey unused = parse(base64);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether one of the keys signed this message. */
    boolean signed(byte[] message, byte[] signature) {
        boolean found = false;
        for (PublicKey key : keys) {
            found |= signed(key, message, signature);
        }
        return found;
    }

    private static boolean signed(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PublicKey parse(String base64) {
        byte[] raw = Base64.getDecoder().decode(base64);
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("public key has " + raw.length + " bytes; allowed are " + LENGTH);
        }
        byte[] unsigned = raw.clone();
        unsigned[LENGTH - 1] &= ~SIGN;
        if (WEAK.contains(HexFormat.of().formatHex(unsigned))) {
            throw new IllegalArgumentException("public key is one under which anybody can sign");
        }
        byte[] encoded = HexFormat.of().parseHex(PREFIX + HexFormat.of().formatHex(raw));
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            // Whether it is a point of the curve is looked at only here.
            Signature.getInstance("Ed25519").initVerify(key);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("public key is not a point of the curve", e);
        }
    }
}
