package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.http.Rollback;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a trunk of its parts: profile, connection, servers. Thread-safe. */
final class TrunkMaker {
    private static final String CREATE = "trunk.create";
    private static final int SIP_PORT = 5060;

    private final TelnyxClient client;
    private final VoiceProfiles profiles;
    private final TrunkReader reader;
    private final TrunkCredentials credentials;
    private final TrunkShape shape;

    TrunkMaker(TelnyxClient client, VoiceProfiles profiles, TrunkReader reader) {
        this.client = client;
        this.profiles = profiles;
        this.reader = reader;
        this.credentials = new TrunkCredentials(client.id(), client.settings().random());
        this.shape = new TrunkShape(client.id(), CREATE);
    }

    /** Refuses what cannot be done, without sending anything. */
    ConnectionKind check(TrunkRequest request) {
        ConnectionKind kind = shape.of(request);
        profiles.check(CREATE, request.limits());
        return kind;
    }

    SipTrunk make(TrunkRequest request) {
        ConnectionKind kind = check(request);
        SipCredential credential = credentials.of(CREATE, request, kind);
        if (!Reads.before(CREATE, () -> named(request.name())).isEmpty()) {
            throw new Conflict(Failure.of(
                    client.id(), CREATE, Effect.NONE, "there is a connection '" + request.name() + "' already"));
        }
        Rollback rollback = new Rollback(client.id(), CREATE, "id");
        try {
            return parts(rollback, request, kind, credential);
        } catch (RuntimeException e) {
            throw rollback.failed(e);
        }
    }

    /** What has this name among the connections of the account, whatever they are. */
    List<Fields> named(String name) {
        return named("connections", name);
    }

    // Telnyx finds what contains the name.
    private List<Fields> named(String path, String name) {
        return client
                .all(HttpCall.of("trunk.look-up", "GET", path).query("filter[connection_name][contains]", name), 250)
                .stream()
                .filter(connection ->
                        connection.text("connection_name").orElse("").equals(name))
                .toList();
    }

    private SipTrunk parts(
            Rollback rollback, TrunkRequest request, ConnectionKind kind, @Nullable SipCredential credential) {
        ConnectionForm form = new ConnectionForm(client, request, kind);
        String name =
                VoiceProfiles.name("trunk", request.name(), request.commandId().value());
        Fields profile = profiles.make(rollback, CREATE, name, request.limits());
        ObjectNode body = form.created(profile.requireText("id"), credential);
        Fields connection = rollback.unique(
                "connection '" + request.name() + "'",
                () -> client.data(client.with(HttpCall.of(CREATE, "POST", kind.path()), body)),
                () -> named(kind.path(), request.name()),
                id -> delete(kind.path(), id));
        String id = connection.requireText("id");
        if (credential != null) {
            requireTaken(connection, credential, kind);
        }
        List<String> servers = servers(rollback, request, kind, id);
        if (!servers.isEmpty()) {
            Fields unused =
                    client.data(client.with(HttpCall.of(CREATE, "PATCH", kind.path(), id), form.routed(servers)));
        }
        List<SipCredential> known = credential == null ? List.of() : List.of(credential);
        return reader.made(connection, kind, profile, request, known, allowed(request, kind));
    }

    // That a connection of names takes a credential is in Telnyx's answers, not in its description of the request.
    private void requireTaken(Fields connection, SipCredential credential, ConnectionKind kind) {
        boolean taken = connection.text("user_name").orElse("").equals(credential.username());
        if (kind == ConnectionKind.FQDN && !taken) {
            throw new ProtocolError(Failure.of(
                    client.id(),
                    CREATE,
                    Effect.UNKNOWN,
                    "Telnyx did not take the credential for servers with names; allow addresses instead"));
        }
    }

    /** The ids of our servers, in the order in which they are tried. */
    private List<String> servers(Rollback rollback, TrunkRequest request, ConnectionKind kind, String connection) {
        List<String> ids = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (SipEndpoint server : TrunkShape.ordered(request.inbound())) {
            known.add(server.host());
            ids.add(
                    kind == ConnectionKind.IP
                            ? address(rollback, connection, server.host(), server.port())
                            : name(rollback, connection, server));
        }
        for (IpRange range : request.allowed()) {
            if (known.add(range.address())) {
                String unused = address(rollback, connection, range.address(), SIP_PORT);
            }
        }
        return ids;
    }

    private String address(Rollback rollback, String connection, String address, int port) {
        ObjectNode body = client.object();
        body.put("connection_id", connection).put("ip_address", address).put("port", port);
        return server(rollback, "ips", connection, "ip_address", address, port, body);
    }

    private String name(Rollback rollback, String connection, SipEndpoint server) {
        ObjectNode body = client.object();
        body.put("connection_id", connection)
                .put("fqdn", server.host())
                .put("dns_record_type", "a")
                .put("port", server.port());
        return server(rollback, "fqdns", connection, "fqdn", server.host(), server.port(), body);
    }

    private String server(
            Rollback rollback, String path, String connection, String field, String host, int port, ObjectNode body) {
        return rollback.unique(
                        "server " + host,
                        () -> client.data(client.with(HttpCall.of(CREATE, "POST", path), body)),
                        () -> reader.servers(CREATE, path, connection).stream()
                                .filter(server -> server.text(field).orElse("").equals(host)
                                        && server.integer("port").orElse(SIP_PORT) == port)
                                .toList(),
                        id -> delete(path, id))
                .requireText("id");
    }

    private void delete(String path, String id) {
        try {
            client.send(HttpCall.of(CREATE, "DELETE", path, id));
        } catch (NotFound e) {
            // Gone already.
        }
    }

    /** The addresses of our servers prove calls too, where addresses are the proof. */
    private static List<IpRange> allowed(TrunkRequest request, ConnectionKind kind) {
        Set<IpRange> allowed = new LinkedHashSet<>();
        if (kind == ConnectionKind.IP) {
            TrunkShape.ordered(request.inbound()).forEach(server -> allowed.add(IpRange.parse(server.host())));
        }
        allowed.addAll(request.allowed());
        return List.copyOf(allowed);
    }
}
