package io.careflow.pstn.telnyx;

import io.careflow.pstn.ProviderId;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.error.UnsupportedFeature;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of Telnyx's connections a request needs, and whether that one can do all of it. Nothing is sent here. */
final class TrunkShape {
    /** Telnyx takes a primary, a secondary and a tertiary server. */
    static final int MOST_SERVERS = 3;

    private static final int MOST_ADDRESSES = 20;
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern WEB = Pattern.compile("https?://[A-Za-z0-9][!-~]{0,2000}");
    private static final Set<String> SITES = Set.of(
            "Latency",
            "Chicago, IL",
            "Ashburn, VA",
            "San Jose, CA",
            "Sydney, Australia",
            "Amsterdam, Netherlands",
            "London, UK",
            "Toronto, Canada",
            "Vancouver, Canada",
            "Frankfurt, Germany");
    private static final Set<String> CODECS = Set.of("G722", "G711U", "G711A", "G729", "OPUS", "H.264");
    private static final Set<String> REGIONS = Set.of("US", "Europe", "Australia");

    private final ProviderId provider;
    private final String operation;

    TrunkShape(ProviderId provider, String operation) {
        this.provider = provider;
        this.operation = operation;
    }

    /**
     * The connection that does it: with servers that have names one of names, with addresses one of addresses, without servers
     * one that devices register at.
     */
    ConnectionKind of(TrunkRequest request) {
        if (request.kind() != TrunkKind.TRUNK) {
            throw unsupported("a " + request.kind(), "a TRUNK; a CallApplication asks a URL about each call");
        }
        ConnectionKind kind = kind(request);
        servers(request.inbound());
        proof(request, kind);
        if (request.secure() && kind != ConnectionKind.CREDENTIAL) {
            // Telnyx takes TLS for a connection or SRTP, not both.
            throw unsupported(
                    "TLS together with SRTP for servers of ours",
                    "servers over TLS without demanding SRTP; SRTP where devices register");
        }
        if (request.registration() && kind != ConnectionKind.CREDENTIAL) {
            throw unsupported("registration at a trunk with servers of ours", "registration at a trunk without");
        }
        options(request, kind);
        return kind;
    }

    /** Whether calls are spread over all servers alike, and not tried in their order. */
    static boolean isRoundRobin(List<SipEndpoint> servers) {
        return servers.size() > 1
                && servers.stream().map(SipEndpoint::priority).distinct().count() == 1;
    }

    /** In the order in which Telnyx shall try them. */
    static List<SipEndpoint> ordered(List<SipEndpoint> servers) {
        return servers.stream()
                .sorted(Comparator.comparingInt(SipEndpoint::priority))
                .toList();
    }

    /** How SIP travels to our servers. */
    static SipTransport transport(TrunkRequest request) {
        return request.inbound().stream()
                .map(SipEndpoint::transport)
                .findFirst()
                .orElse(SipTransport.UDP);
    }

    /** The codecs that were asked for; none if none were. */
    static List<String> codecs(TrunkRequest request) {
        String codecs = TelnyxOptions.value(request.options(), TelnyxOptions.CODECS);
        return codecs == null
                ? List.of()
                : List.of(codecs.split(",")).stream().map(String::strip).toList();
    }

    private ConnectionKind kind(TrunkRequest request) {
        long addresses = request.inbound().stream()
                .filter(server -> ADDRESS.matcher(server.host()).matches())
                .count();
        if (addresses > 0 && addresses < request.inbound().size()) {
            throw unsupported("a trunk whose servers have names and addresses", "names only, or addresses only");
        }
        if (!request.inbound().isEmpty()) {
            return addresses == 0 ? ConnectionKind.FQDN : ConnectionKind.IP;
        }
        return request.allowed().isEmpty() || !request.credentials().isEmpty()
                ? ConnectionKind.CREDENTIAL
                : ConnectionKind.IP;
    }

    private void servers(List<SipEndpoint> servers) {
        if (servers.size() > MOST_SERVERS) {
            throw unsupported(servers.size() + " servers of ours", "at most " + MOST_SERVERS);
        }
        if (servers.stream().map(SipEndpoint::transport).distinct().count() > 1) {
            throw unsupported("servers of several transports in one trunk", "one transport for all servers");
        }
        long priorities = servers.stream().map(SipEndpoint::priority).distinct().count();
        long weights = servers.stream().map(SipEndpoint::weight).distinct().count();
        if (priorities < servers.size() && (priorities > 1 || weights > 1)) {
            throw unsupported(
                    "servers of one priority that share calls by weight",
                    "servers of different priorities; servers of one priority and weight");
        }
    }

    private void proof(TrunkRequest request, ConnectionKind kind) {
        if (request.credentials().size() > 1) {
            throw unsupported("more than one credential of a trunk", "one credential");
        }
        if (!request.credentials().isEmpty() && !request.allowed().isEmpty()) {
            throw unsupported("a credential and addresses in one trunk", "a credential, or addresses");
        }
        if (!request.credentials().isEmpty() && kind == ConnectionKind.IP) {
            throw unsupported(
                    "a credential for servers that have addresses only", "servers with names; addresses as the proof");
        }
        if (request.allowed().size() > MOST_ADDRESSES) {
            throw unsupported(request.allowed().size() + " addresses", "at most " + MOST_ADDRESSES);
        }
        for (IpRange range : request.allowed()) {
            if (range.prefixLength() != 32) {
                throw unsupported("a range of addresses such as " + range, "single addresses, /32");
            }
        }
    }

    private void options(TrunkRequest request, ConnectionKind kind) {
        TelnyxOptions.requireKnown(provider, operation, request.options(), TelnyxTrunks.OPTIONS);
        String site = TelnyxOptions.value(request.options(), TelnyxOptions.ANCHORSITE);
        String region = TelnyxOptions.value(request.options(), TelnyxOptions.SIP_REGION);
        if (site != null && !SITES.contains(site)) {
            throw unknownValue(TelnyxOptions.ANCHORSITE.name());
        }
        if (region != null && !REGIONS.contains(region)) {
            throw unknownValue(TelnyxOptions.SIP_REGION.name());
        }
        if (region != null && kind == ConnectionKind.CREDENTIAL) {
            throw unsupported(
                    "option " + TelnyxOptions.SIP_REGION.name() + " where devices register",
                    "registering at the region's host");
        }
        String parked = TelnyxOptions.value(request.options(), TelnyxOptions.PARKED_CALLS);
        if (parked != null && kind != ConnectionKind.CREDENTIAL) {
            throw unsupported(
                    "option " + TelnyxOptions.PARKED_CALLS.name() + " for servers of ours",
                    "where one user's devices register");
        }
        if (parked != null && !WEB.matcher(parked).matches()) {
            throw unknownValue(TelnyxOptions.PARKED_CALLS.name());
        }
        if (!CODECS.containsAll(codecs(request))) {
            throw unknownValue(TelnyxOptions.CODECS.name());
        }
    }

    private InvalidRequest unknownValue(String option) {
        return new InvalidRequest(Failure.of(
                provider, operation, Effect.NONE, "option " + option + " has a value that Telnyx does not know"));
    }

    private UnsupportedFeature unsupported(String what, String supported) {
        return new UnsupportedFeature(provider, operation, what, List.of(supported));
    }
}
