package io.careflow.pstn.voipms;

import io.careflow.pstn.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The secret in the URL of our callbacks: all that tells VoIP.ms from a stranger, as it signs nothing. */
final class CallbackToken {
    static final String RULE = "22 to 128 letters, digits, '-' and '_', of which ten differ: 128 random bits or more";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22,128}");
    private static final int FEWEST_DIFFERENT = 10;
    private static final int BYTES = 24;

    private CallbackToken() {}

    /** A new one. */
    static Secret random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether it can be one that nobody guesses. */
    static boolean isStrong(String text) {
        return FORM.matcher(text).matches() && text.chars().distinct().count() >= FEWEST_DIFFERENT;
    }

    /** Whether they are the same; takes as long whether they are or not. */
    static boolean matches(Secret token, String given) {
        // Digests are of one length, so not even the token's can be measured.
        return MessageDigest.isEqual(digest(token.reveal()), digest(given));
    }

    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
