package io.careflow.pstn.telnyx;

import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks {@code telnyx-signature-ed25519}: pure Ed25519 over the bytes of {@code telnyx-timestamp}, a vertical bar and the body as
 * it arrived. Neither URL nor method are signed, so nothing is ever read from them. Thread-safe.
 */
final class SignatureCheck {
    static final String SIGNATURE = "telnyx-signature-ed25519";
    static final String TIMESTAMP = "telnyx-timestamp";

    /** How far a webhook's time may be from ours, as in Telnyx's own libraries. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** Far more than Telnyx ever sends. */
    private static final int LARGEST = 1 << 20;

    private static final int SIGNATURE_LENGTH = 64;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private final PublicKeys keys;
    private final Clock clock;

    SignatureCheck(PublicKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Why the request is not trusted; empty if it is. */
    Optional<Delivery.Refused> refusal(WebhookRequest request) {
        List<String> signatures = headers(request, SIGNATURE);
        List<String> timestamps = headers(request, TIMESTAMP);
        if (signatures.isEmpty()) {
            return refused(Reason.UNSIGNED, "there is no " + SIGNATURE);
        } else if (timestamps.isEmpty()) {
            return refused(Reason.UNSIGNED, "there is no " + TIMESTAMP);
        } else if (signatures.size() > 1 || timestamps.size() > 1) {
            return refused(Reason.FORGED, "there is more than one signature or time");
        } else if (keys.isEmpty()) {
            return refused(Reason.FORGED, "no public key is configured, so no signature can be right");
        } else if (!SECONDS.matcher(timestamps.get(0)).matches()) {
            return refused(Reason.FORGED, TIMESTAMP + " is not a number of seconds");
        }
        byte[] body = request.body();
        if (body.length > LARGEST) {
            return refused(Reason.UNREADABLE, "the body has more than " + LARGEST + " bytes");
        }
        return refusal(timestamps.get(0), body, signatures.get(0));
    }

    private Optional<Delivery.Refused> refusal(String timestamp, byte[] body, String signature) {
        Optional<byte[]> given = bytes(signature);
        if (given.isEmpty()) {
            return refused(Reason.FORGED, SIGNATURE + " is not Base64 of " + SIGNATURE_LENGTH + " bytes");
        } else if (!keys.signed(message(timestamp, body), given.get())) {
            return refused(
                    Reason.FORGED,
                    "the signature does not fit; is the public key the account's, and the body the bytes that arrived?");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
        return age.abs().compareTo(WINDOW) <= 0
                ? Optional.empty()
                : refused(Reason.STALE, "it was signed " + age.toSeconds() + " s ago by our clock; its signature fits");
    }

    private static byte[] message(String timestamp, byte[] body) {
        byte[] head = (timestamp + "|").getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[head.length + body.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return message;
    }

    private static Optional<byte[]> bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length == SIGNATURE_LENGTH ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Its values that are not blank. */
    private static List<String> headers(WebhookRequest request, String name) {
        return request.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Optional<Delivery.Refused> refused(Reason reason, String explanation) {
        return Optional.of(new Delivery.Refused(reason, explanation));
    }
}
