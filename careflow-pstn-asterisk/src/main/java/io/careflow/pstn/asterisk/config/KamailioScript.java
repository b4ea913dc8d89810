package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.SipEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fills the script of Kamailio in. */
final class KamailioScript {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final String NO_ADDRESS = "127.0.0.8";

    private final KamailioConfig config;

    KamailioScript(KamailioConfig config) {
        this.config = config;
    }

    String render() {
        String text = template();
        for (Map.Entry<String, String> value : values().entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }

    private Map<String, String> values() {
        KamailioLimits limits = config.limits;
        Map<String, String> values = new LinkedHashMap<>();
        values.put("DEFINES", defines());
        values.put("LISTEN", listen());
        values.put("TRUNKS", trunks());
        values.put("ORIGINS", origins());
        values.put("FROM_INSIDE", inside());
        values.put("DOMAIN", config.domain);
        values.put("CHILDREN", "4");
        values.put("TCP_LIFETIME", Long.toString(limits.registration().toSeconds() + 10));
        values.put("TCP_CONNECTIONS", "4096");
        values.put("EXPIRES", Long.toString(limits.registration().toSeconds()));
        values.put("CONTACTS", Integer.toString(limits.contacts()));
        values.put("BAN_S", Long.toString(limits.ban().toSeconds()));
        values.put("WRONG", Integer.toString(limits.wrongPasswords()));
        values.put("WRONG_S", Long.toString(limits.wrongWithin().toSeconds()));
        values.put("KNOCKS", Integer.toString(limits.knocks()));
        values.put("FLOOD", Integer.toString(2 * limits.requestsPerSecond()));
        values.put("TRUNK_RATE", Integer.toString(limits.trunkCallsPerSecond()));
        values.put("DEAD_MS", Long.toString(limits.nodeSilence().toMillis()));
        values.put("PATIENCE_MS", Long.toString(limits.nodePatience().toMillis()));
        values.put("RING_MS", Long.toString(limits.ringing().toMillis()));
        values.put("PING_S", Long.toString(limits.ping().toSeconds()));
        values.put("FOLDER", config.folder.toString());
        values.put("RUN", config.run.toString());
        values.put("CONTACT", config.outside().contact());
        values.put("MASK_IP", mask());
        UsersDatabase database = config.database;
        values.put("USERS_TABLE", database == null ? "" : database.table());
        values.put("USER_COLUMN", database == null ? "" : database.userColumn());
        values.put("PASSWORD_COLUMN", database == null ? "" : database.passwordColumn());
        values.put("CALCULATE_HA1", database != null && database.digest() ? "0" : "1");
        return values;
    }

    private String defines() {
        StringBuilder text = new StringBuilder();
        define(
                text,
                "WITH_CARRIER_DIGEST",
                config.trunks.stream().anyMatch(trunk -> trunk.auth().mode().isDigest()));
        define(
                text,
                "WITH_CARRIER_REGISTRATION",
                !KamailioLists.registering(config).isEmpty());
        define(text, "WITH_USERS_IN_DATABASE", config.database != null);
        define(
                text,
                "WITH_TLS",
                config.listeners.stream().anyMatch(each -> each.kind().isEncrypted()));
        define(
                text,
                "WITH_WEBSOCKET",
                config.listeners.stream().anyMatch(each -> each.kind().isWebSocket()));
        return text.toString();
    }

    private static void define(StringBuilder text, String name, boolean wanted) {
        if (wanted) {
            text.append("#!define ").append(name).append('\n');
        }
    }

    private String listen() {
        StringBuilder text = new StringBuilder();
        if (config.listeners.stream().anyMatch(each -> each.kind().isEncrypted())) {
            text.append("enable_tls=yes\n");
        }
        for (SipListener each : config.listeners) {
            text.append("listen=").append(each.socket());
            text.append(each.advertised() == null ? "" : " advertise " + each.contact());
            text.append('\n');
        }
        if (config.inside != null) {
            text.append("# For the nodes of Asterisk only.\n");
            text.append("listen=").append(config.inside.socket()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private String inside() {
        SipListener inside = config.inside;
        return inside == null ? "" : "$Ri == \"" + inside.address() + "\" && $Rp == " + inside.port() + " && ";
    }

    private String mask() {
        SipListener outside = config.outside();
        String known = outside.advertised() == null ? outside.address() : outside.advertised();
        return ADDRESS.matcher(known).matches() ? known : NO_ADDRESS;
    }

    private String trunks() {
        // A switch without cases is none to Kamailio.
        if (config.trunks.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\tswitch ($rd) {\n");
        for (SipTrunkProfile trunk : config.trunks) {
            text.append("\tcase \"").append(trunk.id()).append(".trunk.invalid\":\n");
            text.append("\t\t$var(set) = ")
                    .append(KamailioLists.set(config, trunk))
                    .append(";\n");
            text.append("\t\t$var(way) = ")
                    .append(KamailioLists.isShared(trunk) ? 9 : 8)
                    .append(";\n");
            text.append("\t\t$avp(trunk) = \"").append(trunk.id()).append("\";\n");
            if (trunk.health().optionsPing()) {
                text.append("\t\t$avp(probed) = 1;\n");
            }
            SipEndpoint proxy = trunk.outboundProxy();
            if (proxy != null) {
                text.append("\t\t$avp(proxy) = \"")
                        .append(KamailioLists.uri(proxy))
                        .append(";lr\";\n");
            }
            text.append("\t\tbreak;\n");
        }
        return text.append("\tdefault:\n\t\t$var(set) = 0;\n\t}\n").toString();
    }

    private String origins() {
        String ports = config.listeners.stream()
                .filter(each -> each.kind().isWebSocket())
                .map(each -> "$Rp == " + each.port())
                .collect(Collectors.joining(" || "));
        String allowed = config.origins.stream()
                .map(origin -> "$hdr(Origin) == \"" + origin + "\"")
                .collect(Collectors.joining(" || "));
        return (ports.isEmpty() ? "" : " && (" + ports + ")") + (allowed.isEmpty() ? "" : " && (" + allowed + ")");
    }

    private static String template() {
        try (InputStream in = KamailioScript.class.getResourceAsStream("kamailio.cfg")) {
            return new String(Objects.requireNonNull(in, "kamailio.cfg").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
