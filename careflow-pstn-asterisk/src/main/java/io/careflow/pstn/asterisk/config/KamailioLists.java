package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lists that Kamailio reads beside its script: servers, addresses and registrations at carriers. */
final class KamailioLists {
    static final String VERSIONS = "table_name(string) table_version(int)\nuacreg:5\n";

    private static final int NODES = 1;
    private static final int FIRST_TRUNK = 101;
    private static final int PROBED = 8;
    // A name is looked up when it is used: a name server that is away must not keep the proxy from starting.
    private static final int NOT_RESOLVED = 16;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}");

    private static final Pattern DOT = Pattern.compile("\\.");

    private KamailioLists() {}

    /** The set of the dispatcher that a trunk's servers form. */
    static int set(KamailioConfig config, SipTrunkProfile trunk) {
        return FIRST_TRUNK + config.trunks.indexOf(trunk);
    }

    /** Servers of one rank share calls by weight; those of several are tried in order. */
    static boolean isShared(SipTrunkProfile trunk) {
        return trunk.endpoints().size() > 1
                && trunk.endpoints().stream()
                                .mapToInt(SipEndpoint::priority)
                                .distinct()
                                .count()
                        == 1;
    }

    static String uri(SipEndpoint server) {
        return "sip:" + server.host() + ":" + server.port()
                + (server.transport() == SipTransport.UDP
                        ? ""
                        : ";transport=" + server.transport().name().toLowerCase(Locale.ROOT));
    }

    static String dispatcher(KamailioConfig config) {
        StringBuilder text = new StringBuilder("# set, server, flags, priority (the highest is first), attributes\n");
        SipListener towards = config.inside == null ? config.outside() : config.inside;
        for (AsteriskNode node : config.nodes) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d sip:%s:%d %d 0 socket=%s\n",
                    NODES,
                    node.address(),
                    node.port(),
                    PROBED,
                    towards.socket()));
        }
        for (SipTrunkProfile trunk : config.trunks) {
            text.append("# trunk ").append(trunk.id()).append('\n');
            List<SipEndpoint> servers = trunk.endpoints().stream()
                    .sorted(Comparator.comparingInt(SipEndpoint::priority))
                    .toList();
            int sum = servers.stream().mapToInt(SipEndpoint::weight).sum();
            int rank = servers.size();
            for (SipEndpoint server : servers) {
                int flags = (trunk.health().optionsPing() ? PROBED : 0)
                        | (ADDRESS.matcher(server.host()).matches() ? 0 : NOT_RESOLVED);
                text.append(String.format(
                        Locale.ROOT,
                        "%d %s %d %d socket=%s;weight=%d\n",
                        set(config, trunk),
                        uri(server),
                        flags,
                        rank--,
                        config.listener(server).orElseThrow().socket(),
                        Math.max(1, Math.round(100f * server.weight() / sum))));
            }
        }
        return text.toString();
    }

    /** Where calls of the trunk come from: what the profile says, or else the addresses among its servers. */
    static Set<IpRange> sources(SipTrunkProfile trunk) {
        if (!trunk.sources().isEmpty()) {
            return new LinkedHashSet<>(trunk.sources());
        }
        return trunk.endpoints().stream()
                .filter(server -> ADDRESS.matcher(server.host()).matches())
                .map(server -> new IpRange(server.host(), 32))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The narrower one of two sources that overlap. */
    static Optional<IpRange> overlap(SipTrunkProfile one, SipTrunkProfile other) {
        for (IpRange first : sources(one)) {
            for (IpRange second : sources(other)) {
                int common = Math.min(first.prefixLength(), second.prefixLength());
                if (common == 0 || ((bits(first) ^ bits(second)) >>> (32 - common)) == 0) {
                    return Optional.of(first.prefixLength() > common ? first : second);
                }
            }
        }
        return Optional.empty();
    }

    private static int bits(IpRange range) {
        int bits = 0;
        for (String octet : DOT.split(range.address(), -1)) {
            bits = (bits << 8) | Integer.parseInt(octet);
        }
        return bits;
    }

    static String addresses(KamailioConfig config) {
        StringBuilder text =
                new StringBuilder("# group (1 trunk, 2 node), address, prefix length, port (0 any), trunk\n");
        for (SipTrunkProfile trunk : config.trunks) {
            for (IpRange range : sources(trunk)) {
                text.append("1 ").append(range.address()).append(' ').append(range.prefixLength());
                text.append(" 0 ").append(trunk.id()).append('\n');
            }
        }
        for (AsteriskNode node : config.nodes) {
            text.append("2 ")
                    .append(node.address())
                    .append(" 32 ")
                    .append(node.port())
                    .append(" node\n");
        }
        return text.toString();
    }

    /** Who calls us by TLS needs no certificate; whom we call does. */
    static String tls(KamailioConfig config) {
        boolean carriers = config.trunks.stream()
                .flatMap(trunk -> Stream.concat(trunk.endpoints().stream(), Stream.ofNullable(trunk.outboundProxy())))
                .anyMatch(server -> server.transport() == SipTransport.TLS);
        return """
                [server:default]
                method = TLSv1.2+
                verify_certificate = no
                require_certificate = no
                certificate = %s
                private_key = %s

                [client:default]
                method = TLSv1.2+
                verify_certificate = yes
                require_certificate = yes
                """.formatted(config.certificate, config.privateKey)
                + (carriers ? "ca_list = " + config.authorities + "\n" : "");
    }

    static List<SipTrunkProfile> registering(KamailioConfig config) {
        return config.trunks.stream()
                .filter(trunk -> trunk.auth().mode() == TrunkAuth.Mode.REGISTER)
                .toList();
    }

    /** One line for each trunk that wants a registration; fields end with a colon, so one in a password is escaped. */
    static String registrations(KamailioConfig config) {
        StringBuilder text = new StringBuilder("id(int,auto) l_uuid(string) l_username(string) l_domain(string)"
                + " r_username(string) r_domain(string) realm(string,null) auth_username(string) auth_password(string)"
                + " auth_ha1(string,null) auth_proxy(string) expires(int) flags(int) reg_delay(int) contact_addr(string)"
                + " socket(string)\n");
        int id = 1;
        for (SipTrunkProfile trunk : registering(config)) {
            TrunkAuth auth = trunk.auth();
            SipEndpoint first = trunk.endpoints().stream()
                    .min(Comparator.comparingInt(SipEndpoint::priority))
                    .orElseThrow();
            SipListener socket = config.listener(first).orElseThrow();
            String registrar = auth.registrar() == null ? first.host() : auth.registrar();
            SipEndpoint proxy = trunk.outboundProxy() == null ? first : trunk.outboundProxy();
            List<Object> fields = List.of(
                    id++,
                    trunk.id(),
                    Objects.requireNonNull(auth.username()),
                    config.domain,
                    Objects.requireNonNull(auth.username()),
                    registrar,
                    auth.realm() == null ? "" : auth.realm(),
                    Objects.requireNonNull(auth.digestUser()),
                    KamailioSecrets.password(config, trunk),
                    "",
                    uri(proxy),
                    auth.registerExpiry().toSeconds(),
                    0,
                    0,
                    socket.contact(),
                    socket.socket());
            text.append(fields.stream()
                    .map(field -> field.toString().replace("\\", "\\\\").replace(":", "\\:"))
                    .collect(Collectors.joining(":", "", "\n")));
        }
        return text.toString();
    }
}
