package io.careflow.pstn.voipms;

import io.careflow.pstn.error.Effect;
import io.careflow.pstn.error.Failure;
import io.careflow.pstn.error.InvalidRequest;
import io.careflow.pstn.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The servers, read again after an hour: they change seldom, and the account may ask little. Thread-safe. */
final class Servers implements VoipMsServers {
    private static final Duration FRESH = Duration.ofHours(1);

    private final VoipMsClient client;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    Servers(VoipMsClient client) {
        this.client = client;
    }

    @Override
    public List<Server> servers() {
        return read("server.list");
    }

    /** The servers, perhaps as they were some minutes ago. */
    List<Server> known(String operation) {
        Known last = known.get();
        Instant now = client.clock().instant();
        return last != null && now.isBefore(last.read().plus(FRESH)) ? last.servers() : read(operation);
    }

    /** The server that the PBX registers at: the one of the settings, else the first that VoIP.ms recommends. */
    Server home(String operation) {
        String wanted = client.settings().server();
        if (wanted != null) {
            return named(operation, wanted);
        }
        return known(operation).stream()
                .filter(Server::recommended)
                .findFirst()
                .orElseThrow(() -> refused(operation, "VoIP.ms recommends no server; name one in the settings"));
    }

    /** @throws InvalidRequest if there is none of this name */
    Server named(String operation, String host) {
        return known(operation).stream()
                .filter(server -> server.host().equalsIgnoreCase(host))
                .findFirst()
                .orElseThrow(() -> refused(operation, "VoIP.ms has no server '" + host + "'"));
    }

    private List<Server> read(String operation) {
        List<Server> servers = client.list(VoipMsCall.of(operation, "getServersInfo"), "servers").stream()
                .map(Servers::server)
                .toList();
        known.set(new Known(client.clock().instant(), servers));
        return servers;
    }

    private static Server server(Fields row) {
        return new Server(
                row.text("server_name").orElse(""),
                row.requireText("server_hostname").strip().toLowerCase(Locale.ROOT),
                row.text("server_ip").orElse(""),
                row.text("server_country").orElse(""),
                row.requireText("server_pop"),
                row.bool("server_recommended").orElse(false));
    }

    private InvalidRequest refused(String operation, String reason) {
        return new InvalidRequest(Failure.of(client.id(), operation, Effect.NONE, reason));
    }

    private record Known(Instant read, List<Server> servers) {}
}
