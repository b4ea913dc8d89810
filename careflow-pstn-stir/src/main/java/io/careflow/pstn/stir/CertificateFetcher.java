package io.careflow.pstn.stir;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Fetches the certificates that strangers name. An implementation must bound time and size, and must not reach the application's
 * own network. Thread-safe.
 */
@FunctionalInterface
public interface CertificateFetcher {

    /**
     * What is at this address.
     *
     * @param url an https address with a host
     * @throws IOException if it cannot be had; the message is shown to nobody
     */
    Fetched fetch(URI url) throws IOException;

    /**
     * Certificates as they were delivered.
     *
     * @param pem the signer's certificate, then those of its authorities
     * @param keepFor how long they may be kept, zero for not at all
     */
    record Fetched(String pem, Duration keepFor) {
        /** Refuses a negative time. */
        public Fetched {
            if (keepFor.isNegative()) {
                throw new IllegalArgumentException("keepFor is " + keepFor + "; expected zero or more");
            }
        }

        @Override
        public String toString() {
            return "Fetched[" + pem.length() + " characters, " + keepFor + "]";
        }
    }
}
