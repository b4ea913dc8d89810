package io.careflow.pstn.lab;

import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a key and a certificate, real ones: an authority, or a phone company that signs the numbers of its callers
 * (STIR/SHAKEN). Immutable.
 */
public final class PhoneCompany {
    private static final ASN1ObjectIdentifier TN_AUTH_LIST = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.26");

    private final KeyPair keys;
    private final List<X509Certificate> chain;

    private PhoneCompany(KeyPair keys, List<X509Certificate> chain) {
        this.keys = keys;
        this.chain = List.copyOf(chain);
    }

    /** An authority that nobody vouches for. */
    public static PhoneCompany authority(String name, Instant now) {
        return new Papers(name, now).signing(true).of(null);
    }

    /** An authority that this one vouches for. */
    public PhoneCompany intermediate(String name, Instant now) {
        return new Papers(name, now).signing(true).of(this);
    }

    /** A phone company with a service provider code that this authority vouches for. */
    public PhoneCompany company(String code, Instant now) {
        return new Papers("SHAKEN " + code, now).code(code).of(this);
    }

    /** Its certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Its certificate and those of its authorities but the last, in PEM. */
    public String pem() {
        return pem(chain.size() == 1 ? chain : chain.subList(0, chain.size() - 1));
    }

    /** The value of a header Identity, as a phone company would sign it. */
    public String identity(String url, String attest, String from, String to, Instant at) {
        String claims =
                "{\"attest\":\"" + attest + "\",\"dest\":{\"tn\":[\"" + to + "\"]},\"iat\":" + at.getEpochSecond()
                        + ",\"orig\":{\"tn\":\"" + from + "\"},\"origid\":\"6e4d8c1a-3b0e-4d1c-9d55-21a8d1e3a1f7\"}";
        String header = "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"" + url + "\"}";
        return token(header, claims) + ";info=<" + url + ">;alg=ES256;ppt=shaken";
    }

    /** Header and claims, signed as JWS (RFC 7515) with ES256. */
    public String token(String header, String claims) {
        String content =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new LabException("cannot sign", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String pem(List<X509Certificate> certificates) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            for (X509Certificate certificate : certificates) {
                pem.writeObject(certificate);
            }
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What a certificate says. Not thread-safe. */
    public static final class Papers {
        private final String name;
        private final List<ASN1Encodable> numbers = new ArrayList<>();
        private Instant from;
        private Instant until;
        private boolean authority;
        private String curve = "secp256r1";
        private int usage = KeyUsage.digitalSignature;
        private @Nullable String host;
        private byte @Nullable [] list;

        /** A certificate of a phone company for no numbers, valid from a day ago for a year. */
        public Papers(String name, Instant now) {
            this.name = name;
            this.from = now.minus(Duration.ofDays(1));
            this.until = now.plus(Duration.ofDays(365));
        }

        /** For all numbers of a provider. */
        public Papers code(String code) {
            numbers.add(new DERTaggedObject(true, 0, new DERIA5String(code)));
            return this;
        }

        /** For a number. */
        public Papers number(String digits) {
            numbers.add(new DERTaggedObject(true, 2, new DERIA5String(digits)));
            return this;
        }

        /** For so many numbers from this one on. */
        public Papers range(String first, int count) {
            numbers.add(new DERTaggedObject(true, 1, new DERSequence(new ASN1Encodable[] {
                new DERIA5String(first), new org.bouncycastle.asn1.ASN1Integer(count)
            })));
            return this;
        }

        /** For numbers in a form that is none. */
        public Papers numbers(byte[] extension) {
            list = extension.clone();
            return this;
        }

        /** Valid in this span only. */
        public Papers valid(Instant since, Instant to) {
            from = since;
            until = to;
            return this;
        }

        /** An authority's. */
        public Papers signing(boolean value) {
            authority = value;
            usage = value ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
            return this;
        }

        /** For other uses than signatures. */
        public Papers usage(int value) {
            usage = value;
            return this;
        }

        /** A key of another curve. */
        public Papers curve(String value) {
            curve = value;
            return this;
        }

        /** Also for a server on this address. */
        public Papers host(String address) {
            host = address;
            return this;
        }

        /** Makes key and certificate; null: nobody vouches for it but itself. */
        public PhoneCompany of(@Nullable PhoneCompany issuer) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec(curve));
                KeyPair keys = generator.generateKeyPair();
                List<X509Certificate> chain = new ArrayList<>();
                chain.add(certificate(keys, issuer));
                if (issuer != null) {
                    chain.addAll(issuer.chain);
                }
                return new PhoneCompany(keys, chain);
            } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
                throw new LabException("cannot make a certificate", e);
            }
        }

        private X509Certificate certificate(KeyPair keys, @Nullable PhoneCompany issuer)
                throws GeneralSecurityException, CertIOException, OperatorCreationException {
            X500Name subject = new X500Name("CN=" + name);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer == null
                            ? subject
                            : new X500Name(issuer.certificate()
                                    .getSubjectX500Principal()
                                    .getName()),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (usage != 0) {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            }
            if (list != null) {
                builder.addExtension(TN_AUTH_LIST, false, list);
            } else if (!numbers.isEmpty()) {
                builder.addExtension(TN_AUTH_LIST, false, new DERSequence(numbers.toArray(new ASN1Encodable[0])));
            }
            if (host != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, host)));
            }
            KeyPair signer = issuer == null ? keys : issuer.keys;
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        }
    }

    KeyPair keys() {
        return keys;
    }

    List<X509Certificate> chain() {
        return chain;
    }
}
