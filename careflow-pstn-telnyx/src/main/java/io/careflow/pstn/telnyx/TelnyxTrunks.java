package io.careflow.pstn.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.careflow.pstn.Option;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.error.Conflict;
import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.NotFound;
import io.careflow.pstn.error.ProtocolError;
import io.careflow.pstn.error.ProviderUnavailable;
import io.careflow.pstn.error.PstnException;
import io.careflow.pstn.http.Commands;
import io.careflow.pstn.http.Fields;
import io.careflow.pstn.http.HttpCall;
import io.careflow.pstn.http.Reads;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Telnyx's SIP connections, each with an outbound voice profile of its own that says where it may call and for how much
 * (https://developers.telnyx.com/docs/voice/sip-trunking). Reading one takes a request for each of its parts. Thread-safe.
 */
final class TelnyxTrunks implements TrunkControl {
    static final Set<Option<?>> OPTIONS = Set.of(
            TelnyxOptions.ANCHORSITE, TelnyxOptions.CODECS, TelnyxOptions.SIP_REGION, TelnyxOptions.PARKED_CALLS);
    private static final String CREATE = "trunk.create";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int PAGE = 250;

    private final TelnyxClient client;
    private final VoiceProfiles profiles;
    private final TrunkReader reader;
    private final TrunkMaker maker;
    private final NumberRows numbers;
    private final Commands<TrunkRequest, SipTrunk> commands;

    TelnyxTrunks(TelnyxClient client) {
        this.client = client;
        this.profiles = new VoiceProfiles(client);
        this.reader = new TrunkReader(client);
        this.maker = new TrunkMaker(client, profiles, reader);
        this.numbers = new NumberRows(client);
        this.commands = new Commands<>(client.id(), CREATE, client.clock());
    }

    @Override
    public Set<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Set<TrunkKind> kinds() {
        return Set.of(TrunkKind.TRUNK);
    }

    @Override
    public SipTrunk create(TrunkRequest request) {
        Object unused = maker.check(request);
        AtomicBoolean mine = new AtomicBoolean();
        return commands.once(
                request.commandId(),
                request,
                () -> {
                    mine.set(true);
                    return maker.make(request);
                },
                // Who made it has looked for it already.
                doubt -> {
                    throw mine.get() ? doubt.failure() : still(request, doubt.failure());
                });
    }

    @Override
    public Optional<SipTrunk> fetch(TrunkRef trunk) {
        String operation = "trunk.fetch";
        Optional<Fields> known = find(operation, trunk);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        ConnectionKind kind = ConnectionKind.of(known.get()).orElseThrow();
        return client.find(HttpCall.of(operation, "GET", kind.path(), trunk.id()))
                .map(connection -> read(operation, connection, kind));
    }

    @Override
    public List<SipTrunk> list() {
        String operation = "trunk.list";
        List<SipTrunk> trunks = new ArrayList<>();
        Map<String, Fields> byId = profiles.all(operation);
        List<Fields> names = client.all(HttpCall.of(operation, "GET", "fqdns"), PAGE);
        List<Fields> addresses = client.all(HttpCall.of(operation, "GET", "ips"), PAGE);
        List<Fields> owned = client.all(HttpCall.of(operation, "GET", "phone_numbers"), PAGE);
        for (ConnectionKind kind : ConnectionKind.values()) {
            client.pages(HttpCall.of(operation, "GET", kind.path()), PAGE, connection -> {
                Fields profile = profileId(connection).map(byId::get).orElse(null);
                trunks.add(reader.read(connection, kind, profile, names, addresses, owned));
            });
        }
        return List.copyOf(trunks);
    }

    @Override
    public void attach(TrunkRef trunk, PhoneNumber number) {
        String operation = "trunk.attach";
        Fields owned = Reads.before(operation, () -> {
            require(operation, trunk);
            return numbers.row("trunk.number.find", number)
                    .orElseThrow(() -> notFound(operation, "the account does not own the number"));
        });
        if (!owned.text("connection_id").orElse("").equals(trunk.id())) {
            connect(operation, owned.requireText("id"), trunk.id());
        }
    }

    @Override
    public void detach(TrunkRef trunk, PhoneNumber number) {
        String operation = "trunk.detach";
        if (!isOurs(trunk)) {
            return;
        }
        Reads.before(operation, () -> numbers.row("trunk.number.find", number))
                .filter(owned -> owned.text("connection_id").orElse("").equals(trunk.id()))
                .ifPresent(owned -> connect(operation, owned.requireText("id"), ""));
    }

    @Override
    public void limit(TrunkRef trunk, TrunkLimits limits) {
        String operation = "trunk.limit";
        profiles.check(operation, limits);
        String profile = Reads.before(operation, () -> {
            Fields connection = require(operation, trunk);
            String id = profileId(connection)
                    .orElseThrow(() -> conflict(
                            operation, "the trunk has no outbound voice profile, so it places no calls at all"));
            Fields found = profiles.find(operation, id)
                    .orElseThrow(() -> conflict(operation, "the outbound voice profile of the trunk does not exist"));
            if (found.integer("connections_count").orElse(1) > 1) {
                throw conflict(operation, "the outbound voice profile of the trunk is that of other connections too");
            }
            return id;
        });
        Fields unused = profiles.limit(operation, profile, limits);
    }

    @Override
    public void delete(TrunkRef trunk) {
        String operation = "trunk.delete";
        try {
            Optional<Fields> known = Reads.before(operation, () -> find(operation, trunk));
            if (known.isPresent()) {
                delete(operation, known.get(), ConnectionKind.of(known.get()).orElseThrow());
            }
        } finally {
            commands.forget(made -> made.ref().equals(trunk));
        }
    }

    // The profile goes last, as Telnyx keeps one that is in use.
    private void delete(String operation, Fields connection, ConnectionKind kind) {
        String id = connection.requireText("id");
        List<Fields> attached = Reads.before(operation, () -> reader.numbers(operation, id));
        Optional<Fields> profile =
                Reads.before(operation, () -> profileId(connection).flatMap(found -> profiles.find(operation, found)));
        List<Server> servers = Reads.before(operation, () -> servers(operation, kind, id));
        Steps steps = new Steps("delete it again, and its outbound voice profile by hand if that stays");
        attached.forEach(number -> steps.next(() -> connect(operation, number.requireText("id"), "")));
        servers.forEach(server -> steps.next(() -> remove(operation, server.path(), server.id())));
        steps.next(() -> remove(operation, kind.path(), id));
        profile.filter(found -> VoiceProfiles.isOurs(found, 1))
                .ifPresent(found -> steps.next(() -> profiles.delete(operation, found.requireText("id"))));
    }

    private List<Server> servers(String operation, ConnectionKind kind, String connection) {
        List<Server> servers = new ArrayList<>();
        for (String path : kind.servers()) {
            reader.servers(operation, path, connection)
                    .forEach(server -> servers.add(new Server(path, server.requireText("id"))));
        }
        return servers;
    }

    private SipTrunk read(String operation, Fields connection, ConnectionKind kind) {
        String id = connection.requireText("id");
        Fields profile = profileId(connection)
                .flatMap(found -> profiles.find(operation, found))
                .orElse(null);
        List<Fields> names = kind == ConnectionKind.FQDN ? reader.servers(operation, "fqdns", id) : List.of();
        List<Fields> addresses = kind == ConnectionKind.CREDENTIAL ? List.of() : reader.servers(operation, "ips", id);
        return reader.read(connection, kind, profile, names, addresses, reader.numbers(operation, id));
    }

    /** The connection of any kind, if it is a trunk: applications have ids of the same space. */
    private Optional<Fields> find(String operation, TrunkRef trunk) {
        return isOurs(trunk)
                ? client.find(HttpCall.of(operation, "GET", "connections", trunk.id()))
                        .filter(connection -> ConnectionKind.of(connection).isPresent())
                : Optional.empty();
    }

    private Fields require(String operation, TrunkRef trunk) {
        return find(operation, trunk).orElseThrow(() -> notFound(operation, "no such trunk"));
    }

    private boolean isOurs(TrunkRef trunk) {
        return trunk.provider().equals(client.id()) && ID.matcher(trunk.id()).matches();
    }

    private void connect(String operation, String number, String connection) {
        ObjectNode body = client.object();
        body.put("connection_id", connection);
        Fields changed = client.data(client.with(HttpCall.of(operation, "PATCH", "phone_numbers", number), body));
        if (!changed.text("connection_id").orElse("").equals(connection)) {
            throw new ProtocolError(Failure.of(
                    client.id(), operation, Effect.UNKNOWN, "Telnyx answers that the number goes elsewhere still"));
        }
    }

    private void remove(String operation, String path, String id) {
        try {
            client.send(HttpCall.of(operation, "DELETE", path, id));
        } catch (NotFound e) {
            // Gone already.
        }
    }

    // The list of all connections writes it flat.
    private static Optional<String> profileId(Fields connection) {
        return connection
                .object("outbound")
                .flatMap(outbound -> outbound.text("outbound_voice_profile_id"))
                .or(() -> connection.text("outbound_voice_profile_id"));
    }

    // What a broken-off creation left behind lacks parts, so it is told but never handed out as the trunk.
    private PstnException still(TrunkRequest request, PstnException lost) {
        String found;
        try {
            found = maker.named(request.name()).isEmpty()
                    ? "Telnyx has no connection of this name now"
                    : "Telnyx has what is left of it; delete it and give another command";
        } catch (PstnException e) {
            lost.addSuppressed(e);
            found = "and looking for it failed";
        }
        Failure facts = lost.failure();
        return new ProviderUnavailable(
                new Failure(
                        facts.provider(),
                        facts.operation(),
                        Effect.UNKNOWN,
                        facts.reason() + "; given again: " + found,
                        facts.code(),
                        facts.httpStatus(),
                        facts.requestId(),
                        facts.retryAfter()),
                lost);
    }

    private NotFound notFound(String operation, String reason) {
        return new NotFound(Failure.of(client.id(), operation, Effect.NONE, reason));
    }

    private Conflict conflict(String operation, String reason) {
        return new Conflict(Failure.of(client.id(), operation, Effect.NONE, reason));
    }

    private record Server(String path, String id) {}
}
