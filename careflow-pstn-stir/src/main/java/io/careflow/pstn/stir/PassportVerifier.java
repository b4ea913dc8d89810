package io.careflow.pstn.stir;

import static io.careflow.pstn.stir.IdentityHeader.require;

import com.nimbusds.jose.jwk.Curve;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallerTrust;
import io.careflow.pstn.call.CallerTrust.Level;
import io.careflow.pstn.call.CallerTrust.Source;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.desk.CallerTrustCheck;
import io.careflow.pstn.event.InboundCall;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the SIP header {@code Identity} of a call, where the adapter passes it on: SHAKEN tokens in full form, signed with
 * ES256 (RFC 8224, 8225, 8588). Of several the first that is good counts.
 *
 * <p>Good means: the token is for this caller and this called number, was made within {@link PassportSettings#freshness} of the
 * moment at which the call arrived, came with no other call, and its signer's certificate comes from a trusted authority, is valid
 * at that moment and is for signing and for that number (RFC 8226). Everything else is an answer with its reason: {@link
 * Level#FAILED} where something is wrong, {@link Level#UNVERIFIED} where it could not be told, {@link Level#ABSENT} without header.
 *
 * <p>Thread-safe. Blocks while a certificate is fetched, which is the last thing it does. Copies are noticed within one process.
 */
public final class PassportVerifier implements CallerTrustCheck {
    private static final int MOST_HEADERS = 4;
    private static final int DIGITAL_SIGNATURE = 0;

    private final TrustAnchors anchors;
    private final PassportSettings settings;
    private final Certificates certificates;
    private final Seen seen;

    /** A verifier that remembers nothing yet. */
    public PassportVerifier(TrustAnchors anchors, CertificateFetcher fetcher, PassportSettings settings, Clock clock) {
        this.anchors = anchors;
        this.settings = settings;
        this.certificates = new Certificates(fetcher, settings, clock);
        this.seen = new Seen(settings.remembered(), settings.freshness().multipliedBy(2), clock);
    }

    @Override
    public CallerTrust check(InboundCall call) {
        List<String> headers = IdentityHeader.of(call.origin().sipHeaders());
        CallerTrust worst = CallerTrust.ABSENT;
        for (String header : headers.subList(0, Math.min(MOST_HEADERS, headers.size()))) {
            CallerTrust found = checked(header, call);
            if (found.level() != Level.FAILED && found.level() != Level.UNVERIFIED) {
                return found;
            }
            worst = worst.level() == Level.FAILED ? worst : found;
        }
        return worst;
    }

    private CallerTrust checked(String header, InboundCall call) {
        Passport passport = null;
        try {
            passport = Passport.parse(IdentityHeader.parse(header));
            requireFresh(passport, call);
            requireParties(passport, call);
            requireSigner(passport, call);
            seen.use(passport.content(), call.call().toString());
            return trust(
                    Level.verified(passport.attestation()), passport, "the signature of the caller's network is good");
        } catch (Refused refused) {
            return trust(refused.level(), passport, String.valueOf(refused.getMessage()));
        } catch (RuntimeException e) {
            return trust(
                    Level.UNVERIFIED,
                    passport,
                    "the check failed: " + e.getClass().getSimpleName());
        }
    }

    private static CallerTrust trust(Level level, @Nullable Passport passport, String reason) {
        return passport == null
                ? new CallerTrust(level, Attestation.NONE, null, Source.IDENTITY_HEADER, reason, null)
                : new CallerTrust(
                        level,
                        passport.attestation(),
                        passport.origid(),
                        Source.IDENTITY_HEADER,
                        reason,
                        passport.raw());
    }

    private void requireFresh(Passport passport, InboundCall call) throws Refused {
        Duration age = Duration.between(passport.issued(), call.occurredAt());
        require(
                age.abs().compareTo(settings.freshness()) <= 0,
                age.isNegative()
                        ? "the signature is from the future, by " + age.abs().toSeconds() + " seconds"
                        : "the signature is " + age.toSeconds() + " seconds old; allowed are "
                                + settings.freshness().toSeconds());
    }

    private void requireParties(Passport passport, InboundCall call) throws Refused {
        String from = digits(call.from())
                .orElseThrow(() -> Refused.unverified("the caller shows no number that could be compared"));
        require(from.equals(passport.orig()), "the signature is for another caller's number");
        String to = digits(call.to()).orElseThrow(() -> Refused.unverified("the dialled number cannot be compared"));
        if (!passport.dest().contains(to)) {
            Party diverted = call.origin().forwardedFrom();
            if (diverted != null
                    && digits(diverted).filter(passport.dest()::contains).isPresent()) {
                throw Refused.unverified("the call was forwarded, and its signature is for the number dialled first");
            }
            throw Refused.failed("the signature is for another called number");
        }
    }

    private void requireSigner(Passport passport, InboundCall call) throws Refused {
        List<X509Certificate> chain = certificates.at(passport.certificate());
        X509Certificate signer = chain.get(0);
        requireValid(signer, call);
        boolean[] usage = signer.getKeyUsage();
        require(usage != null && usage[DIGITAL_SIGNATURE], "the certificate is not for signatures");
        require(signer.getBasicConstraints() < 0, "the certificate is an authority's");
        Set<String> critical = signer.getCriticalExtensionOIDs();
        byte[] numbers = signer.getExtensionValue(TnAuthList.OID);
        require(critical != null && numbers != null, "the certificate is not a phone company's (no TNAuthList)");
        TnAuthList list = TnAuthList.parse(numbers);
        require(list.covers(passport.orig()), "the certificate is not for the caller's number");
        List<X509Certificate> path = anchors.path(chain, call.occurredAt());
        require(!path.isEmpty(), "no trusted authority vouches for the certificate");
        requireDelegated(passport, list, path.subList(1, path.size()));
        if (!(signer.getPublicKey() instanceof ECPublicKey key)) {
            throw Refused.failed("the certificate's key is not of the curve P-256");
        }
        require(
                Curve.P_256.equals(Curve.forECParameterSpec(key.getParams())),
                "the certificate's key is not of the curve P-256");
        passport.requireSignedBy(key);
    }

    /** RFC 9060: an authority that may sign for some numbers only makes certificates for no others. */
    private static void requireDelegated(Passport passport, TnAuthList signers, List<X509Certificate> authorities)
            throws Refused {
        TnAuthList below = signers;
        for (X509Certificate authority : authorities) {
            byte[] numbers = authority.getExtensionValue(TnAuthList.OID);
            if (numbers != null) {
                TnAuthList list = TnAuthList.parse(numbers);
                require(
                        list.mayDelegate(passport.orig(), below),
                        "the certificate is for more than its authority could have delegated");
                below = list;
            }
        }
    }

    private static void requireValid(X509Certificate signer, InboundCall call) throws Refused {
        Instant at = call.occurredAt();
        require(!at.isBefore(signer.getNotBefore().toInstant()), "the certificate is not valid yet");
        require(!at.isAfter(signer.getNotAfter().toInstant()), "the certificate has expired");
    }

    private Optional<String> digits(Party party) {
        return party.normalised(settings.homeRegion())
                .number()
                .map(PhoneNumber::e164)
                .map(number -> number.substring(1));
    }
}
