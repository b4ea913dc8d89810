package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The part of Kamailio's script that only its owner may read. */
final class KamailioSecrets {
    private final KamailioConfig config;

    KamailioSecrets(KamailioConfig config) {
        this.config = config;
    }

    String render() {
        StringBuilder text = new StringBuilder("# Secrets: only the user that Kamailio runs as may read this file.\n");
        text.append("modparam(\"topoh\", \"mask_key\", \"")
                .append(derived("topology"))
                .append("\")\n");
        text.append("modparam(\"auth\", \"secret\", \"")
                .append(derived("nonce"))
                .append("\")\n");
        UsersDatabase database = config.database;
        if (database != null) {
            text.append("modparam(\"auth_db\", \"db_url\", \"")
                    .append(database.url())
                    .append("\")\n");
        }
        text.append("\nevent_route[htable:mod-init] {\n");
        put(text, "secret=>::nobody", derived("nobody").substring(0, 32));
        config.users.stream()
                .sorted(Comparator.comparing(SipUser::name))
                .forEach(user -> put(text, "user=>" + user.name(), digest(user)));
        config.trunks.stream().filter(trunk -> trunk.auth().mode().isDigest()).forEach(trunk -> {
            put(text, "secret=>" + trunk.id(), password(config, trunk));
            put(
                    text,
                    "secret=>" + trunk.id() + "::user",
                    Objects.requireNonNull(trunk.auth().digestUser()));
        });
        return text.append("\treturn;\n}\n").toString();
    }

    static String password(KamailioConfig config, SipTrunkProfile trunk) {
        SecretRef reference = Objects.requireNonNull(trunk.auth().secret());
        String password = config.secrets.secret(reference).reveal();
        if (!password.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("password of trunk " + trunk.id()
                    + " has characters that are not allowed; allowed are visible ASCII characters");
        }
        return password;
    }

    private static void put(StringBuilder text, String place, String value) {
        text.append("\t$sht(")
                .append(place)
                .append(") = \"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\";\n");
    }

    /** HA1 of RFC 2617: enough to check a password, and good for this domain only. */
    private String digest(SipUser user) {
        try {
            byte[] bytes = (user.name() + ":" + config.domain + ":"
                            + user.password().reveal())
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no MD5, which SIP needs", e);
        }
    }

    private String derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(config.key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }
}
