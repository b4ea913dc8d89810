package io.careflow.pstn.siptrunk;

import io.careflow.pstn.trunk.IpRange;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the carrier knows that a call is ours. Checked as a part of its {@link SipTrunkProfile}.
 *
 * @param mode the way
 * @param username user of registration and digest, and of the address of record; null where the address proves us
 * @param authUsername user of the digest where it is another one, or null
 * @param secret where the password is found, or null where there is none
 * @param realm the realm that the carrier challenges with, or null for any
 * @param fromUser user of the From header, or null for the user name or the caller ID
 * @param fromDomain host of the From header, or null for the carrier's
 * @param registrar host that is registered at, or null for the first endpoint
 * @param registerExpiry how long a registration is asked for: 60 to 3600 seconds
 * @param techPrefix digits before every number, with IP_WITH_TECH_PREFIX only; null otherwise
 * @param localAddresses our public addresses, as the carrier was told them
 */
public record TrunkAuth(
        Mode mode,
        @Nullable String username,
        @Nullable String authUsername,
        @Nullable SecretRef secret,
        @Nullable String realm,
        @Nullable String fromUser,
        @Nullable String fromDomain,
        @Nullable String registrar,
        Duration registerExpiry,
        @Nullable TechPrefix techPrefix,
        List<IpRange> localAddresses) {
    /** A registration is asked for this long unless told otherwise. */
    static final Duration USUAL_EXPIRY = Duration.ofMinutes(10);

    public TrunkAuth {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(registerExpiry, "registerExpiry");
        localAddresses = List.copyOf(localAddresses);
    }

    /** We register; incoming calls come to where we registered. */
    public static TrunkAuth register(String username, SecretRef secret) {
        return digest(Mode.REGISTER, username, secret);
    }

    /** Every call of ours is challenged; the carrier has our address for incoming ones. */
    public static TrunkAuth digest(String username, SecretRef secret) {
        return digest(Mode.DIGEST_NO_REGISTER, username, secret);
    }

    /** The carrier knows our addresses. */
    public static TrunkAuth ip(List<IpRange> localAddresses) {
        return new TrunkAuth(Mode.IP, null, null, null, null, null, null, null, USUAL_EXPIRY, null, localAddresses);
    }

    /** The carrier knows our addresses, and a prefix tells it which customer calls. */
    public static TrunkAuth ip(List<IpRange> localAddresses, TechPrefix prefix) {
        return new TrunkAuth(
                Mode.IP_WITH_TECH_PREFIX,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                USUAL_EXPIRY,
                prefix,
                localAddresses);
    }

    /** The same with this From header. */
    public TrunkAuth from(@Nullable String user, @Nullable String domain) {
        return new TrunkAuth(
                mode,
                username,
                authUsername,
                secret,
                realm,
                user,
                domain,
                registrar,
                registerExpiry,
                techPrefix,
                localAddresses);
    }

    /** The same, registering at this host for so long. */
    public TrunkAuth registeringAt(@Nullable String host, Duration expiry) {
        return new TrunkAuth(
                mode,
                username,
                authUsername,
                secret,
                realm,
                fromUser,
                fromDomain,
                host,
                expiry,
                techPrefix,
                localAddresses);
    }

    /** The user of the digest: {@link #authUsername} where there is one, else {@link #username}; null where there is neither. */
    public @Nullable String digestUser() {
        return authUsername == null ? username : authUsername;
    }

    private static TrunkAuth digest(Mode mode, String username, SecretRef secret) {
        return new TrunkAuth(mode, username, null, secret, null, null, null, null, USUAL_EXPIRY, null, List.of());
    }

    /** The ways in which a carrier knows its customer. */
    public enum Mode {
        /** By a registration, and by digest for calls. */
        REGISTER,
        /** By digest for calls; nothing is registered. */
        DIGEST_NO_REGISTER,
        /** By our address. */
        IP,
        /** By our address, and digits before every number. */
        IP_WITH_TECH_PREFIX;

        /** Whether a user name and a password are needed. */
        public boolean isDigest() {
            return this == REGISTER || this == DIGEST_NO_REGISTER;
        }
    }

    /**
     * Digits that go before every dialled number, such as {@code 12345678*}.
     *
     * @param digits 1 to 16
     * @param delimiter what stands between them and the number: {@code *}, {@code #} or nothing
     */
    public record TechPrefix(String digits, String delimiter) {
        public TechPrefix {
            if (!digits.matches("[0-9]{1,16}")) {
                throw new IllegalArgumentException(
                        "tech prefix is '" + Texts.shown(digits) + "'; allowed are 1 to 16 digits");
            }
            if (!delimiter.matches("[*#]?")) {
                throw new IllegalArgumentException("delimiter of the tech prefix is '" + Texts.shown(delimiter)
                        + "'; allowed are *, # or nothing");
            }
        }

        /** Digits and delimiter. */
        @Override
        public String toString() {
            return digits + delimiter;
        }
    }
}
