package io.careflow.pstn.twilio;

import io.careflow.pstn.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One key, made ready once: every use takes a clone of the initialised {@link Mac}. Thread-safe. */
final class Hmac {
    private final Mac ready;

    private Hmac(Mac ready) {
        this.ready = ready;
    }

    static Hmac sha1(Secret key) {
        return of("HmacSHA1", key.reveal().getBytes(StandardCharsets.UTF_8));
    }

    static Hmac sha256(Secret key) {
        return of("HmacSHA256", key.reveal().getBytes(StandardCharsets.UTF_8));
    }

    /** A machine for one message, of the calling thread alone. */
    Mac begin() {
        try {
            return (Mac) ready.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK's " + ready.getAlgorithm() + " cannot be cloned", e);
        }
    }

    private static Hmac of(String algorithm, byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return new Hmac(mac);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("key is not usable for " + algorithm, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
