package io.careflow.pstn.cli;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskConfig;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.siptrunk.SecretSource;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.SipTransport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys {@code asterisk.*} of a site. */
final class AsteriskKeys {
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");
    private static final String LOCAL = "asterisk.localNetworks";
    private static final int NEWEST = 22;

    private final Keys keys;
    private final SecretSource secrets;
    private final Optional<String> domain;
    private final List<SipTrunkProfile> trunks;
    private final List<SipUser> users;

    AsteriskKeys(
            Keys keys,
            SecretSource secrets,
            Optional<String> domain,
            List<SipTrunkProfile> trunks,
            List<SipUser> users) {
        this.keys = keys;
        this.secrets = secrets;
        this.domain = domain;
        this.trunks = trunks;
        this.users = users;
    }

    /** One configuration for each node. */
    Map<String, AsteriskConfig> nodes() {
        Map<String, AsteriskConfig> nodes = new TreeMap<>();
        List<String> names = keys.below("asterisk.nodes");
        if (names.isEmpty()) {
            keys.problem("asterisk.nodes", "are missing; expected at least one, such as asterisk.nodes.a.udp");
        }
        int version = keys.number("asterisk.version", 13, NEWEST).orElse(NEWEST);
        // Asked for whatever nodes there are, so that keys without a node are not said to be unknown.
        common(AsteriskConfig.forVersion(version));
        if (!keys.list(LOCAL).isEmpty()
                && names.stream()
                        .noneMatch(name -> keys.text("asterisk.nodes." + name + ".publicAddress")
                                .isPresent())) {
            keys.problem(LOCAL, "are of use beside asterisk.nodes.NAME.publicAddress only, and no node has one");
        }
        for (String name : names) {
            AsteriskConfig config = AsteriskConfig.forVersion(version);
            common(config);
            node("asterisk.nodes." + name, config);
            nodes.put(name, config);
        }
        return nodes;
    }

    private void node(String at, AsteriskConfig config) {
        for (SipTransport transport : SipTransport.values()) {
            String key = at + "." + transport.name().toLowerCase(Locale.ROOT);
            address(key, place -> config.listen(transport, place.host(), place.port()));
        }
        address(at + ".http", place -> config.http(place.host(), place.port()));
        address(at + ".https", place -> config.https(place.host(), place.port()));
        keys.text(at + ".publicAddress")
                .ifPresent(address -> keys.made(
                        at + ".publicAddress",
                        () -> config.publicAddress(address, keys.list(LOCAL).toArray(String[]::new))));
        for (String key : List.of(at + ".tls", at + ".https")) {
            if (keys.text(key).isPresent() && !keys.hasBelow("asterisk.tls")) {
                keys.problem("asterisk.tls.certificate", "is missing; " + key + " needs it");
            }
        }
    }

    private void common(AsteriskConfig config) {
        switch (keys.text("asterisk.sip").orElse("pjsip")) {
            case "pjsip" -> {}
            case "chanSip" -> config.chanSip();
            default ->
                keys.problem(
                        "asterisk.sip",
                        "is '" + Values.printable(keys.text("asterisk.sip").orElse(""))
                                + "'; allowed are pjsip and chanSip");
        }
        keys.as("application", config::application);
        ari(config);
        tls(config);
        keys.text("asterisk.rtp").ifPresent(text -> keys.made("asterisk.rtp", () -> ports(config, text)));
        keys.made(
                "asterisk.fallback.play",
                () -> config.fallbackPlaying(keys.list("asterisk.fallback.play").toArray(String[]::new)));
        config.fallbackRinging(keys.list("asterisk.fallback.ring").toArray(String[]::new));
        trunks.forEach(config::trunk);
        users.forEach(config::user);
        config.secrets(secrets);
        proxy(config);
    }

    private void ari(AsteriskConfig config) {
        String user = keys.text("asterisk.ari.user").orElse("careflow");
        Optional<Secret> password = keys.requiredSecret("asterisk.ari.password", secrets);
        password.ifPresent(secret -> keys.made("asterisk.ari", () -> config.ari(user, secret)));
    }

    private void tls(AsteriskConfig config) {
        if (keys.hasBelow("asterisk.tls")) {
            Optional<String> certificate = keys.required("asterisk.tls.certificate", "the path of a PEM file");
            Optional<String> key = keys.required("asterisk.tls.key", "the path of a PEM file");
            Optional<String> authorities = keys.text("asterisk.tls.authorities");
            if (certificate.isPresent() && key.isPresent()) {
                keys.made("asterisk.tls", () -> config.tls(certificate.get(), key.get(), authorities.orElse(null)));
            }
        }
    }

    private void proxy(AsteriskConfig config) {
        if (keys.hasBelow("kamailio") && domain.isPresent()) {
            String key = keys.text("kamailio.inside").isPresent() ? "kamailio.inside" : "kamailio.listen.udp";
            address(key, place -> config.behindKamailio(place.host(), place.port(), domain.get()));
        }
    }

    private void address(String key, Function<Address, Object> use) {
        keys.as(key, Address::parse).ifPresent(place -> keys.made(key, () -> use.apply(place)));
    }

    private static AsteriskConfig ports(AsteriskConfig config, String text) {
        Matcher form = PORTS.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is '" + Values.printable(text) + "'; expected ports like 10000-20000");
        }
        return config.rtpPorts(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }
}
