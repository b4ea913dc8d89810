package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.asterisk.Dialplan;
import io.careflow.pstn.asterisk.config.AsteriskPlan.Kamailio;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** extensions.conf: every call goes to the application, and none anywhere else. */
final class DialplanFile {
    static final String FROM_PSTN = "from_pstn";
    static final String FROM_KAMAILIO = "from_kamailio";
    static final String FROM_USERS = "from_users";
    static final String DENIED = "careflow-denied";

    // What a phone dials is the phone's own text: only its digits go on, and only to the application, which decides. If
    // the
    // application is away, nobody is called but whom the fallback names.
    private static final String OWN_CALLS = """
             same => n,Set(CF_DIGITS=${FILTER(0-9+,${EXTEN})})
             same => n,GotoIf($[${LEN(${CF_DIGITS})} < 2]?denied)
             same => n,Goto(careflow-inbound,${CF_DIGITS},1)
             same => n(denied),Hangup(21)
            """;
    private static final String CONTEXTS = """
            [from_pstn]
            include => careflow-inbound

            [from_users]
            exten => _[+0-9].,1,Set(CF_FROM=${CHANNEL(@ENDPOINT@)})
            """ + OWN_CALLS + """

            [careflow-denied]
            exten => _[+0-9*#].,1,Hangup(21)

            """;
    private static final String BEHIND_KAMAILIO = """
            [from_pstn]
            include => careflow-inbound

            [from_kamailio]
            exten => _[+0-9].,1,Set(CF_USER=${FILTER(0-9A-Za-z._\\x2d,${PJSIP_HEADER(read,@USER@)})})
             same => n,GotoIf($[${LEN(${CF_USER})} = 0]?denied)
             same => n,Set(CALLERID(num)=${CF_USER})
             same => n,Set(CF_FROM=${CF_USER})
            """ + OWN_CALLS + """

            [careflow-denied]
            exten => _[+0-9*#].,1,Hangup(21)

            """;

    private final AsteriskPlan plan;

    DialplanFile(AsteriskPlan plan) {
        this.plan = plan;
    }

    RenderedFile render() {
        ConfText conf = new ConfText(
                "Calls are handed to the application " + plan.app() + "; while it is away, the fallback answers them.");
        conf.section("general").set("static", true).set("writeprotect", true).set("autofallthrough", true);
        // Where users register at Asterisk, their endpoint proved itself by its password.
        String own = CONTEXTS.replace("@ENDPOINT@", plan.chanSip() ? "peername" : "endpoint");
        return conf.raw(plan.kamailio() == null ? own : BEHIND_KAMAILIO.replace("@USER@", KamailioHeaders.USER))
                .raw(new Dialplan(plan.app(), fallback()).render())
                .file("extensions.conf");
    }

    private List<String> fallback() {
        List<String> lines = new ArrayList<>();
        if (!plan.fallbackUsers().isEmpty()) {
            lines.add("Dial("
                    + plan.fallbackUsers().stream().map(this::target).collect(Collectors.joining("&"))
                    + ",30)");
        }
        plan.fallbackSounds().forEach(sound -> lines.add("Playback(" + sound + ")"));
        return lines;
    }

    private String target(SipUser user) {
        Kamailio kamailio = plan.kamailio();
        if (kamailio == null) {
            return (plan.chanSip() ? "SIP/" : "PJSIP/") + user.name();
        }
        String address = "/sip:" + user.name() + "@" + kamailio.domain();
        return "PJSIP/" + PjsipFile.PHONES + address + "&PJSIP/" + PjsipFile.BROWSERS + address;
    }
}
