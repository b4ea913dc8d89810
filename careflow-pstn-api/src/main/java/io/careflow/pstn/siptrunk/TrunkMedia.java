package io.careflow.pstn.siptrunk;

import io.careflow.pstn.trunk.IpRange;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How voice travels. Checked as a part of its {@link SipTrunkProfile}.
 *
 * @param codecs what is offered, the preferred one first
 * @param dtmf how keys travel
 * @param srtp whether voice is encrypted
 * @param keying how keys for it are agreed on
 * @param t38 whether fax is carried as T.38
 * @param sources addresses from which the carrier sends voice, for firewalls; empty if it names none
 * @param rtpPorts the carrier's ports, for firewalls, or null if it names none
 */
public record TrunkMedia(
        List<Codec> codecs,
        Dtmf dtmf,
        Srtp srtp,
        Keying keying,
        boolean t38,
        List<IpRange> sources,
        @Nullable PortRange rtpPorts) {
    /** G.711 in both laws, keys as RFC 4733 events, nothing encrypted. */
    public static final TrunkMedia USUAL = new TrunkMedia(
            List.of(Codec.PCMU, Codec.PCMA), Dtmf.RFC4733, Srtp.NONE, Keying.SDES, false, List.of(), null);

    public TrunkMedia {
        codecs = List.copyOf(codecs);
        Objects.requireNonNull(dtmf, "dtmf");
        Objects.requireNonNull(srtp, "srtp");
        Objects.requireNonNull(keying, "keying");
        sources = List.copyOf(sources);
    }

    /** The same with these codecs, the preferred one first. */
    public TrunkMedia codecs(Codec... preferredFirst) {
        return new TrunkMedia(List.of(preferredFirst), dtmf, srtp, keying, t38, sources, rtpPorts);
    }

    /** The same, encrypted or not. */
    public TrunkMedia srtp(Srtp value) {
        return new TrunkMedia(codecs, dtmf, value, keying, t38, sources, rtpPorts);
    }

    /** The same with keys travelling like this. */
    public TrunkMedia dtmf(Dtmf value) {
        return new TrunkMedia(codecs, value, srtp, keying, t38, sources, rtpPorts);
    }

    /** Codecs of telephony, by their names in SDP (RFC 3551, RFC 7587). */
    public enum Codec {
        /** G.711 mu-law. */
        PCMU,
        /** G.711 A-law. */
        PCMA,
        /** Wide-band voice at 64 kbit/s. */
        G722,
        /** 8 kbit/s. */
        G729,
        /** GSM full rate. */
        GSM,
        /** RFC 6716. */
        OPUS
    }

    /** How pressed keys travel. */
    public enum Dtmf {
        /** As events in RTP. */
        RFC4733,
        /** As tones in the voice. */
        INBAND,
        /** As SIP INFO. */
        INFO,
        /** As events if the far end offers them, else as tones. */
        AUTO
    }

    /** Whether voice is encrypted (RFC 3711). */
    public enum Srtp {
        /** It is not. */
        NONE,
        /** It is where both sides can. */
        OPTIONAL,
        /** Calls without it fail. */
        REQUIRED
    }

    /** How keys for encryption are agreed on. */
    public enum Keying {
        /** In the SDP (RFC 4568); needs TLS, or everybody on the way can read the keys. */
        SDES,
        /** In the media path (RFC 5763). */
        DTLS
    }

    /**
     * Ports from one to another, both included.
     *
     * @param first 1 to 65535
     * @param last not below the first, at most 65535
     */
    public record PortRange(int first, int last) {
        public PortRange {
            if (first < 1 || last < first || last > 65_535) {
                throw new IllegalArgumentException(
                        "ports are " + first + "-" + last + "; allowed are 1 to 65535, the first not above the last");
            }
        }

        /** As {@code first-last}. */
        @Override
        public String toString() {
            return first + "-" + last;
        }
    }
}
