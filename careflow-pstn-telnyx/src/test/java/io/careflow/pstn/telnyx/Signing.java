package io.careflow.pstn.telnyx;

import io.careflow.pstn.webhook.WebhookRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Signs as Telnyx does, written apart from what is tested. */
final class Signing {
    /** Of the private key whose bytes are 0 to 31. */
    static final String PUBLIC_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";

    static final String URL = "https://phone.example.org/telnyx";

    private Signing() {}

    /** The private key whose bytes count up from this one. */
    static PrivateKey key(int first) {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) (first + i);
        }
        String encoded = "302e020100300506032b657004220420" + HexFormat.of().formatHex(seed);
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(HexFormat.of().parseHex(encoded)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String sign(PrivateKey key, String timestamp, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(timestamp.getBytes(StandardCharsets.US_ASCII));
        message.write('|');
        message.writeBytes(body);
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(message.toByteArray());
            return Base64.getEncoder().encodeToString(ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A genuine webhook of this moment. */
    static WebhookRequest request(Instant now, String body) {
        return request(key(0), now, body.getBytes(StandardCharsets.UTF_8));
    }

    static WebhookRequest request(PrivateKey key, Instant now, byte[] body) {
        String timestamp = Long.toString(now.getEpochSecond());
        return new WebhookRequest(
                "POST",
                URL,
                List.of(
                        Map.entry("Content-Type", "application/json"),
                        Map.entry("Telnyx-Signature-Ed25519", sign(key, timestamp, body)),
                        Map.entry("Telnyx-Timestamp", timestamp)),
                body);
    }
}
