package io.careflow.pstn.telnyx;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.Secret;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTransport;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads Telnyx's connections as trunks. Thread-safe. */
final class TrunkReader {
    private static final int PAGE = 250;
    private static final int SIP_PORT = 5060;
    private static final List<String> DETAILS = List.of(
            "record_type",
            "active",
            "anchorsite_override",
            "transport_protocol",
            "encrypted_media",
            "dtmf_type",
            "webhook_api_version",
            "sip_uri_calling_preference",
            "created_at");
    private static final List<String> INBOUND = List.of(
            "ani_number_format",
            "dnis_number_format",
            "default_routing_method",
            "channel_limit",
            "sip_region",
            "sip_subdomain",
            "sip_subdomain_receive_settings");

    private final TelnyxClient client;

    TrunkReader(TelnyxClient client) {
        this.client = client;
    }

    /** What was made just now. */
    SipTrunk made(
            Fields connection,
            ConnectionKind kind,
            Fields profile,
            TrunkRequest request,
            List<SipCredential> credentials,
            List<IpRange> allowed) {
        return trunk(connection, kind, profile, request.inbound(), credentials, allowed, List.of(), true);
    }

    /**
     * What Telnyx has.
     *
     * @param names servers with names, of this connection or of others too
     * @param addresses servers with addresses, likewise
     * @param numbers numbers of the account that name this connection, or others too
     */
    SipTrunk read(
            Fields connection,
            ConnectionKind kind,
            @Nullable Fields profile,
            List<Fields> names,
            List<Fields> addresses,
            List<Fields> numbers) {
        String id = connection.requireText("id");
        List<IpRange> allowed = of(id, addresses).stream()
                .flatMap(server ->
                        readable(() -> IpRange.parse(server.text("ip_address").orElse(""))).stream())
                .toList();
        List<PhoneNumber> owned = of(id, numbers).stream()
                .flatMap(number -> number.read("phone_number", "E.164", PhoneNumber::new).stream())
                .toList();
        List<SipEndpoint> inbound = switch (kind) {
            case IP -> inbound(connection, kind, of(id, addresses), "ip_address");
            case FQDN -> inbound(connection, kind, of(id, names), "fqdn");
            case CREDENTIAL -> List.of();
        };
        boolean whole = allowed.size() == of(id, addresses).size()
                && of(id, names).stream()
                        .allMatch(server -> readable(
                                        () -> SipEndpoint.of(server.text("fqdn").orElse("")))
                                .isPresent());
        return trunk(connection, kind, profile, inbound, credentials(connection), allowed, owned, whole);
    }

    /** The servers of a connection, all pages. Telnyx leaves out filters that it does not understand, so they are checked. */
    List<Fields> servers(String operation, String path, String connection) {
        return of(
                connection,
                client.all(HttpCall.of(operation, "GET", path).query("filter[connection_id]", connection), PAGE));
    }

    /** The numbers whose calls come over a connection, likewise checked. */
    List<Fields> numbers(String operation, String connection) {
        return of(
                connection,
                client.all(
                        HttpCall.of(operation, "GET", "phone_numbers").query("filter[connection_id]", connection),
                        PAGE));
    }

    private SipTrunk trunk(
            Fields connection,
            ConnectionKind kind,
            @Nullable Fields profile,
            List<SipEndpoint> inbound,
            List<SipCredential> credentials,
            List<IpRange> allowed,
            List<PhoneNumber> numbers,
            boolean whole) {
        Map<String, String> details = details(connection, profile);
        if (!whole) {
            details.put("warning.servers", "some servers or addresses cannot be shown; look at them at Telnyx");
        }
        SipTransport transport = transport(connection);
        boolean srtp = connection.text("encrypted_media").isPresent();
        String region = connection
                .object("inbound")
                .flatMap(fields -> fields.text("sip_region"))
                .orElse("US");
        return new SipTrunk(
                new TrunkRef(client.id(), connection.requireText("id")),
                TrunkKind.TRUNK,
                connection.text("connection_name").orElse(""),
                // SRTP keys travel in SIP, so what is secret goes over TLS.
                TelnyxNetwork.servers(region, srtp ? SipTransport.TLS : transport),
                inbound,
                credentials,
                allowed,
                TelnyxNetwork.sources(),
                srtp,
                kind == ConnectionKind.CREDENTIAL,
                numbers,
                VoiceProfiles.limits(profile),
                details);
    }

    private List<SipEndpoint> inbound(Fields connection, ConnectionKind kind, List<Fields> servers, String host) {
        Optional<Fields> settings = connection.object("inbound");
        boolean roundRobin = settings.flatMap(fields -> fields.text("default_routing_method"))
                .orElse("")
                .equals("round-robin");
        SipTransport transport = transport(connection);
        List<SipEndpoint> inbound = new ArrayList<>();
        for (String rank : ConnectionForm.ranks()) {
            String wanted =
                    settings.flatMap(fields -> fields.text(kind.rank(rank))).orElse("");
            int priority = roundRobin ? 10 : 10 * (inbound.size() + 1);
            servers.stream()
                    .filter(server -> server.text("id").orElse("").equals(wanted))
                    .findFirst()
                    .flatMap(server -> readable(() -> new SipEndpoint(
                            server.text(host).orElse(""),
                            server.integer("port").orElse(SIP_PORT),
                            transport,
                            priority,
                            10)))
                    .ifPresent(inbound::add);
        }
        return inbound;
    }

    private static List<SipCredential> credentials(Fields connection) {
        return connection
                .text("user_name")
                .map(user -> new SipCredential(
                        user, connection.text("password").map(Secret::of).orElse(null)))
                .stream()
                .toList();
    }

    // What somebody wrote by hand at Telnyx may be no value of ours; it must not hide the rest.
    private static <T> Optional<T> readable(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SipTransport transport(Fields connection) {
        return switch (connection.text("transport_protocol").orElse("UDP")) {
            case "TCP" -> SipTransport.TCP;
            case "TLS" -> SipTransport.TLS;
            default -> SipTransport.UDP;
        };
    }

    private static Map<String, String> details(Fields connection, @Nullable Fields profile) {
        Map<String, String> details = new TreeMap<>(VoiceProfiles.details(profile));
        DETAILS.forEach(name -> connection.text(name).ifPresent(value -> details.put(name, value)));
        connection
                .object("inbound")
                .ifPresent(inbound -> INBOUND.forEach(
                        name -> inbound.text(name).ifPresent(value -> details.put("inbound." + name, value))));
        List<String> codecs = connection
                .object("inbound")
                .map(inbound -> inbound.texts("codecs"))
                .orElse(List.of());
        if (!codecs.isEmpty()) {
            details.put("inbound.codecs", String.join(", ", codecs));
        }
        boolean parked = connection
                .object("outbound")
                .flatMap(outbound -> outbound.bool("call_parking_enabled"))
                .orElse(false);
        if (parked) {
            details.put("warning.parking", "calls are parked: they wait for Call Control and never reach the network");
        }
        if (connection.text("webhook_api_version").orElse("2").equals("1")) {
            details.put("warning.webhook-api-version", "1: events come in an old form that is not understood");
        }
        details.put("media", TelnyxNetwork.MEDIA);
        return details;
    }

    private static List<Fields> of(String connection, List<Fields> all) {
        return all.stream()
                .filter(fields -> Objects.equals(fields.text("connection_id").orElse(""), connection))
                .toList();
    }
}
