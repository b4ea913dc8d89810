package io.careflow.pstn.messagedesk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** Tells wishes apart without keeping what they say. */
final class TextFingerprint {
    private TextFingerprint() {}

    static String of(MessageWish wish) {
        TreeMap<String, String> options = new TreeMap<>();
        wish.request().options().forEach((option, value) -> options.put(option.name(), value.toString()));
        return hash(List.of(
                        wish.tenant().value(),
                        wish.user(),
                        wish.from().e164(),
                        wish.to().e164(),
                        options.toString(),
                        wish.request().text())
                .toString());
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
