package io.careflow.pstn.siptrunk;

import io.careflow.pstn.PhoneNumber;
import java.util.Objects;
import java.util.Set;

/**
 * How numbers are written, and which may be shown. Checked as a part of its {@link SipTrunkProfile}.
 *
 * @param dial dialled numbers
 * @param prefix digits, {@code *} and {@code #} before every dialled number, after a tech prefix; usually none
 * @param inbound dialled and calling numbers of incoming calls
 * @param inboundStrip digits that the carrier puts before the dialled number of incoming calls; usually none
 * @param callerId numbers that are shown
 * @param callerIdHeader where they are shown
 * @param callerIds numbers that may be shown; empty for those of the trunk
 * @param foreignCallerIds whether {@code callerIds} may name numbers that are not of the trunk, as the carrier has verified them
 * @param anonymous whether the number may be withheld
 */
public record TrunkNumbering(
        NumberFormat dial,
        String prefix,
        NumberFormat inbound,
        String inboundStrip,
        NumberFormat callerId,
        CallerIdHeader callerIdHeader,
        Set<PhoneNumber> callerIds,
        boolean foreignCallerIds,
        boolean anonymous) {
    /** E.164 with plus sign everywhere, shown in P-Asserted-Identity. */
    public static final TrunkNumbering E164 = of(NumberFormat.E164_PLUS, CallerIdHeader.PAI);

    public TrunkNumbering {
        Objects.requireNonNull(dial, "dial");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(inbound, "inbound");
        Objects.requireNonNull(inboundStrip, "inboundStrip");
        Objects.requireNonNull(callerId, "callerId");
        Objects.requireNonNull(callerIdHeader, "callerIdHeader");
        callerIds = Set.copyOf(callerIds);
    }

    /** One format for all numbers. */
    public static TrunkNumbering of(NumberFormat format, CallerIdHeader header) {
        return new TrunkNumbering(format, "", format, "", format, header, Set.of(), false, false);
    }

    /** The same with other formats. */
    public TrunkNumbering formats(NumberFormat dialled, NumberFormat incoming, NumberFormat shown) {
        return new TrunkNumbering(
                dialled, prefix, incoming, inboundStrip, shown, callerIdHeader, callerIds, foreignCallerIds, anonymous);
    }

    /** The same, showing only these numbers, which the carrier has verified if they are not of the trunk. */
    public TrunkNumbering showing(Set<PhoneNumber> numbers) {
        return new TrunkNumbering(
                dial, prefix, inbound, inboundStrip, callerId, callerIdHeader, numbers, true, anonymous);
    }

    /** Where the number of the caller is written. */
    public enum CallerIdHeader {
        /** P-Asserted-Identity (RFC 3325). */
        PAI,
        /** Remote-Party-ID. */
        RPID,
        /** The From header. */
        FROM
    }
}
