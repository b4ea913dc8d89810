package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the address that voice is asked for can be reached by those who are told it. */
record NatWarnings(
        Collection<Listener> listeners,
        List<SipTrunkProfile> trunks,
        AsteriskPlan.@Nullable Kamailio kamailio,
        AsteriskPlan.@Nullable Nat nat) {
    private static final Pattern DOTTED = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    /** Not routed on the internet: RFC 1918, RFC 6598 and loopback. */
    private static final List<IpRange> PRIVATE = List.of(
            IpRange.parse("10.0.0.0/8"),
            IpRange.parse("172.16.0.0/12"),
            IpRange.parse("192.168.0.0/16"),
            IpRange.parse("100.64.0.0/10"),
            IpRange.parse("127.0.0.0/8"));

    List<String> all() {
        List<String> found = new ArrayList<>();
        if (nat == null) {
            listeners.stream()
                    .map(Listener::address)
                    .filter(NatWarnings::isPrivate)
                    .distinct()
                    .sorted()
                    .forEach(address -> trunks.stream()
                            .filter(NatWarnings::isOutside)
                            .map(SipTrunkProfile::id)
                            .sorted()
                            .findFirst()
                            .ifPresent(trunk -> found.add(unreachable(address, trunk))));
        } else if (nat.localNets().isEmpty()) {
            found.add("localNetworks are missing beside publicAddress: everybody is told " + nat.publicAddress()
                    + (kamailio == null ? "" : ", Kamailio at " + kamailio.address() + " included")
                    + "; name the networks that reach this node by its own address, such as 10.0.0.0/8");
        } else if (kamailio != null && nat.localNets().stream().noneMatch(net -> has(net, kamailio.address()))) {
            found.add("localNetworks do not hold Kamailio's address " + kamailio.address() + ", so it is told "
                    + nat.publicAddress() + "; add its network if it reaches this node by its own address");
        }
        return List.copyOf(found);
    }

    private static String unreachable(String address, String trunk) {
        return "publicAddress is missing: the carrier of trunk " + trunk + " is asked to send voice to " + address
                + ", which is reached from nowhere but its own network; name the node's public address, and localNetworks";
    }

    /** Whether one of its servers is elsewhere on the internet. A name is not looked up and taken for that. */
    private static boolean isOutside(SipTrunkProfile trunk) {
        return trunk.endpoints().stream().map(SipEndpoint::host).anyMatch(host -> !isPrivate(host));
    }

    private static boolean isPrivate(String host) {
        return DOTTED.matcher(host).matches() && PRIVATE.stream().anyMatch(net -> has(net.toString(), host));
    }

    private static boolean has(String net, String address) {
        IpRange range = IpRange.parse(net);
        int unused = 32 - range.prefixLength();
        return unused == 32 || number(range.address()) >>> unused == number(address) >>> unused;
    }

    private static long number(String address) {
        long value = 0;
        for (String octet : address.split("\\.", -1)) {
            value = value * 256 + Long.parseLong(octet);
        }
        return value;
    }
}
