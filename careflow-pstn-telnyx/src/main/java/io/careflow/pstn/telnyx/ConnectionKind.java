package io.careflow.pstn.telnyx;

import io.careflow.pstn.http.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Telnyx's SIP connections: three things with one id space. */
enum ConnectionKind {
    /** Known by the addresses of its servers. */
    IP("ip_connection", "ip"),
    /** Devices register with a user and a password. */
    CREDENTIAL("credential_connection", ""),
    /** Its servers have names. */
    FQDN("fqdn_connection", "fqdn");

    private final String type;
    private final String server;

    ConnectionKind(String type, String server) {
        this.type = type;
        this.server = server;
    }

    /** Where they are: {@code /ip_connections}. */
    String path() {
        return type + "s";
    }

    /** Where the servers and the addresses of all of them are. */
    List<String> servers() {
        return switch (this) {
            case IP -> List.of("ips");
            case CREDENTIAL -> List.of();
            case FQDN -> List.of("fqdns", "ips");
        };
    }

    /** The field that names the first, second or third server: {@code default_primary_ip_id}. */
    String rank(String rank) {
        return "default_" + rank + "_" + server + "_id";
    }

    /** What a connection is; empty if it is no trunk, such as an application. */
    static Optional<ConnectionKind> of(Fields connection) {
        String type = connection.text("record_type").orElse("");
        return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
    }
}
