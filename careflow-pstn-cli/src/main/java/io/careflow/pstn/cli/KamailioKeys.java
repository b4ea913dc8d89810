package io.careflow.pstn.cli;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskNode;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.KamailioLimits;
import io.careflow.pstn.asterisk.config.SipListener;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.asterisk.config.UsersDatabase;
import io.careflow.pstn.siptrunk.SecretSource;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys {@code kamailio.*} of a site. */
final class KamailioKeys {
    private static final String LIMITS = "kamailio.limits.";
    private static final int MOST = 100_000;

    private final Keys keys;
    private final SecretSource secrets;

    KamailioKeys(Keys keys, SecretSource secrets) {
        this.keys = keys;
        this.secrets = secrets;
    }

    /** The configuration so far; good for nothing where there is a problem. */
    KamailioConfig.Builder builder(
            String domain, List<SipTrunkProfile> trunks, List<SipUser> users, Optional<UsersDatabase> database) {
        Optional<Secret> key = keys.requiredSecret("kamailio.key", secrets);
        // Goes on where the domain or the key is wrong, so that all else that is wrong is told as well.
        Secret any = Secret.of("x".repeat(64));
        KamailioConfig.Builder builder = keys.made(
                        "kamailio.key", () -> KamailioConfig.builder(domain, key.orElse(any)))
                .orElseGet(() -> KamailioConfig.builder("sip.example.invalid", any));
        listeners(builder);
        nodes(builder);
        trunks.forEach(builder::trunk);
        users.forEach(builder::user);
        database.ifPresent(builder::users);
        keys.list("kamailio.origins").forEach(origin -> keys.made("kamailio.origins", () -> builder.origin(origin)));
        tls(builder);
        limits().ifPresent(builder::limits);
        builder.secrets(secrets);
        keys.as("kamailio.folder", folder -> builder.folder(Path.of(folder)));
        keys.as("kamailio.run", folder -> builder.run(Path.of(folder)));
        return builder;
    }

    private void listeners(KamailioConfig.Builder builder) {
        Optional<String> advertised = keys.text("kamailio.advertised");
        keys.required("kamailio.listen.udp", "address and port like 192.0.2.10:5060");
        for (SipListener.Kind kind : SipListener.Kind.values()) {
            String key = "kamailio.listen." + kind.name().toLowerCase(Locale.ROOT);
            keys.as(key, text -> builder.listen(listener(kind, Address.parse(text), advertised.orElse(null))));
        }
        keys.as("kamailio.inside", text -> builder.inside(listener(SipListener.Kind.UDP, Address.parse(text), null)));
    }

    private void nodes(KamailioConfig.Builder builder) {
        for (String name : keys.below("asterisk.nodes")) {
            String key = "asterisk.nodes." + name + ".udp";
            if (keys.text(key).isEmpty()) {
                keys.problem(key, "is missing; Kamailio speaks to every node over UDP");
            }
            keys.as(key, Address::parse)
                    .ifPresent(place ->
                            keys.made(key, () -> builder.node(new AsteriskNode(place.host(), place.port()))));
        }
    }

    private void tls(KamailioConfig.Builder builder) {
        for (String listener : List.of("kamailio.listen.tls", "kamailio.listen.wss")) {
            if (keys.text(listener).isPresent() && !keys.hasBelow("kamailio.tls")) {
                keys.problem("kamailio.tls.certificate", "is missing; " + listener + " needs it");
            }
        }
        if (keys.hasBelow("kamailio.tls")) {
            Optional<String> certificate = keys.required("kamailio.tls.certificate", "the path of a PEM file");
            Optional<String> key = keys.required("kamailio.tls.key", "the path of a PEM file");
            if (certificate.isPresent() && key.isPresent()) {
                keys.made("kamailio.tls", () -> builder.tls(Path.of(certificate.get()), Path.of(key.get())));
            }
            keys.text("kamailio.tls.authorities")
                    .ifPresent(file -> keys.made("kamailio.tls.authorities", () -> builder.authorities(Path.of(file))));
        }
    }

    private Optional<KamailioLimits> limits() {
        KamailioLimits usual = KamailioLimits.USUAL;
        return keys.made(
                "kamailio.limits",
                () -> new KamailioLimits(
                        count("requestsPerSecond", usual.requestsPerSecond()),
                        count("wrongPasswords", usual.wrongPasswords()),
                        time("wrongWithin", usual.wrongWithin()),
                        count("knocks", usual.knocks()),
                        time("ban", usual.ban()),
                        count("trunkCallsPerSecond", usual.trunkCallsPerSecond()),
                        time("nodeSilence", usual.nodeSilence()),
                        time("nodePatience", usual.nodePatience()),
                        time("ringing", usual.ringing()),
                        time("ping", usual.ping()),
                        time("registration", usual.registration()),
                        count("contacts", usual.contacts())));
    }

    private int count(String name, int usual) {
        return keys.number(LIMITS + name, 0, MOST).orElse(usual);
    }

    private Duration time(String name, Duration usual) {
        return keys.as(LIMITS + name, Converters::duration).orElse(usual);
    }

    private static SipListener listener(SipListener.Kind kind, Address place, @Nullable String advertised) {
        return new SipListener(kind, place.host(), place.port(), advertised);
    }
}
