package io.careflow.pstn.demo;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskConfig;
import io.careflow.pstn.asterisk.config.AsteriskNode;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.RenderedConfig;
import io.careflow.pstn.asterisk.config.SipListener;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.lab.KamailioServer;
import io.careflow.pstn.lab.SipChain;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.siptrunk.TrunkHealth;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The company's SIP servers, configured by nothing but what the library renders from one trunk and its users. */
final class SipSite {
    static final List<String> USERS = List.of(Scene.PHONE, "1002", "1003");

    private final String trunk;
    private final PhoneNumber number;

    SipSite(String trunk, PhoneNumber number) {
        this.trunk = trunk;
        this.number = number;
    }

    /** A Kamailio and one Asterisk behind it, running. */
    SipChain start() {
        return SipChain.start(1, this::asterisk, this::kamailio);
    }

    private Map<String, String> asterisk(AsteriskServer node, KamailioServer edge) {
        AsteriskConfig config = AsteriskConfig.forVersion(node.install().majorVersion())
                .listen(SipTransport.UDP, node.address(), node.sipPort())
                .http(node.address(), node.httpPort())
                .ari(node.ariUser(), Secret.of(node.ariPassword()))
                .trunk(trunk(edge))
                .behindKamailio(edge.insideAddress(), edge.insidePort(), KamailioServer.DOMAIN);
        USERS.forEach(user -> config.user(user(edge, user)));
        Map<String, String> files = texts(config.render());
        files.put("modules.conf", "[modules]\nautoload=no\n#include \"careflow_modules.conf\"\n");
        return files;
    }

    private Map<String, String> kamailio(SipChain chain) {
        KamailioServer edge = chain.kamailio();
        KamailioConfig.Builder config = KamailioConfig.builder(KamailioServer.DOMAIN, newKey())
                .listen(SipListener.udp(edge.address(), edge.sipPort()))
                .listen(SipListener.tcp(edge.address(), edge.sipPort()))
                .inside(SipListener.udp(edge.insideAddress(), edge.insidePort()))
                .trunk(trunk(edge))
                .folder(edge.folder())
                .run(edge.run());
        chain.nodes().forEach(node -> config.node(new AsteriskNode(node.address(), node.sipPort())));
        USERS.forEach(user -> config.user(user(edge, user)));
        return texts(config.build().render());
    }

    private SipTrunkProfile trunk(KamailioServer edge) {
        return SipTrunkProfile.builder(trunk)
                .endpoint(new SipEndpoint(edge.carrierAddress(), edge.carrierPort(), SipTransport.UDP, 10, 10))
                .auth(TrunkAuth.ip(List.of(new IpRange(edge.address(), 32))))
                .capacity(TrunkCapacity.of(20))
                .health(new TrunkHealth(false, Duration.ofSeconds(60), Duration.ofSeconds(3)))
                .number(number)
                .build();
    }

    private static SipUser user(KamailioServer edge, String name) {
        return new SipUser(name, "Counselor " + name, Secret.of(edge.passwordOf(name)), false, null);
    }

    private static Secret newKey() {
        byte[] key = new byte[24];
        new SecureRandom().nextBytes(key);
        return Secret.of(HexFormat.of().formatHex(key));
    }

    private static Map<String, String> texts(RenderedConfig config) {
        Map<String, String> files = new LinkedHashMap<>();
        config.files().forEach(file -> files.put(file.name(), file.text()));
        return files;
    }
}
