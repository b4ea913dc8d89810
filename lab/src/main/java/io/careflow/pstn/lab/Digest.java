package io.careflow.pstn.lab;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to a challenge (RFC 2617, MD5, quality of protection {@code auth}). */
final class Digest {

    private Digest() {}

    static String answer(String challenge, String method, String uri, String user, String password) {
        String realm = part(challenge, "realm");
        String nonce = part(challenge, "nonce");
        String cnonce = Long.toHexString(ThreadLocalRandom.current().nextLong());
        String first = md5(user + ":" + realm + ":" + password);
        String second = md5(method + ":" + uri);
        String response = md5(first + ":" + nonce + ":00000001:" + cnonce + ":auth:" + second);
        return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"" + cnonce + "\"";
    }

    /** The same as phones of RFC 2069 give it, without a quality of protection. */
    static String oldAnswer(String challenge, String method, String uri, String user, String password) {
        String realm = part(challenge, "realm");
        String nonce = part(challenge, "nonce");
        String response = md5(md5(user + ":" + realm + ":" + password) + ":" + nonce + ":" + md5(method + ":" + uri));
        return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=MD5";
    }

    private static String part(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
