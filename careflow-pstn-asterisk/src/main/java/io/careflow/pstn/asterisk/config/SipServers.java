package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Servers of carriers, in order and as addresses. */
final class SipServers {
    private SipServers() {}

    /** The lowest priority first, then the highest weight, then by name: Asterisk shares nothing by weight. */
    static List<SipEndpoint> preferredFirst(List<SipEndpoint> servers) {
        return servers.stream()
                .sorted(Comparator.comparingInt(SipEndpoint::priority)
                        .thenComparing(
                                Comparator.comparingInt(SipEndpoint::weight).reversed())
                        .thenComparing(SipEndpoint::host)
                        .thenComparingInt(SipEndpoint::port)
                        .thenComparing(SipEndpoint::transport))
                .toList();
    }

    /** Such as {@code sip:user@host:5060;transport=tcp}; what is before the host is given with its at sign. */
    static String uri(String userAt, SipEndpoint server) {
        SipTransport transport = server.transport();
        return "sip:" + userAt + server.host() + ":" + server.port()
                + (transport == SipTransport.UDP
                        ? ""
                        : ";transport=" + transport.name().toLowerCase(Locale.ROOT));
    }
}
