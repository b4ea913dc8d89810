package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.TrunkAuth;
import io.careflow.pstn.siptrunk.TrunkHealth;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.time.Duration;
import java.util.List;

/** Kamailios to render. */
final class KamailioSamples {
    static final Secret KEY = Secret.of("0123456789abcdef0123456789abcdef");
    private static final SipEndpoint SERVER = new SipEndpoint("198.51.100.1", 5060, SipTransport.UDP, 10, 10);

    private static final SipEndpoint OTHER = new SipEndpoint("198.51.102.1", 5060, SipTransport.TCP, 10, 10);

    private KamailioSamples() {}

    /** One address, one node. */
    static KamailioConfig.Builder plain() {
        return KamailioConfig.builder("sip.example.org", KEY)
                .listen(SipListener.udp("192.0.2.10", 5060))
                .node(new AsteriskNode("10.0.0.3", 5060))
                .secrets(Samples.SECRETS);
    }

    /** Everything that does not need files of its own. */
    static KamailioConfig.Builder everything() {
        return plain().listen(SipListener.tcp("192.0.2.10", 5060).advertised("203.0.113.10"))
                .listen(SipListener.ws("192.0.2.10", 8080))
                .inside(SipListener.udp("10.0.0.2", 5060))
                .node(new AsteriskNode("10.0.0.4", 5060))
                .origin("https://app.example.org")
                .trunk(Samples.registering("registering", SERVER)
                        .endpoint(SERVER.port(5070).ranked(20, 10))
                        .build())
                .trunk(Samples.digest("digest", SipEndpoint.of("sip.carrier.invalid"))
                        .outboundProxy(SipEndpoint.of("proxy.carrier.invalid"))
                        .source("198.51.101.0/24")
                        .build())
                .trunk(Samples.trunk("shared", OTHER, TrunkAuth.ip(ours()))
                        .endpoint(OTHER.port(5080).ranked(10, 30))
                        .health(new TrunkHealth(false, Duration.ofMinutes(1), Duration.ofSeconds(3)))
                        .build())
                .user(Samples.user("1001"))
                .user(Samples.browser("2001"));
    }

    static List<IpRange> ours() {
        return List.of(IpRange.parse("192.0.2.10"));
    }
}
