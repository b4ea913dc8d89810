package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskPlan.Nat;
import io.careflow.pstn.asterisk.config.AsteriskPlan.Tls;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.trunk.SipTransport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** sip.conf for the channel driver that Asterisk had before PJSIP, and its passwords in files of their own. */
final class ChanSipFile {
    static final String REGISTRATIONS = "sip_registrations.conf";
    static final String SECRETS = "sip_secrets.conf";

    private final AsteriskPlan plan;

    ChanSipFile(AsteriskPlan plan) {
        this.plan = plan;
    }

    List<RenderedFile> render() {
        ConfText conf = new ConfText("chan_sip for Asterisk " + plan.version() + ".");
        ConfText registrations = new ConfText("Where sip.conf registers.");
        ConfText secrets = new ConfText("Passwords of sip.conf.");
        general(conf);
        conf.include(REGISTRATIONS);
        for (SipTrunkProfile trunk : plan.trunks()) {
            new ChanSipTrunk(trunk).render(conf);
            Secret password = plan.passwords().get(trunk.id());
            if (password != null) {
                for (String name : ChanSipTrunk.peers(trunk)) {
                    secrets.moreOf(name).set("secret", password.reveal());
                }
                if (trunk.auth().mode() == TrunkAuth.Mode.REGISTER) {
                    registrations.set("register", ChanSipTrunk.registration(trunk, password));
                }
            }
        }
        plan.users().forEach(user -> user(user, conf, secrets));
        conf.comment("").include(SECRETS);
        return List.of(conf.file("sip.conf"), registrations.secretFile(REGISTRATIONS), secrets.secretFile(SECRETS));
    }

    private void general(ConfText conf) {
        conf.section("general")
                .set("context", DialplanFile.DENIED)
                .set("allowguest", false)
                .set("alwaysauthreject", true)
                .set("allowoverlap", false)
                .set("srvlookup", false)
                .set("useragent", "CareFlow")
                .set("directmedia", false)
                .set("nat", "force_rport,comedia")
                .set("session-timers", "refuse");
        for (Map.Entry<SipTransport, Listener> entry : plan.listeners().entrySet()) {
            String protocol = entry.getKey().name().toLowerCase(Locale.ROOT);
            if (entry.getKey() != SipTransport.UDP) {
                conf.set(protocol + "enable", true);
            }
            conf.set(protocol + "bindaddr", entry.getValue().toString());
        }
        Tls tls = plan.tls();
        if (tls != null && plan.listeners().containsKey(SipTransport.TLS)) {
            conf.set("tlscertfile", tls.certificate()).set("tlsprivatekey", tls.key());
            String authorities = tls.authorities();
            conf.set(
                            authorities == null ? "tlscapath" : "tlscafile",
                            authorities == null ? "/etc/ssl/certs" : authorities)
                    .set("tlsdontverifyserver", false);
        }
        Nat nat = plan.nat();
        if (nat != null) {
            conf.set("externaddr", nat.publicAddress());
            nat.localNets().forEach(net -> conf.set("localnet", net));
        }
    }

    private static void user(SipUser user, ConfText conf, ConfText secrets) {
        conf.section(user.name())
                .set("type", "friend")
                .set("host", "dynamic")
                .set("context", user.callerId() == null ? DialplanFile.DENIED : DialplanFile.FROM_USERS)
                .set("callerid", "\"" + user.displayName() + "\" <" + user.name() + ">")
                .set("disallow", "all")
                .set("allow", Codecs.OF_USERS)
                .set("dtmfmode", "auto")
                .set("sendrpid", "pai")
                .set("qualify", true);
        secrets.moreOf(user.name()).set("secret", user.password().reveal());
    }
}
