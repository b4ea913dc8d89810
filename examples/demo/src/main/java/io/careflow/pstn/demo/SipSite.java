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
import io.careflow.pstn.siptrunk.SipTrunkReader;
import io.careflow.pstn.trunk.SipTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

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
        return new SipTrunkReader().read(contract(edge));
    }

    /** What the company knows of its trunk. The application reads the same from a file. */
    private Properties contract(KamailioServer edge) {
        Properties contract = new Properties();
        contract.setProperty("id", trunk);
        contract.setProperty("endpoints.0.host", edge.carrierAddress());
        contract.setProperty("endpoints.0.port", Integer.toString(edge.carrierPort()));
        contract.setProperty("auth.mode", "IP");
        contract.setProperty("auth.localAddresses", edge.address() + "/32");
        contract.setProperty("capacity.maxConcurrent", "20");
        contract.setProperty("health.optionsPing", "false");
        contract.setProperty("numbers.0.e164", number.e164());
        return contract;
    }

    /** Writes the profile of the trunk for the application. */
    void writeTrunk(KamailioServer edge, Path file) {
        try (Writer out = Files.newBufferedWriter(file)) {
            contract(edge).store(out, "the demo's trunk");
        } catch (IOException e) {
            throw new UncheckedIOException("the profile of the trunk cannot be written", e);
        }
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
