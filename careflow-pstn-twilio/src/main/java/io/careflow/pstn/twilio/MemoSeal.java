package io.careflow.pstn.twilio;

import io.careflow.pstn.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Seals memos for their way through Twilio: base64url of the text and of half an HMAC-SHA256 over it, without padding. Whoever
 * alters a letter of it has nothing. What it holds can be read by whoever sees the URL: it is no secret. Thread-safe.
 */
final class MemoSeal {
    /** More than any continuation that its own limits allow needs. */
    static final int LONGEST = 8_000;

    private static final int TAG_BYTES = 16;

    private final Hmac key;

    MemoSeal(Secret key) {
        this.key = Hmac.sha256(key);
    }

    /** The memo as letters, digits, '-' and '_'. */
    String seal(CallMemo memo) {
        byte[] text = memo.write().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(tag(text), TAG_BYTES + text.length);
        System.arraycopy(text, 0, sealed, TAG_BYTES, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The memo, if it is ours. Whether it belongs to the call that brings it, {@link CallMemo#belongsTo} knows. */
    Optional<CallMemo> open(String sealed) {
        if (sealed.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            if (bytes.length <= TAG_BYTES) {
                return Optional.empty();
            }
            byte[] text = Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length);
            byte[] given = Arrays.copyOf(bytes, TAG_BYTES);
            if (!MessageDigest.isEqual(given, Arrays.copyOf(tag(text), TAG_BYTES))) {
                return Optional.empty();
            }
            return Optional.of(CallMemo.read(new String(text, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            // Not base64, or sealed by another version that wrote memos differently.
            return Optional.empty();
        }
    }

    private byte[] tag(byte[] text) {
        return key.begin().doFinal(text);
    }
}
