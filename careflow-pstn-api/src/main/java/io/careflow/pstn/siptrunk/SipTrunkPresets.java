package io.careflow.pstn.siptrunk;

import io.careflow.pstn.siptrunk.TrunkMedia.Codec;
import io.careflow.pstn.siptrunk.TrunkNumbering.CallerIdHeader;
import io.careflow.pstn.trunk.SipEndpoint;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Profiles to begin with. Each sets what is publicly known of how a carrier takes calls; {@link #notes} says of each what nobody has
 * verified and what only the customer's contract tells: credentials, addresses, channels, prices and numbers are always the
 * customer's. Nothing here names a price.
 */
public final class SipTrunkPresets {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern VOIPMS = Pattern.compile("[a-z]{3,20}[0-9]{0,2}(\\.voip\\.ms)?");

    private SipTrunkPresets() {}

    /** Nothing but the usual: for any trunk, with values of the customer's own contract. */
    public static SipTrunkBuilder generic(String id) {
        return SipTrunkProfile.builder(id);
    }

    /**
     * VoIP.ms, registering at one of its servers.
     *
     * @param server such as {@code newyork1} or {@code newyork1.voip.ms}; the one that the numbers are routed to
     * @throws IllegalArgumentException if it is no such name
     */
    public static SipTrunkBuilder voipms(String id, String server) {
        if (!VOIPMS.matcher(server).matches()) {
            throw new IllegalArgumentException(
                    "server is '" + Texts.shown(server) + "'; expected one of VoIP.ms, such as newyork1.voip.ms");
        }
        return SipTrunkProfile.builder(id)
                .brand("VoIP.ms")
                .endpoint(SipEndpoint.of(server.endsWith(".voip.ms") ? server : server + ".voip.ms"))
                .media(TrunkMedia.USUAL.codecs(Codec.PCMU, Codec.G722))
                .numbering(TrunkNumbering.of(NumberFormat.NANP_10_PLUS_011_INTL, CallerIdHeader.PAI));
    }

    /**
     * Flowroute.
     *
     * @param pop such as {@code us-west-or}
     * @throws IllegalArgumentException if it is no label of a host name
     */
    public static SipTrunkBuilder flowroute(String id, String pop) {
        return SipTrunkProfile.builder(id)
                .brand("Flowroute")
                .endpoint(SipEndpoint.of(label("pop", pop) + ".sip.flowroute.com"))
                .numbering(TrunkNumbering.of(NumberFormat.E164_PLUS, CallerIdHeader.PAI));
    }

    /** SIP.US. */
    public static SipTrunkBuilder sipus(String id) {
        return SipTrunkProfile.builder(id)
                .brand("SIP.US")
                .endpoint(SipEndpoint.of("gw1.sip.us"))
                .numbering(TrunkNumbering.of(NumberFormat.NANP_11_PLUS_011_INTL, CallerIdHeader.FROM)
                        .formats(
                                NumberFormat.NANP_11_PLUS_011_INTL,
                                NumberFormat.NANP_10_PLUS_011_INTL,
                                NumberFormat.NANP_11));
    }

    /**
     * Bandwidth.
     *
     * @param servers the addresses that were told at onboarding, in order of priority
     */
    public static SipTrunkBuilder bandwidth(String id, List<String> servers) {
        SipTrunkBuilder builder = SipTrunkProfile.builder(id)
                .brand("Bandwidth")
                .media(new TrunkMedia(
                        TrunkMedia.USUAL.codecs(),
                        TrunkMedia.Dtmf.RFC4733,
                        TrunkMedia.Srtp.NONE,
                        TrunkMedia.Keying.SDES,
                        false,
                        List.of(),
                        new TrunkMedia.PortRange(1024, 64_000)))
                .numbering(TrunkNumbering.of(NumberFormat.E164_PLUS, CallerIdHeader.PAI));
        for (int i = 0; i < servers.size(); i++) {
            builder.endpoint(SipEndpoint.of(servers.get(i)).ranked(10 * (i + 1), 10));
        }
        return builder;
    }

    /**
     * SignalWire.
     *
     * @param space the name of the customer's space
     * @throws IllegalArgumentException if it is no label of a host name
     */
    public static SipTrunkBuilder signalwire(String id, String space) {
        return SipTrunkProfile.builder(id)
                .brand("SignalWire")
                .endpoint(SipEndpoint.of(label("space", space) + ".signalwire.com"))
                .media(TrunkMedia.USUAL
                        .codecs(Codec.OPUS, Codec.G722, Codec.PCMU, Codec.PCMA, Codec.G729)
                        .srtp(TrunkMedia.Srtp.OPTIONAL))
                .numbering(TrunkNumbering.of(NumberFormat.E164_PLUS, CallerIdHeader.FROM));
    }

    /**
     * What to know before relying on a preset: what is not verified, and what the customer must bring.
     *
     * @param preset generic, voipms, flowroute, sipus, bandwidth or signalwire
     * @throws IllegalArgumentException if there is no such preset
     */
    public static List<String> notes(String preset) {
        return switch (preset) {
            case "generic" ->
                List.of("everything is the customer's: hosts, addresses, credentials, formats, channels, prices");
            case "voipms" ->
                List.of(
                        "user and From user are the account or sub-account login, such as 100000_pbx, never the number",
                        "numbers must be routed to the very server that is registered at",
                        "codecs are as guides and lists have them; A-law is not verified, Opus is not offered",
                        "sources are not set: read the servers' addresses from the carrier when deploying",
                        "how many calls may go out at once is not verified");
            case "flowroute" ->
                List.of(
                        "the host of us-west-or is from the carrier's documents; those of other points of presence are not verified",
                        "auth is by digest, or by address with a tech prefix of 8 digits and *",
                        "there is no fixed number of channels: capacity is the customer's own limit");
            case "sipus" ->
                List.of(
                        "gw1.sip.us is from published code; a second gateway is not verified",
                        "the user is the trunk's number of 10 digits",
                        "the format of incoming numbers is not verified; 10 and 11 digits are read",
                        "a call that is forwarded counts as two channels; international calls are metered and not counted");
            case "bandwidth" ->
                List.of(
                        "servers are told at onboarding; calls are known by address, nothing is registered",
                        "ports of voice are 1024 to 64000; sources and limits are the customer's");
            case "signalwire" ->
                List.of(
                        "the SIP profile's domain depends on the space and is not verified",
                        "the number shown must be owned or verified; that it is read from the From header is not verified",
                        "codecs and optional SRTP are as documented; registering is optional");
            default ->
                throw new IllegalArgumentException("preset is '" + Texts.shown(preset)
                        + "'; allowed are generic, voipms, flowroute, sipus, bandwidth and signalwire");
        };
    }

    /** The builder that a file asks for; one that cannot be had is a problem, and then nothing is preset. */
    static SipTrunkBuilder named(ProfileFields fields, String id) {
        String preset = fields.text("preset", "generic").toLowerCase(Locale.ROOT);
        String server = fields.text("preset.server", "");
        String pop = fields.text("preset.pop", "us-west-or");
        String space = fields.text("preset.space", "");
        try {
            return switch (preset) {
                case "voipms" -> voipms(id, server);
                case "flowroute" -> flowroute(id, pop);
                case "sipus" -> sipus(id);
                case "bandwidth" -> bandwidth(id, List.of());
                case "signalwire" -> signalwire(id, space);
                default -> {
                    List<String> unused = notes(preset);
                    yield generic(id);
                }
            };
        } catch (IllegalArgumentException e) {
            fields.problem("preset", String.valueOf(e.getMessage()));
            return generic(id);
        }
    }

    private static String label(String what, String value) {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " is '" + Texts.shown(value)
                    + "'; expected lower-case letters, digits and dashes, as in a host name");
        }
        return value;
    }
}
