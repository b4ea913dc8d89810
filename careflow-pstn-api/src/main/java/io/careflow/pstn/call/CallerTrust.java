package io.careflow.pstn.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the caller's number is to be believed, who said so and why. Says something about the number only: a verified number may
 * still be a nuisance.
 *
 * @param level what to make of it
 * @param attestation how far the caller's network vouches, whether or not that could be verified
 * @param origid the identifier by which the network that signed finds the call's origin (RFC 8588), or null
 * @param source who said so
 * @param reason why, in one line of at most 200 characters; holds nothing of keys or certificates
 * @param raw the words that this was read from, such as the carrier's, at most 200 characters, or null
 */
public record CallerTrust(
        Level level,
        Attestation attestation,
        @Nullable String origid,
        Source source,
        String reason,
        @Nullable String raw) {
    private static final int LONGEST = 200;

    /** Nobody vouches. */
    public static final CallerTrust ABSENT =
            new CallerTrust(Level.ABSENT, Attestation.NONE, null, Source.NOBODY, "nobody vouches for the number", null);

    public CallerTrust {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(attestation, "attestation");
        Objects.requireNonNull(source, "source");
        origid = origid == null ? null : line(origid);
        reason = line(reason);
        raw = raw == null ? null : line(raw);
    }

    /** The word of a carrier that checked the signature, or let it be checked, and says what came of it. */
    public static CallerTrust ofCarrier(CallOrigin origin) {
        String words = origin.rawAttestation();
        if (words == null && origin.attestation() == Attestation.NONE) {
            return ABSENT;
        }
        Level level = switch (origin.attestation()) {
            case FULL, PARTIAL, GATEWAY -> Level.verified(origin.attestation());
            case FAILED -> Level.FAILED;
            case NONE -> Level.UNVERIFIED;
        };
        String reason = switch (level) {
            case FAILED -> "the carrier says that the signature is wrong";
            case UNVERIFIED -> "the carrier does not say that it verified a signature";
            default -> "the carrier says that the signature is good";
        };
        return new CallerTrust(level, origin.attestation(), null, Source.CARRIER, reason, words);
    }

    /** Control characters and what is too long come from strangers. */
    private static String line(String text) {
        String plain = text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
    }

    /** What to make of a caller's number. */
    public enum Level {
        /** A good signature says that the number is the caller's. */
        VERIFIED_FULL,
        /** A good signature says that the network knows the caller, but not whether the number is theirs. */
        VERIFIED_PARTIAL,
        /** A good signature says where the call came in, and nothing of the number. */
        VERIFIED_GATEWAY,
        /** Somebody vouches, but that could not be checked: take the number as if nobody did. */
        UNVERIFIED,
        /** A signature came with the call and is wrong: take the number for forged. */
        FAILED,
        /** Nobody vouches. */
        ABSENT;

        /**
         * The level of a verified attestation.
         *
         * @throws IllegalArgumentException if it is none of {@code FULL}, {@code PARTIAL} and {@code GATEWAY}
         */
        public static Level verified(Attestation attestation) {
            return switch (attestation) {
                case FULL -> VERIFIED_FULL;
                case PARTIAL -> VERIFIED_PARTIAL;
                case GATEWAY -> VERIFIED_GATEWAY;
                default ->
                    throw new IllegalArgumentException(
                            "attestation is " + attestation + "; only FULL, PARTIAL and GATEWAY can be verified");
            };
        }
    }

    /** Who said so. */
    public enum Source {
        /** The carrier, in its webhook. */
        CARRIER,
        /** The SIP header {@code Identity}, which was verified here. */
        IDENTITY_HEADER,
        /** Nobody said anything. */
        NOBODY
    }
}
