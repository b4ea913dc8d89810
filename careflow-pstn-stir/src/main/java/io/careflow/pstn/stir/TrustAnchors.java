package io.careflow.pstn.stir;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The certification authorities that may vouch for phone companies, such as those on the list of the policy administrator of a
 * country (for the US and Canada the STI-PA's list of STI-CAs). Nothing is built in: the list changes, and it is the application
 * that must trust it. Immutable and thread-safe.
 *
 * <p>Whether a certificate was revoked is not looked up.
 */
public final class TrustAnchors {
    private static final int LONGEST_PATH = 4;

    private final Set<TrustAnchor> anchors;

    private TrustAnchors(Set<TrustAnchor> anchors) {
        this.anchors = Set.copyOf(anchors);
    }

    /**
     * These authorities.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TrustAnchors of(Iterable<X509Certificate> authorities) {
        Set<TrustAnchor> anchors = new HashSet<>();
        authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("no trust anchors; expected at least one certificate");
        }
        return new TrustAnchors(anchors);
    }

    /**
     * The authorities in a PEM text, one certificate after the other.
     *
     * @throws IllegalArgumentException if there is none, or one cannot be read
     */
    public static TrustAnchors ofPem(String pem) {
        try {
            return of(certificates(pem));
        } catch (CertificateException e) {
            // Without its cause: it may quote the text.
            throw new IllegalArgumentException("trust anchors cannot be read; expected certificates in PEM");
        }
    }

    static List<X509Certificate> certificates(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /**
     * By way of whom one of them vouches for the first of these certificates, at this moment: that certificate, then those of its
     * authorities but the trusted one. Empty if none of them does.
     */
    List<X509Certificate> path(List<X509Certificate> chain, Instant at) {
        try {
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(chain.get(0));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(LONGEST_PATH);
            parameters.setDate(Date.from(at));
            return CertPathBuilder.getInstance("PKIX").build(parameters).getCertPath().getCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            return List.of();
        }
    }
}
