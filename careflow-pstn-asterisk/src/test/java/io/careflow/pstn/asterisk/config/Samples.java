package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.lab.AsteriskServer;
import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SecretSource;
import io.careflow.pstn.siptrunk.SipTrunkBuilder;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkCapacity;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trunks and users to render. */
final class Samples {
    static final PhoneNumber CLINIC = new PhoneNumber("+15551234567");
    static final PhoneNumber OTHER = new PhoneNumber("+15551234568");
    static final String TRUNK_PASSWORD = "s;cr#t>pass\\";
    static final SecretSource SECRETS = reference -> Secret.of(TRUNK_PASSWORD);

    private Samples() {}

    static SecretRef reference() {
        return new SecretRef("env:TRUNK_PASSWORD");
    }

    /** A trunk of one server, with two numbers. */
    static SipTrunkBuilder trunk(String id, SipEndpoint server, TrunkAuth auth) {
        return SipTrunkProfile.builder(id)
                .endpoint(server)
                .auth(auth)
                .capacity(TrunkCapacity.of(4))
                .number(CLINIC)
                .number(OTHER);
    }

    static SipTrunkBuilder registering(String id, SipEndpoint server) {
        return trunk(id, server, TrunkAuth.register("100000_sub", reference()));
    }

    static SipTrunkBuilder digest(String id, SipEndpoint server) {
        return trunk(id, server, TrunkAuth.digest("100000_sub", reference()));
    }

    static SipTrunkBuilder byAddress(String id, SipEndpoint server) {
        return trunk(id, server, TrunkAuth.ip(List.of(IpRange.parse("192.0.2.10"))));
    }

    static SipUser user(String name) {
        return new SipUser(name, "Counselor " + name, Secret.of("secret-" + name), false, CLINIC);
    }

    static SipUser browser(String name) {
        return new SipUser(name, "Web " + name, Secret.of("secret-" + name), true, CLINIC);
    }

    /** Where nothing is proven by running it. */
    static AsteriskConfig plain() {
        return AsteriskConfig.forVersion(22)
                .listen(SipTransport.UDP, "192.0.2.10", 5060)
                .ari("careflow", Secret.of("ari-password"))
                .secrets(SECRETS);
    }

    /** For an Asterisk of the laboratory. */
    static AsteriskConfig on(AsteriskServer server) {
        return AsteriskConfig.forVersion(server.install().majorVersion())
                .listen(SipTransport.UDP, server.address(), server.sipPort())
                .http(server.address(), server.httpPort())
                .ari(server.ariUser(), Secret.of(server.ariPassword()))
                .rtpPorts(20_000, 29_999)
                .secrets(SECRETS);
    }

    /** As the laboratory takes them, with the rendered list of modules and no other. */
    static Map<String, String> files(RenderedConfig config) {
        Map<String, String> files = new LinkedHashMap<>();
        config.files().forEach(file -> files.put(file.name(), file.text()));
        files.put("modules.conf", "[modules]\nautoload=no\n#include \"careflow_modules.conf\"\n");
        return files;
    }
}
