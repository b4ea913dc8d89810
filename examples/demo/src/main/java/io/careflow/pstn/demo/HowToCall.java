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
                "Or let it be called back and joined with somebody outside, who answers with another tone:",
                "  curl -d command=1 -d user=" + DemoDatabase.SOFTPHONE_ID + " -d to=613-555-0142 -d from=%2B"
                        + DemoDatabase.DID.digits() + " \\",
                "    -H 'Authorization: Bearer " + scene.application().token() + "' \\",
                "    " + scene.application().callbacks(),
                "Each callback is a command of its own: another number after command= the next time.",
                "",
                "  database  " + database.jdbcUrl(),
                "            " + database.login()
                        + "; tables pstn_cdr, pstn_numbers, sip_users, call_rates, pstn_credit_*",
                "  ARI       " + asterisk.ariUri() + ", user " + asterisk.ariUser() + ", password "
                        + asterisk.ariPassword(),
                "  logs      " + run.file("application.log"),
                "",
                "To stop it: ./demo --stop");
    }
}
