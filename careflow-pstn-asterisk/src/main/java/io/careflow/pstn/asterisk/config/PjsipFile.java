package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.asterisk.config.AsteriskPlan.Kamailio;
import io.careflow.pstn.asterisk.config.AsteriskPlan.Nat;
import io.careflow.pstn.asterisk.config.AsteriskPlan.Tls;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.SipTransport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** pjsip.conf, and its passwords in a file of their own. */
final class PjsipFile {
    static final String SECRETS = "pjsip_secrets.conf";
    /** The endpoint of users whose ends are phones, where Kamailio is their registrar. */
    static final String PHONES = "kam-users";
    /** The endpoint of users whose ends are browsers, where Kamailio is their registrar. */
    static final String BROWSERS = "kam-web";

    private final AsteriskPlan plan;

    PjsipFile(AsteriskPlan plan) {
        this.plan = plan;
    }

    List<RenderedFile> render() {
        ConfText conf = new ConfText("PJSIP for Asterisk " + plan.version() + ".");
        ConfText secrets = new ConfText("Passwords of pjsip.conf.");
        global(conf);
        transports(conf);
        Kamailio kamailio = plan.kamailio();
        if (kamailio != null) {
            conf.section("kamailio-only")
                    .set("type", "acl")
                    .set("deny", "0.0.0.0/0.0.0.0")
                    .set("permit", kamailio.address() + "/255.255.255.255");
        }
        for (SipTrunkProfile trunk : plan.trunks()) {
            new PjsipTrunk(plan, trunk).render(conf, secrets);
        }
        new PjsipUsers(plan).render(conf, secrets);
        conf.comment("").include(SECRETS);
        return List.of(conf.file("pjsip.conf"), secrets.secretFile(SECRETS));
    }

    /** The name of the transport section. */
    static String transport(SipTransport transport) {
        return "transport-" + transport.name().toLowerCase(Locale.ROOT);
    }

    private void global(ConfText conf) {
        // Headers are believed from Kamailio alone, which nobody else can get past; strangers could write them too.
        conf.section("global")
                .set("type", "global")
                .set("user_agent", "CareFlow")
                .set("endpoint_identifier_order", plan.kamailio() == null ? "ip,username" : "header,ip");
        // Asterisk would try TCP for messages of more than a packet, also where nobody listens there.
        conf.section("system").set("type", "system").set("disable_tcp_switch", true);
    }

    private void transports(ConfText conf) {
        for (Map.Entry<SipTransport, Listener> entry : plan.listeners().entrySet()) {
            String protocol = entry.getKey().name().toLowerCase(Locale.ROOT);
            conf.section(transport(entry.getKey()))
                    .set("type", "transport")
                    .set("protocol", protocol)
                    .set("bind", entry.getValue().toString());
            Tls tls = plan.tls();
            if (entry.getKey() == SipTransport.TLS && tls != null) {
                conf.set("cert_file", tls.certificate())
                        .set("priv_key_file", tls.key())
                        .set("method", "tlsv1_2")
                        .set("verify_server", true);
                String authorities = tls.authorities();
                conf.set(
                        authorities == null ? "ca_list_path" : "ca_list_file",
                        authorities == null ? "/etc/ssl/certs" : authorities);
            }
            nat(conf);
        }
        if (plan.kamailio() == null && plan.hasBrowsers()) {
            // Which port browsers reach is that of http.conf; the bind of these two is not used.
            conf.section("transport-ws")
                    .set("type", "transport")
                    .set("protocol", "ws")
                    .set("bind", "0.0.0.0");
            nat(conf);
            if (plan.https() != null) {
                conf.section("transport-wss")
                        .set("type", "transport")
                        .set("protocol", "wss")
                        .set("bind", "0.0.0.0");
                nat(conf);
            }
        }
    }

    private void nat(ConfText conf) {
        Nat nat = plan.nat();
        if (nat != null) {
            conf.set("external_signaling_address", nat.publicAddress())
                    .set("external_media_address", nat.publicAddress());
            nat.localNets().forEach(net -> conf.set("local_net", net));
        }
    }
}
