package io.careflow.pstn.demo;

import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.KamailioServer;
import java.util.List;

/** What {@code --keep} says at the end: how to call what is up, where it is, and how to stop it. */
final class HowToCall {
    private HowToCall() {}

    static List<String> lines(Scene scene, RunFolder run) {
        AsteriskServer asterisk = scene.asterisk();
        KamailioServer kamailio = scene.kamailio();
        DemoDatabase database = scene.database();
        return List.of(
                "",
                "Everything stays up. To call it, register a softphone on this machine (Linphone, baresip, ...):",
                "  domain    " + KamailioServer.DOMAIN,
                "  proxy     " + kamailio.address() + ":" + kamailio.sipPort() + ", UDP or TCP",
                "  user      1002",
                "  password  " + kamailio.passwordOf("1002"),
                "  codec     PCMU (G.711 u-law) or PCMA",
                "Dial " + DemoDatabase.DID.e164() + ", wait for the welcome, type " + DemoDatabase.CARE_FLOW_ID
                        + ": phone " + Scene.PHONE + " answers with a tone.",
                "Or let your softphone ring: another one (user 1003, password " + kamailio.passwordOf("1003")
                        + ") dials the number and types " + DemoDatabase.SOFTPHONE_ID + ".",
                "",
                "  database  " + database.jdbcUrl(),
                "            " + database.login() + "; tables pstn_cdr, pstn_numbers, sip_users, call_rates",
                "  ARI       " + asterisk.ariUri() + ", user " + asterisk.ariUser() + ", password "
                        + asterisk.ariPassword(),
                "  logs      " + run.file("application.log"),
                "",
                "To stop it: ./demo --stop");
    }
}
