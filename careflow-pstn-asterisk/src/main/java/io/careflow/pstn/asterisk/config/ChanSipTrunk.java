package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A trunk as chan_sip knows it: one peer for each server of the carrier, and one for each other address it calls from. */
final class ChanSipTrunk {
    private static final int MOST_SOURCES = 64;

    private final SipTrunkProfile trunk;

    ChanSipTrunk(SipTrunkProfile trunk) {
        this.trunk = trunk;
    }

    /** Names of the peers that calls are sent to. */
    static List<String> peers(SipTrunkProfile trunk) {
        return PjsipTrunk.records(trunk);
    }

    /** Every section of the trunk. */
    static List<String> sections(SipTrunkProfile trunk) {
        List<String> names = new ArrayList<>(peers(trunk));
        for (int i = 1; i <= others(trunk).size(); i++) {
            names.add(trunk.id() + ".in." + i);
        }
        return names;
    }

    /** Why chan_sip cannot do this; empty if it can. */
    static List<String> problems(SipTrunkProfile trunk, Secret password) {
        List<String> found = new ArrayList<>(problems(trunk));
        if (trunk.auth().mode() == TrunkAuth.Mode.REGISTER
                && password.reveal().codePoints().anyMatch(c -> ":@/?~".indexOf(c) >= 0)) {
            found.add("password of trunk " + trunk.id()
                    + " has one of : @ / ? ~, which a register line of chan_sip cannot hold; use another, or PJSIP");
        }
        return found;
    }

    static List<String> problems(SipTrunkProfile trunk) {
        List<String> found = new ArrayList<>();
        TrunkMedia media = trunk.media();
        String of = " of trunk " + trunk.id();
        if (media.srtp() == TrunkMedia.Srtp.OPTIONAL) {
            found.add("media.srtp" + of + " is OPTIONAL, which chan_sip cannot offer; allowed are NONE and REQUIRED");
        }
        if (media.srtp() != TrunkMedia.Srtp.NONE && media.keying() == TrunkMedia.Keying.DTLS) {
            found.add("media.keying" + of + " is DTLS, which is rendered for PJSIP only; allowed is SDES");
        }
        long addresses = trunk.sources().stream()
                .mapToLong(range -> 1L << (32 - range.prefixLength()))
                .sum();
        if (addresses > MOST_SOURCES) {
            found.add("sources" + of + " are " + addresses
                    + " addresses; chan_sip needs a peer for each, allowed are at most " + MOST_SOURCES);
        }
        return found;
    }

    static String registration(SipTrunkProfile trunk, Secret password) {
        TrunkAuth auth = trunk.auth();
        SipEndpoint first = SipServers.preferredFirst(trunk.endpoints()).get(0);
        String registrar = auth.registrar();
        String authUser = auth.authUsername();
        return first.transport().name().toLowerCase(Locale.ROOT) + "://" + auth.username() + ":" + password.reveal()
                + (authUser == null ? "" : ":" + authUser) + "@" + (registrar == null ? first.host() : registrar) + ":"
                + first.port() + "/" + PjsipTrunk.contactUser(trunk) + "~"
                + auth.registerExpiry().toSeconds();
    }

    void render(ConfText conf) {
        List<SipEndpoint> servers = SipServers.preferredFirst(trunk.endpoints());
        List<String> names = peers(trunk);
        for (int i = 0; i < servers.size(); i++) {
            SipEndpoint server = servers.get(i);
            common(conf.section(names.get(i)).set("type", "peer").set("host", server.host()))
                    .set("port", server.port())
                    .set("transport", server.transport().name().toLowerCase(Locale.ROOT));
            outgoing(conf, servers.get(0));
        }
        List<String> others = others(trunk);
        for (int i = 0; i < others.size(); i++) {
            common(conf.section(trunk.id() + ".in." + (i + 1))
                            .set("type", "peer")
                            .set("host", others.get(i)))
                    .set("transport", servers.get(0).transport() == SipTransport.UDP ? "udp" : "udp,tcp,tls");
        }
    }

    private void outgoing(ConfText conf, SipEndpoint first) {
        TrunkAuth auth = trunk.auth();
        String digestUser = auth.digestUser();
        if (digestUser != null) {
            conf.set("defaultuser", digestUser);
        }
        String from = PjsipTrunk.fromUser(trunk);
        if (from != null) {
            conf.set("fromuser", from);
        }
        String domain = auth.fromDomain();
        conf.set("fromdomain", domain == null ? first.host() : domain);
        SipEndpoint proxy = trunk.outboundProxy();
        if (proxy != null) {
            conf.set("outboundproxy", proxy.host() + ":" + proxy.port());
        }
        if (trunk.health().optionsPing()) {
            conf.set("qualify", true)
                    .set("qualifyfreq", trunk.health().interval().toSeconds());
        }
    }

    private ConfText common(ConfText conf) {
        TrunkMedia media = trunk.media();
        conf.set("context", DialplanFile.FROM_PSTN)
                .set("insecure", "port,invite")
                .set("disallow", "all")
                .set("allow", Codecs.of(media.codecs()))
                .set("dtmfmode", dtmf(media.dtmf()))
                .set("trustrpid", true)
                .set("sendrpid", callerId());
        if (media.srtp() == TrunkMedia.Srtp.REQUIRED) {
            conf.set("encryption", true);
        }
        if (media.t38()) {
            conf.set("t38pt_udptl", "yes,redundancy");
        }
        return conf;
    }

    private String callerId() {
        return switch (trunk.numbering().callerIdHeader()) {
            case PAI -> "pai";
            case RPID -> "rpid";
            case FROM -> "no";
        };
    }

    private static String dtmf(TrunkMedia.Dtmf dtmf) {
        return dtmf == TrunkMedia.Dtmf.RFC4733 ? "rfc2833" : dtmf.name().toLowerCase(Locale.ROOT);
    }

    /** Addresses that the carrier calls from and that are none of its servers'. */
    private static List<String> others(SipTrunkProfile trunk) {
        Set<String> servers = new HashSet<>();
        trunk.endpoints().forEach(server -> servers.add(server.host()));
        return trunk.sources().stream()
                .flatMap(range -> addresses(range).stream())
                .filter(address -> !servers.contains(address))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> addresses(IpRange range) {
        if (range.prefixLength() < 24) {
            return List.of();
        }
        int count = 1 << (32 - range.prefixLength());
        String net = range.address().substring(0, range.address().lastIndexOf('.') + 1);
        int last = Integer.parseInt(range.address().substring(net.length()));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(net + ((last & -count) + i));
        }
        return all;
    }
}
