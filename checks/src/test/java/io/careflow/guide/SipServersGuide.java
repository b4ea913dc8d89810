package io.careflow.guide;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.AsteriskBuilder;
import io.careflow.pstn.asterisk.config.AsteriskConfig;
import io.careflow.pstn.asterisk.config.AsteriskNode;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.RenderedConfig;
import io.careflow.pstn.asterisk.config.SipListener;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.SipTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** What the guide shows of the company's own SIP servers. */
final class SipServersGuide {
    private SipServersGuide() {}

    static void kamailio(Secret key, SipTrunkProfile trunk, SipUser user) throws IOException {
        // snippet: kamailio
        RenderedConfig kamailio = KamailioConfig.builder("sip.example.org", key)
                .listen(SipListener.udp("203.0.113.10", 5060)) // carriers and phones
                .listen(SipListener.wss("203.0.113.10", 443)) // browsers
                .tls(Path.of("/etc/ssl/sip/chain.pem"), Path.of("/etc/ssl/sip/key.pem"))
                .origin("https://app.example.org")
                .inside(SipListener.udp("10.0.0.2", 5060)) // the nodes of Asterisk, and nobody else
                .node(new AsteriskNode("10.0.0.3", 5060))
                .node(new AsteriskNode("10.0.0.4", 5060))
                .trunk(trunk)
                .user(user)
                .build()
                .render();
        kamailio.writeTo(Path.of("/etc/kamailio"));
        // end
    }

    static void asterisk(Secret ariPassword, SipTrunkProfile trunk, SipUser user) throws IOException {
        // snippet: node
        RenderedConfig asterisk = AsteriskConfig.forVersion(22)
                .listen(SipTransport.UDP, "10.0.0.3", 5060)
                .publicAddress("203.0.113.11", "10.0.0.0/8") // where voice comes to
                .ari("careflow", ariPassword)
                .trunk(trunk)
                .user(user)
                .behindKamailio("10.0.0.2", 5060, "sip.example.org")
                .render();
        asterisk.writeTo(Path.of("/etc/asterisk"));
        // end
    }

    static AsteriskBuilder application(Secret ariPassword) {
        // snippet: users-through
        AsteriskBuilder node = AsteriskBuilder.of(URI.create("http://10.0.0.3:8088/ari"), "careflow", ariPassword)
                .usersThrough("sip.example.org", "kam-users", "kam-web");
        // end
        return node;
    }
}
