package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Numbers on their way to and from one trunk: all adapters and renderers write and read them here. What comes out is safe to put into
 * a dialplan or SIP URI: digits, {@code *}, {@code #} and {@code +}, at most 32 of them. Immutable and thread-safe.
 */
public final class TrunkDialling {
    private static final Pattern SAFE = Pattern.compile("[0-9*#+]{1,32}");

    private final SipTrunkProfile profile;
    private final String before;

    private TrunkDialling(SipTrunkProfile profile) {
        this.profile = Objects.requireNonNull(profile, "profile");
        TrunkAuth.TechPrefix tech = profile.auth().techPrefix();
        this.before =
                (tech == null ? "" : tech.toString()) + profile.numbering().prefix();
    }

    /** The way this trunk writes numbers. */
    public static TrunkDialling of(SipTrunkProfile profile) {
        return new TrunkDialling(profile);
    }

    /**
     * What is dialled to reach a number, with all prefixes.
     *
     * @throws IllegalArgumentException if the trunk has no way to dial it
     */
    public String dial(PhoneNumber number) {
        return sanitised(before + profile.numbering().dial().write(number));
    }

    /** The number that {@link #dial} made this of; empty if it was none. */
    public Optional<PhoneNumber> dialled(String text) {
        return text.startsWith(before)
                ? profile.numbering().dial().read(text.substring(before.length()))
                : Optional.empty();
    }

    /** Whether a number may be shown over this trunk. */
    public boolean mayShow(PhoneNumber number) {
        return profile.callerIds().contains(number);
    }

    /**
     * A number as it is shown.
     *
     * @throws IllegalArgumentException if it must not be shown, or the trunk has no way to write it
     */
    public String callerId(PhoneNumber number) {
        if (!mayShow(number)) {
            throw new IllegalArgumentException("trunk " + profile.id() + " must not show " + number
                    + "; allowed are its own numbers or those of numbering.callerIds");
        }
        return sanitised(profile.numbering().callerId().write(number));
    }

    /** The number of who calls us; empty if it cannot be read as one. */
    public Optional<PhoneNumber> caller(String text) {
        return profile.numbering().inbound().read(text);
    }

    /** The dialled number of an incoming call, without what the carrier puts before it; empty if it cannot be read as one. */
    public Optional<PhoneNumber> inbound(String text) {
        String strip = profile.numbering().inboundStrip();
        String rest = !strip.isEmpty() && text.startsWith(strip) ? text.substring(strip.length()) : text;
        return profile.numbering().inbound().read(rest);
    }

    /**
     * Refuses what does not belong into a dialplan or SIP URI.
     *
     * @throws IllegalArgumentException if the text is empty, longer than 32, or has anything but 0-9, {@code *}, {@code #}, {@code +}
     */
    public static String sanitised(String text) {
        if (!SAFE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "dial string '" + Texts.shown(text) + "' is not usable; allowed are 1 to 32 of 0-9, *, # and +");
        }
        return text;
    }
}
