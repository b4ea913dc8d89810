package io.careflow.pstn.http;

import io.careflow.pstn.error.NotPermitted.Why;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a carrier's refusal says. The kind names the failure that is thrown; its effect follows from the status
 * alone. Immutable and thread-safe.
 *
 * @param kind which failure this is
 * @param code the carrier's own code, or null; at most {@value #MAX_CODE} characters are kept
 * @param reason the carrier's sentence for people, or null for ours; at most {@value #MAX_REASON} characters are kept, and the
 *     transport takes out of it whatever was sent with the request
 * @param why which rule forbids it; given exactly with {@link Kind#NOT_PERMITTED}
 */
public record Refusal(
        Kind kind,
        @Nullable String code,
        @Nullable String reason,
        @Nullable Why why) {
    /** The longest code that is kept. */
    public static final int MAX_CODE = 64;

    /** The longest reason that is kept. */
    public static final int MAX_REASON = 300;

    /** The end of a text that was cut. */
    static final String CUT = "...";

    /** Which failure a refusal becomes. */
    public enum Kind {
        /** {@link io.careflow.pstn.error.AuthenticationFailed}. */
        AUTHENTICATION,
        /** {@link io.careflow.pstn.error.InvalidRequest}. */
        INVALID_REQUEST,
        /** {@link io.careflow.pstn.error.NotFound}. */
        NOT_FOUND,
        /** {@link io.careflow.pstn.error.Conflict}. */
        CONFLICT,
        /** {@link io.careflow.pstn.error.NumberUnavailable}. */
        NUMBER_UNAVAILABLE,
        /** {@link io.careflow.pstn.error.InsufficientFunds}. */
        INSUFFICIENT_FUNDS,
        /** {@link io.careflow.pstn.error.Throttled}. */
        THROTTLED,
        /** {@link io.careflow.pstn.error.ProviderUnavailable}. */
        UNAVAILABLE,
        /** {@link io.careflow.pstn.error.NotPermitted}, with its reason why. */
        NOT_PERMITTED,
        /** Whatever the HTTP status stands for. */
        BY_STATUS
    }

    /** Cuts and cleans the texts. */
    public Refusal {
        Objects.requireNonNull(kind, "kind");
        if ((why != null) != (kind == Kind.NOT_PERMITTED)) {
            throw new IllegalArgumentException(
                    "why is given with the kind NOT_PERMITTED and with no other, not " + kind);
        }
        code = clean(code, MAX_CODE);
        reason = clean(reason, MAX_REASON);
    }

    /** A refusal of this kind, with the carrier's code and sentence as far as it gave them. */
    public Refusal(Kind kind, @Nullable String code, @Nullable String reason) {
        this(kind, code, reason, null);
    }

    /** Something that a rule forbids. */
    public static Refusal notPermitted(Why why, @Nullable String code, @Nullable String reason) {
        return new Refusal(Kind.NOT_PERMITTED, code, reason, why);
    }

    /** No more is known than the status. */
    public static Refusal byStatus() {
        return new Refusal(Kind.BY_STATUS, null, null);
    }

    /** The kind of the status, with the carrier's code. */
    public static Refusal byStatus(@Nullable String code, @Nullable String reason) {
        return new Refusal(Kind.BY_STATUS, code, reason);
    }

    static @Nullable String clean(@Nullable String text, int longest) {
        if (text == null) {
            return null;
        }
        String line = oneLine(text);
        if (line.isEmpty()) {
            return null;
        }
        return line.length() <= longest ? line : line.substring(0, longest - CUT.length()) + CUT;
    }

    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
