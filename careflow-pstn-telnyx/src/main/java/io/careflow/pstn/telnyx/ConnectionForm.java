package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.Secret;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes Telnyx's connection. Immutable. */
final class ConnectionForm {
    private static final List<String> RANKS = List.of("primary", "secondary", "tertiary");

    /** The longest that Telnyx waits for the answer to a webhook. */
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final TelnyxClient client;
    private final TrunkRequest request;
    private final ConnectionKind kind;

    ConnectionForm(TelnyxClient client, TrunkRequest request, ConnectionKind kind) {
        this.client = client;
        this.request = request;
        this.kind = kind;
    }

    /** The whole of a new connection. */
    ObjectNode created(String profile, @Nullable SipCredential credential) {
        ObjectNode body = client.object();
        body.put("connection_name", request.name())
                .put("active", true)
                // Else events come in an old form that nobody here reads.
                .put("webhook_api_version", "2");
        String site = TelnyxOptions.value(request.options(), TelnyxOptions.ANCHORSITE);
        if (site != null) {
            body.put("anchorsite_override", site);
        }
        if (kind != ConnectionKind.CREDENTIAL) {
            body.put("transport_protocol", TrunkShape.transport(request).name());
        }
        if (request.secure()) {
            body.put("encrypted_media", "SRTP");
        }
        if (credential != null) {
            Secret password = credential.password();
            body.put("user_name", credential.username()).put("password", password == null ? "" : password.reveal());
        }
        String parked = TelnyxOptions.value(request.options(), TelnyxOptions.PARKED_CALLS);
        if (kind == ConnectionKind.CREDENTIAL) {
            // Else strangers could call who is registered, at our cost.
            body.put("sip_uri_calling_preference", parked == null ? "disabled" : "internal");
        }
        if (parked != null) {
            body.put("webhook_event_url", parked).put("webhook_timeout_secs", LONGEST_WAIT_SECONDS);
        }
        body.set("inbound", inbound());
        ObjectNode outbound = body.putObject("outbound");
        outbound.put("outbound_voice_profile_id", profile);
        // Parked calls wait for Call Control and never reach the network by themselves.
        outbound.put("call_parking_enabled", parked != null);
        if (kind == ConnectionKind.FQDN) {
            outbound.put(
                    "ip_authentication_method", credential == null ? "ip-authentication" : "credential-authentication");
        }
        return body;
    }

    /** The change that names the servers of the connection, of which the ids are only known now. */
    ObjectNode routed(List<String> servers) {
        ObjectNode body = client.object();
        ObjectNode inbound = inbound();
        for (int i = 0; i < servers.size(); i++) {
            inbound.put(kind.rank(RANKS.get(i)), servers.get(i));
        }
        body.set("inbound", inbound);
        return body;
    }

    static List<String> ranks() {
        return RANKS;
    }

    private ObjectNode inbound() {
        ObjectNode inbound = client.object();
        // The two are written differently, and both are national without being asked.
        inbound.put("ani_number_format", "+E.164").put("dnis_number_format", "+e164");
        List<String> codecs = TrunkShape.codecs(request);
        if (!codecs.isEmpty()) {
            ArrayNode list = inbound.putArray("codecs");
            codecs.forEach(list::add);
        }
        if (!request.inbound().isEmpty()) {
            inbound.put(
                    "default_routing_method",
                    TrunkShape.isRoundRobin(request.inbound()) ? "round-robin" : "sequential");
        }
        String region = TelnyxOptions.value(request.options(), TelnyxOptions.SIP_REGION);
        if (region != null) {
            inbound.put("sip_region", region);
        }
        return inbound;
    }
}
