package io.careflow.pstn.telnyx;

import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where Telnyx's SIP servers are (https://sip.telnyx.com). Two pages of its documents name other hosts; these answer. */
final class TelnyxNetwork {
    /** Media come from these among others, to UDP ports 16384 to 32768; the whole list is on the page. */
    static final String MEDIA = "185.246.41.128/25, 103.115.244.128/25";

    private static final Map<String, String> HOSTS = hosts();
    private static final List<String> SIGNALLING = List.of(
            "192.76.120.10",
            "64.16.250.10",
            "185.246.41.140",
            "185.246.41.141",
            "103.115.244.145",
            "103.115.244.146",
            "192.76.120.31",
            "64.16.250.13");

    private TelnyxNetwork() {}

    /** Addresses from which SIP of Telnyx comes, in the order of its regions. */
    static List<IpRange> sources() {
        return SIGNALLING.stream().map(IpRange::parse).toList();
    }

    /** The servers that take calls: those of the region first. */
    static List<SipEndpoint> servers(String region, SipTransport transport) {
        List<SipEndpoint> servers = new ArrayList<>();
        String nearest = HOSTS.getOrDefault(region, "sip.telnyx.com");
        servers.add(SipEndpoint.of(nearest).over(transport).ranked(10, 10));
        for (String other : HOSTS.values()) {
            if (!other.equals(nearest)) {
                servers.add(SipEndpoint.of(other).over(transport).ranked(20, 10));
            }
        }
        return servers;
    }

    private static Map<String, String> hosts() {
        Map<String, String> hosts = new LinkedHashMap<>();
        hosts.put("US", "sip.telnyx.com");
        hosts.put("Europe", "sip.telnyx.eu");
        hosts.put("Australia", "sip.telnyx.com.au");
        hosts.put("Canada", "sip.telnyx.ca");
        return hosts;
    }
}
