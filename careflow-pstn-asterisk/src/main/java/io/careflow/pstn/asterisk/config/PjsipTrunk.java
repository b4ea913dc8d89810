package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskPlan.Kamailio;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkHealth;
import io.careflow.pstn.siptrunk.TrunkMedia;
import io.careflow.pstn.siptrunk.TrunkNumbering.CallerIdHeader;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A trunk as PJSIP knows it. */
final class PjsipTrunk {
    private final AsteriskPlan plan;
    private final SipTrunkProfile trunk;
    private final TrunkAuth auth;

    PjsipTrunk(AsteriskPlan plan, SipTrunkProfile trunk) {
        this.plan = plan;
        this.trunk = trunk;
        this.auth = trunk.auth();
    }

    void render(ConfText conf, ConfText secrets) {
        Kamailio kamailio = plan.kamailio();
        if (kamailio == null) {
            direct(conf, secrets);
        } else {
            behind(kamailio, conf);
        }
    }

    /** Section names of its addresses of record: one for each server, as their order is kept only between them. */
    static List<String> records(SipTrunkProfile trunk) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= trunk.endpoints().size(); i++) {
            names.add(i == 1 ? trunk.id() : trunk.id() + "." + i);
        }
        return names;
    }

    /** The servers, the preferred one first. */
    static List<SipEndpoint> servers(SipTrunkProfile trunk) {
        return SipServers.preferredFirst(trunk.endpoints());
    }

    private void behind(Kamailio kamailio, ConfText conf) {
        String host = trunk.id() + ".trunk.invalid";
        endpoint(conf).set("identify_by", "header").set("aors", trunk.id()).set("outbound_proxy", kamailio.route());
        conf.set("transport", PjsipFile.transport(SipTransport.UDP));
        from(conf, kamailio.domain());
        conf.section(trunk.id()).set("type", "aor").set("contact", "sip:" + host);
        conf.section(trunk.id())
                .set("type", "identify")
                .set("endpoint", trunk.id())
                .set("match_header", KamailioHeaders.TRUNK + ": " + trunk.id());
    }

    private void direct(ConfText conf, ConfText secrets) {
        List<SipEndpoint> servers = servers(trunk);
        endpoint(conf).set("identify_by", "ip").set("aors", String.join(",", records(trunk)));
        Set<SipTransport> transports =
                servers.stream().map(SipEndpoint::transport).collect(Collectors.toSet());
        if (transports.size() == 1) {
            conf.set("transport", PjsipFile.transport(servers.get(0).transport()));
        }
        proxy(conf);
        from(conf, servers.get(0).host());
        if (auth.mode().isDigest()) {
            conf.set("outbound_auth", trunk.id());
        }
        records(conf, servers);
        identify(conf, servers);
        Secret password = plan.passwords().get(trunk.id());
        if (auth.mode().isDigest() && password != null) {
            secrets.section(trunk.id())
                    .set("type", "auth")
                    .set("auth_type", "userpass")
                    .set("username", String.valueOf(auth.digestUser()))
                    .set("password", password.reveal());
            String realm = auth.realm();
            if (realm != null) {
                secrets.set("realm", realm);
            }
        }
        if (auth.mode() == TrunkAuth.Mode.REGISTER) {
            registration(conf, servers.get(0));
        }
    }

    private ConfText endpoint(ConfText conf) {
        TrunkMedia media = trunk.media();
        conf.section(trunk.id())
                .set("type", "endpoint")
                .set("context", DialplanFile.FROM_PSTN)
                .set("disallow", "all")
                .set("allow", Codecs.of(media.codecs()))
                .set("dtmf_mode", media.dtmf().name().toLowerCase(Locale.ROOT));
        if (media.srtp() != TrunkMedia.Srtp.NONE) {
            boolean dtls = media.keying() == TrunkMedia.Keying.DTLS;
            conf.set("media_encryption", dtls ? "dtls" : "sdes")
                    .set("media_encryption_optimistic", media.srtp() == TrunkMedia.Srtp.OPTIONAL);
            if (dtls) {
                conf.set("dtls_auto_generate_cert", true)
                        .set("dtls_verify", "fingerprint")
                        .set("dtls_setup", "actpass");
            }
        }
        if (media.t38()) {
            conf.set("t38_udptl", true).set("t38_udptl_ec", "redundancy");
        }
        CallerIdHeader header = trunk.numbering().callerIdHeader();
        // An update of the callee's name while it rings is a re-INVITE, which carriers answer with an error.
        return conf.set("send_pai", header == CallerIdHeader.PAI)
                .set("send_rpid", header == CallerIdHeader.RPID)
                .set("trust_id_inbound", true)
                .set("trust_id_outbound", true)
                .set("send_connected_line", false)
                .set("timers", false)
                .set("direct_media", false)
                .set("rtp_symmetric", true);
    }

    private void from(ConfText conf, String usualDomain) {
        String user = fromUser(trunk);
        if (user != null) {
            conf.set("from_user", user);
        }
        String domain = auth.fromDomain();
        conf.set("from_domain", domain == null ? usualDomain : domain);
    }

    /** A carrier that is shown the caller elsewhere wants to see its customer in the From header. */
    static @Nullable String fromUser(SipTrunkProfile trunk) {
        TrunkAuth auth = trunk.auth();
        if (trunk.numbering().callerIdHeader() == CallerIdHeader.FROM) {
            return null;
        }
        String given = auth.fromUser();
        return given == null && auth.mode().isDigest() ? auth.username() : given;
    }

    private void records(ConfText conf, List<SipEndpoint> servers) {
        TrunkHealth health = trunk.health();
        List<String> names = records(trunk);
        for (int i = 0; i < servers.size(); i++) {
            conf.section(names.get(i)).set("type", "aor").set("contact", SipServers.uri("", servers.get(i)));
            if (health.optionsPing()) {
                conf.set("qualify_frequency", health.interval().toSeconds())
                        .set(
                                "qualify_timeout",
                                BigDecimal.valueOf(health.timeout().toMillis(), 3)
                                        .stripTrailingZeros()
                                        .toPlainString());
            }
            proxy(conf);
        }
    }

    private void identify(ConfText conf, List<SipEndpoint> servers) {
        Stream<String> sources = trunk.sources().isEmpty()
                ? servers.stream().map(SipEndpoint::host)
                : trunk.sources().stream().map(IpRange::toString).sorted();
        conf.section(trunk.id())
                .set("type", "identify")
                .set("endpoint", trunk.id())
                .set("srv_lookups", false);
        new LinkedHashSet<>(sources.toList()).forEach(source -> conf.set("match", source));
    }

    private void registration(ConfText conf, SipEndpoint first) {
        String registrar = auth.registrar();
        SipEndpoint server = registrar == null
                ? first
                : new SipEndpoint(registrar, first.port(), first.transport(), first.priority(), first.weight());
        String user = String.valueOf(auth.username());
        // A carrier that answers 401 or 403 for a moment must not end it for good; "line" tells its calls from
        // strangers'.
        conf.section(trunk.id())
                .set("type", "registration")
                .set("transport", PjsipFile.transport(server.transport()))
                .set("outbound_auth", trunk.id())
                .set("server_uri", SipServers.uri("", server))
                .set("client_uri", SipServers.uri(user + "@", server))
                .set("contact_user", contactUser(trunk))
                .set("expiration", auth.registerExpiry().toSeconds())
                .set("retry_interval", 30)
                .set("forbidden_retry_interval", 300)
                .set("fatal_retry_interval", 300)
                .set("max_retries", 1_000_000)
                .set("auth_rejection_permanent", false)
                .set("line", true)
                .set("endpoint", trunk.id());
        proxy(conf);
    }

    /** Some carriers send calls to what we registered: the number, where there is only one. */
    static String contactUser(SipTrunkProfile trunk) {
        return trunk.numbers().size() == 1
                ? trunk.numbers().get(0).number().e164()
                : String.valueOf(trunk.auth().username());
    }

    private void proxy(ConfText conf) {
        SipEndpoint proxy = trunk.outboundProxy();
        if (proxy != null) {
            conf.set("outbound_proxy", SipServers.uri("", proxy) + ";lr");
        }
    }
}
