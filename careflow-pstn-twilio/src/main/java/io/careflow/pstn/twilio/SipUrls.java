package io.careflow.pstn.twilio;

import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SIP addresses as Twilio writes those of our servers: {@code sip:} also over TLS, never {@code sips:}. */
final class SipUrls {
    private static final Pattern URL = Pattern.compile(
            "sips?:(?:[^@]*@)?(?<host>[A-Za-z0-9.-]+)(?::(?<port>[0-9]{1,5}))?(?<rest>[;?].*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRANSPORT = Pattern.compile(";transport=(?<name>[a-z]+)", Pattern.CASE_INSENSITIVE);

    private SipUrls() {}

    static String write(SipEndpoint server) {
        String transport = switch (server.transport()) {
            case UDP -> "";
            case TCP -> ";transport=tcp";
            case TLS -> ";transport=tls";
        };
        return "sip:" + server.host() + ":" + server.port() + transport;
    }

    /** Empty if this is no address of a server that we can name. */
    static Optional<SipEndpoint> read(String url, int priority, int weight) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        String rest = parts.group("rest");
        Matcher named = TRANSPORT.matcher(rest == null ? "" : rest);
        try {
            SipTransport transport = named.find()
                    ? SipTransport.valueOf(named.group("name").toUpperCase(Locale.ROOT))
                    : SipTransport.UDP;
            SipEndpoint server =
                    SipEndpoint.of(parts.group("host")).over(transport).ranked(priority, weight);
            return Optional.of(
                    parts.group("port") == null ? server : server.port(Integer.parseInt(parts.group("port"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
