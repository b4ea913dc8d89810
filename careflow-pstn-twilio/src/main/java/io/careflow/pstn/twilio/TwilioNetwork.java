package io.careflow.pstn.twilio;

import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where Twilio's SIP servers are (https://www.twilio.com/docs/sip-trunking/ip-addresses). */
final class TwilioNetwork {
    /** Media come from here, to UDP ports 10000 to 60000. */
    static final String MEDIA = "168.86.128.0/18";

    private static final List<String> EDGES =
            List.of("ashburn", "umatilla", "dublin", "frankfurt", "sao-paulo", "singapore", "tokyo", "sydney");
    private static final List<String> SIGNALLING = List.of(
            "54.172.60.0/30",
            "54.244.51.0/30",
            "54.171.127.192/30",
            "35.156.191.128/30",
            "177.71.206.192/30",
            "54.169.127.128/30",
            "54.65.63.192/30",
            "54.252.254.64/30");

    private TwilioNetwork() {}

    /** Addresses from which SIP of Twilio comes, in the order of its edges. */
    static List<IpRange> sources() {
        return SIGNALLING.stream().map(IpRange::parse).toList();
    }

    /**
     * The servers that take calls for a trunk: the preferred edge first, or where Twilio decides; then each edge by its own name.
     *
     * @param domain such as {@code clinic.pstn.twilio.com}
     */
    static List<SipEndpoint> termination(String domain, @Nullable String edge, boolean secure) {
        List<SipEndpoint> servers = new ArrayList<>();
        servers.add(
                server(edge == null ? domain : localised(domain, edge), secure).ranked(10, 10));
        if (domain.endsWith(".pstn.twilio.com")) {
            for (String other : EDGES) {
                if (!other.equals(edge)) {
                    servers.add(server(localised(domain, other), secure).ranked(20, 10));
                }
            }
        }
        return servers;
    }

    private static SipEndpoint server(String host, boolean secure) {
        return SipEndpoint.of(host).over(secure ? SipTransport.TLS : SipTransport.UDP);
    }

    // clinic.pstn.twilio.com at dublin is clinic.pstn.dublin.twilio.com.
    private static String localised(String domain, String edge) {
        String end = ".twilio.com";
        return domain.endsWith(end) ? domain.substring(0, domain.length() - end.length()) + "." + edge + end : domain;
    }
}
