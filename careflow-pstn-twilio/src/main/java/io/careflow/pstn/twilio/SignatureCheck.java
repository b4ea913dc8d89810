package io.careflow.pstn.twilio;

import io.careflow.pstn.Secret;
import io.careflow.pstn.webhook.Delivery;
import io.careflow.pstn.webhook.Delivery.Reason;
import io.careflow.pstn.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;

/**
 * Checks {@code X-Twilio-Signature}: HMAC-SHA1 over the URL and the sorted fields of the form, in constant time. Thread-safe.
 *
 * <p>The algorithm is that of twilio-java's {@code RequestValidator}, which is not used itself: its map of fields loses repeated
 * names, it parses and rebuilds the URL and so breaks what is escaped in it (twilio-java issue 601), and it computes two
 * signatures for every request. Here the exact URL is tried first; where Twilio may have left the port out or put it in, and
 * where credentials stand in the URL, the authority alone is changed, by cutting the text.
 */
final class SignatureCheck {
    private static final String SIGNATURE = "X-Twilio-Signature";
    /** Far more than Twilio ever sends. */
    private static final int LARGEST = 1 << 20;

    private static final String BODY_HASH = "bodySHA256";

    private final List<Hmac> keys;

    /**
     * A check with these keys; a request is trusted if one of them fits.
     *
     * @param tokens auth tokens of the account, of its sub-accounts, or one that is not promoted yet. None trusts nothing
     */
    SignatureCheck(List<Secret> tokens) {
        keys = tokens.stream().map(Hmac::sha1).toList();
    }

    /** Why the request is refused without anything of its content being read; empty if it is worth reading. */
    static Optional<Delivery.Refused> refusalUnread(WebhookRequest request) {
        String given = SignedRequest.header(request, SIGNATURE);
        if (given == null || given.isBlank()) {
            return refused(Reason.UNSIGNED, "there is no " + SIGNATURE);
        }
        return request.body().length > LARGEST
                ? refused(Reason.UNREADABLE, "the body has more than " + LARGEST + " bytes")
                : Optional.empty();
    }

    /** Why the request is not trusted; empty if it is. */
    Optional<Delivery.Refused> refusal(SignedRequest signed) {
        String given = SignedRequest.header(signed.request(), SIGNATURE);
        if (given == null || given.isBlank()) {
            return refused(Reason.UNSIGNED, "there is no " + SIGNATURE);
        }
        if (keys.isEmpty()) {
            return refused(Reason.FORGED, "no auth token is configured, so no signature can be right");
        }
        if (!fits(signed, given.getBytes(StandardCharsets.UTF_8))) {
            return refused(
                    Reason.FORGED,
                    "the signature does not fit; is the URL the public one that Twilio called, and the auth token current?");
        }
        return signed.form() || bodyIsSigned(signed)
                ? Optional.empty()
                : refused(Reason.FORGED, "the body is not the one whose SHA-256 is signed");
    }

    private boolean fits(SignedRequest signed, byte[] given) {
        if (fits(signed, given, signed.url())) {
            return true;
        }
        for (String variant : variants(signed.url())) {
            if (fits(signed, given, variant)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(SignedRequest signed, byte[] given, String url) {
        byte[] target = url.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (Hmac key : keys) {
            Mac mac = key.begin();
            mac.update(target);
            if (signed.form()) {
                signed.fields().sign(mac);
            }
            found |= MessageDigest.isEqual(Base64.getEncoder().encode(mac.doFinal()), given);
        }
        return found;
    }

    /** The URL as Twilio may have signed it: without fragment and credentials, with its port or without. */
    static Set<String> variants(String url) {
        int hash = url.indexOf('#');
        String whole = hash < 0 ? url : url.substring(0, hash);
        int begin = whole.indexOf("://") + 3;
        int end = begin;
        while (end < whole.length() && "/?".indexOf(whole.charAt(end)) < 0) {
            end++;
        }
        String scheme = whole.substring(0, begin);
        String rest = whole.substring(end);
        String authority = whole.substring(
                whole.lastIndexOf('@', end - 1) >= begin ? whole.lastIndexOf('@', end - 1) + 1 : begin, end);
        int colon = authority.lastIndexOf(':');
        boolean ported = colon > authority.lastIndexOf(']');
        String host = ported ? authority.substring(0, colon) : authority;
        String port = scheme.startsWith("https") || scheme.startsWith("wss") ? ":443" : ":80";
        Set<String> variants = new LinkedHashSet<>();
        variants.add(scheme + authority + rest);
        variants.add(scheme + host + rest);
        if (!ported) {
            variants.add(scheme + host + port + rest);
        }
        variants.remove(url);
        return variants;
    }

    /** Of a body that is no form Twilio signs the hash, as part of the URL. */
    private static boolean bodyIsSigned(SignedRequest signed) {
        byte[] body = signed.request().body();
        String hash = signed.query().get(BODY_HASH);
        if (hash == null) {
            return body.length == 0;
        }
        byte[] actual = HexFormat.of().formatHex(sha256(body)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(actual, hash.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Optional<Delivery.Refused> refused(Reason reason, String explanation) {
        return Optional.of(new Delivery.Refused(reason, explanation));
    }
}
