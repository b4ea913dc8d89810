package io.careflow.pstn.stir;

import static io.careflow.pstn.stir.IdentityHeader.require;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import io.careflow.pstn.call.Attestation;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a SHAKEN PASSporT claims (RFC 8225, 8588), whoever signed it.
 *
 * @param certificate where the certificate is
 * @param orig the number that calls: digits only, with country code
 * @param dest the numbers that are called, likewise
 * @param raw the attestation as written
 */
record Passport(
        JWSObject signed,
        URI certificate,
        String orig,
        List<String> dest,
        Instant issued,
        Attestation attestation,
        String raw,
        String origid) {
    private static final int MOST_DESTINATIONS = 20;

    static Passport parse(IdentityHeader header) throws Refused {
        try {
            JWSObject signed = JWSObject.parse(header.token());
            URI certificate = certificate(signed.getHeader(), header.info());
            Map<String, Object> claims = signed.getPayload().toJSONObject();
            if (claims == null) {
                throw Refused.failed("the token's claims are no JSON object");
            }
            String attest = text(claims, "attest");
            return new Passport(
                    signed,
                    certificate,
                    digits(object(claims, "orig").get("tn"))
                            .orElseThrow(() -> Refused.unverified("the token's orig is no telephone number")),
                    destinations(object(claims, "dest").get("tn")),
                    issued(claims.get("iat")),
                    attestation(attest),
                    attest,
                    origid(text(claims, "origid")));
        } catch (ParseException | IllegalArgumentException e) {
            // Without its cause: it may quote the token.
            throw Refused.failed("the token cannot be read");
        }
    }

    /** Refuses a token that the owner of this key did not sign. */
    void requireSignedBy(ECPublicKey key) throws Refused {
        try {
            require(signed.verify(new ECDSAVerifier(key)), "the signature is wrong");
        } catch (JOSEException e) {
            throw Refused.failed("the signature cannot be checked with the certificate's key");
        }
    }

    /** What was signed. Signatures themselves have two forms, so they do not tell a copy. */
    String content() {
        return new String(signed.getSigningInput(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static URI certificate(JWSHeader header, URI info) throws Refused {
        IdentityHeader.requireShaken(header.getCustomParam("ppt"));
        require(JWSAlgorithm.ES256.equals(header.getAlgorithm()), "the token is not signed with ES256");
        JOSEObjectType type = header.getType();
        require(type != null && type.getType().equalsIgnoreCase("passport"), "the token's type is not passport");
        require(header.getCriticalParams() == null, "the token asks for extensions that are not understood here");
        URI x5u = header.getX509CertURL();
        if (x5u == null) {
            throw Refused.failed("the token does not say where the certificate is (x5u)");
        }
        URI certificate = IdentityHeader.https(x5u.toString());
        require(certificate.equals(info), "header and token name different certificates (info, x5u)");
        return certificate;
    }

    private static List<String> destinations(@Nullable Object tn) throws Refused {
        List<?> all = tn instanceof List<?> several ? several : List.of();
        require(all.size() <= MOST_DESTINATIONS, "the token has more than " + MOST_DESTINATIONS + " destinations");
        List<String> numbers = new ArrayList<>();
        for (Object one : all) {
            digits(one).ifPresent(numbers::add);
        }
        if (numbers.isEmpty()) {
            throw Refused.unverified("the token's dest holds no telephone number");
        }
        return List.copyOf(numbers);
    }

    /** The canonical form of RFC 8224, section 8.3: digits only. */
    private static Optional<String> digits(@Nullable Object tn) {
        if (!(tn instanceof String text) || text.length() > 32) {
            return Optional.empty();
        }
        String digits = text.replaceAll("[+ ().-]", "");
        return digits.matches("[0-9]{1,15}") ? Optional.of(digits) : Optional.empty();
    }

    private static Instant issued(@Nullable Object iat) throws Refused {
        if (iat instanceof Number number && number.doubleValue() == number.longValue()) {
            long seconds = number.longValue();
            if (seconds > 0 && seconds < Integer.MAX_VALUE * 8L) {
                return Instant.ofEpochSecond(seconds);
            }
        }
        throw Refused.failed("the token does not say when it was made (iat)");
    }

    private static Attestation attestation(String attest) throws Refused {
        return switch (attest) {
            case "A" -> Attestation.FULL;
            case "B" -> Attestation.PARTIAL;
            case "C" -> Attestation.GATEWAY;
            default -> throw Refused.unverified("the token's attestation is none of A, B and C");
        };
    }

    private static String origid(String text) throws Refused {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw Refused.failed("the token's origid is no UUID");
        }
    }

    private static String text(Map<String, Object> claims, String name) throws Refused {
        if (claims.get(name) instanceof String text) {
            return text;
        }
        throw Refused.failed("the token has no claim " + name);
    }

    private static Map<?, ?> object(Map<String, Object> claims, String name) throws Refused {
        if (claims.get(name) instanceof Map<?, ?> object) {
            return object;
        }
        throw Refused.failed("the token has no claim " + name);
    }

    // Who holds the token may repeat the call.
    @Override
    public String toString() {
        return "Passport[" + attestation + " by " + origid + "]";
    }
}
