package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Attestation;
import io.careflow.pstn.call.CallOrigin;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.Disposition;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.Party;
import io.careflow.pstn.call.ReleasedBy;
import io.careflow.pstn.event.CallAnswered;
import io.careflow.pstn.event.CallEnded;
import io.careflow.pstn.event.CallEvent;
import io.careflow.pstn.event.CallNoted;
import io.careflow.pstn.event.DialEnded;
import io.careflow.pstn.event.InboundCall;
import io.careflow.pstn.event.LegAnswered;
import io.careflow.pstn.event.LegDialled;
import io.careflow.pstn.event.LegEnded;
import io.careflow.pstn.event.LegRinging;
import io.careflow.pstn.event.OutboundCall;
import io.careflow.pstn.event.PstnEvent;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Redirect;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Events of which the record of a call is made, as they are kept: the node that sees the end of a call tells them again if other
 * nodes told some of them. Thread-safe.
 */
final class FactJson {
    private static final String LEG = "leg";
    private static final String COMMAND = "command";
    private static final String FROM = "from";
    private static final String FORWARDED = "forwarded";
    private static final String HEADERS = "headers";

    private final FlowJson flows;

    FactJson(FlowJson flows) {
        this.flows = flows;
    }

    /** The event; empty if no record is made of it. */
    Optional<ObjectNode> write(PstnEvent event) {
        ObjectNode node = flows.object()
                .put("is", event.getClass().getSimpleName())
                .put("id", event.id())
                .put("at", event.occurredAt().toString());
        if (event instanceof InboundCall call) {
            party(node, FROM, call.from());
            party(node, "to", call.to());
            origin(node, call.origin());
        } else if (event instanceof OutboundCall call) {
            party(node, FROM, call.from());
            node.put("tenant", call.tenant().value())
                    .put("to", call.to().address())
                    .put(COMMAND, call.command() == null ? null : call.command().value());
        } else if (event instanceof CallNoted noted) {
            node.set("note", flows.note(noted.note()));
        } else if (event instanceof LegDialled leg) {
            node.put(LEG, leg.leg()).put("to", leg.destination());
        } else if (event instanceof LegRinging leg) {
            node.put(LEG, leg.leg());
        } else if (event instanceof LegAnswered leg) {
            node.put(LEG, leg.leg());
        } else if (event instanceof LegEnded leg) {
            cause(node.put(LEG, leg.leg()), leg.cause());
        } else if (event instanceof DialEnded dial) {
            cause(node.put("result", dial.result().name()), dial.cause());
            node.set("flow", flows.write(CallFlow.start().redirect(dial.continuation())));
        } else if (event instanceof CallEnded ended) {
            cause(node.put("by", ended.releasedBy().name()).put("exact", ended.exact()), ended.cause());
        } else if (!(event instanceof CallAnswered)) {
            return Optional.empty();
        }
        return Optional.of(node);
    }

    /** The event that was written. */
    CallEvent read(CallRef call, JsonNode node) {
        String id = node.path("id").asText();
        Instant at = Instant.parse(node.path("at").asText());
        String leg = node.path(LEG).asText();
        String to = node.path("to").asText();
        String is = node.path("is").asText();
        return switch (is) {
            case "InboundCall" -> new InboundCall(id, at, call, party(node, FROM), party(node, "to"), origin(node));
            case "OutboundCall" ->
                new OutboundCall(
                        id,
                        at,
                        call,
                        new TenantId(node.path("tenant").asText()),
                        party(node, FROM),
                        Destination.parse(to),
                        node.hasNonNull(COMMAND)
                                ? new CommandId(node.path(COMMAND).asText())
                                : null);
            case "CallAnswered" -> new CallAnswered(id, at, call);
            case "CallNoted" -> new CallNoted(id, at, call, FlowJson.note(node.path("note")));
            case "LegDialled" -> new LegDialled(id, at, call, leg, to);
            case "LegRinging" -> new LegRinging(id, at, call, leg);
            case "LegAnswered" -> new LegAnswered(id, at, call, leg);
            case "LegEnded" -> new LegEnded(id, at, call, leg, cause(node));
            case "DialEnded" ->
                new DialEnded(
                        id,
                        at,
                        call,
                        ((Redirect) flows.read(node.path("flow")).ending()).then(),
                        Disposition.valueOf(node.path("result").asText()),
                        cause(node));
            case "CallEnded" ->
                new CallEnded(
                        id,
                        at,
                        call,
                        cause(node),
                        ReleasedBy.valueOf(node.path("by").asText()),
                        node.path("exact").asBoolean());
            default -> throw new IllegalArgumentException("event '" + is + "' is not known");
        };
    }

    private static void party(ObjectNode node, String name, Party party) {
        node.putObject(name).put("address", party.address()).put("name", party.displayName());
    }

    private static Party party(JsonNode node, String name) {
        JsonNode party = node.path(name);
        return new Party(party.path("address").asText(), FlowJson.text(party, "name"));
    }

    private static void origin(ObjectNode node, CallOrigin origin) {
        node.put("attestation", origin.attestation().name()).put("attested", origin.rawAttestation());
        if (origin.forwardedFrom() != null) {
            party(node, FORWARDED, origin.forwardedFrom());
        }
        ObjectNode headers = node.putObject(HEADERS);
        origin.sipHeaders().forEach(headers::put);
    }

    private static CallOrigin origin(JsonNode node) {
        Map<String, String> headers = new TreeMap<>();
        node.path(HEADERS)
                .properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
        return new CallOrigin(
                Attestation.valueOf(node.path("attestation").asText()),
                FlowJson.text(node, "attested"),
                node.has(FORWARDED) ? party(node, FORWARDED) : null,
                headers);
    }

    private static void cause(ObjectNode node, HangupCause cause) {
        node.put("q850", cause.q850()).put("sip", cause.sipStatus()).put("text", cause.text());
    }

    private static HangupCause cause(JsonNode node) {
        return new HangupCause(
                node.path("q850").asInt(),
                node.hasNonNull("sip") ? node.path("sip").asInt() : null,
                node.path("text").asText());
    }
}
