package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.asterisk.config.AsteriskPlan.Kamailio;
import io.careflow.pstn.trunk.SipTransport;

/** Users as PJSIP knows them: each by a registration of its own, or all of them behind Kamailio. */
final class PjsipUsers {
    private final AsteriskPlan plan;

    PjsipUsers(AsteriskPlan plan) {
        this.plan = plan;
    }

    void render(ConfText conf, ConfText secrets) {
        Kamailio kamailio = plan.kamailio();
        if (kamailio == null) {
            plan.users().forEach(user -> registered(user, conf, secrets));
        } else {
            behind(kamailio, conf);
        }
    }

    private void behind(Kamailio kamailio, ConfText conf) {
        through(kamailio, PjsipFile.PHONES, conf).set("identify_by", "ip");
        conf.section(PjsipFile.PHONES)
                .set("type", "identify")
                .set("endpoint", PjsipFile.PHONES)
                .set("match", kamailio.address());
        through(kamailio, PjsipFile.BROWSERS, conf).set("identify_by", "header").set("webrtc", true);
        conf.section(PjsipFile.BROWSERS)
                .set("type", "identify")
                .set("endpoint", PjsipFile.BROWSERS)
                .set("match_header", KamailioHeaders.WEB + ": yes");
    }

    private static ConfText through(Kamailio kamailio, String name, ConfText conf) {
        return common(conf.section(name).set("type", "endpoint").set("context", DialplanFile.FROM_KAMAILIO))
                .set("transport", PjsipFile.transport(SipTransport.UDP))
                .set("outbound_proxy", kamailio.route())
                .set("from_domain", kamailio.domain())
                .set("trust_id_inbound", true);
    }

    private static void registered(SipUser user, ConfText conf, ConfText secrets) {
        String name = user.name();
        common(conf.section(name)
                        .set("type", "endpoint")
                        .set("context", user.callerId() == null ? DialplanFile.DENIED : DialplanFile.FROM_USERS))
                .set("identify_by", "username")
                .set("auth", name)
                .set("aors", name)
                .set("callerid", "\"" + user.displayName() + "\" <" + name + ">")
                .set("rtp_symmetric", true)
                .set("force_rport", true)
                .set("rewrite_contact", true);
        if (user.webRtc()) {
            conf.set("webrtc", true);
        }
        conf.section(name)
                .set("type", "aor")
                .set("max_contacts", 5)
                .set("remove_existing", true)
                .set("minimum_expiration", 60)
                .set("default_expiration", 600)
                .set("qualify_frequency", 60);
        secrets.section(name)
                .set("type", "auth")
                .set("auth_type", "userpass")
                .set("username", name)
                .set("password", user.password().reveal());
    }

    private static ConfText common(ConfText conf) {
        return conf.set("disallow", "all")
                .set("allow", Codecs.OF_USERS)
                .set("dtmf_mode", "auto")
                .set("send_pai", true)
                .set("send_connected_line", false)
                .set("timers", false)
                .set("direct_media", false);
    }
}
