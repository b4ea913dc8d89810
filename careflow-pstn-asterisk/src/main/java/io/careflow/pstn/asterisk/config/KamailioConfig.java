package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.SecretSource;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.SipEndpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a Kamailio (5.6 and later) in front of one or more Asterisks: it alone talks to carriers, phones and
 * browsers, lets in only trunks by their address and users by their password, spreads calls over the nodes and goes on with the
 * others when one is gone. Rendered from trunks, users and nodes, the same from the same.
 *
 * <p>Files: {@code kamailio.cfg}, {@code dispatcher.list}, {@code address.list} and {@code tls.cfg} hold no secrets, {@code kamailio-secrets.cfg}
 * and {@code uacreg} (registrations at carriers) do. Nodes and trunks can be exchanged while it runs: {@code kamcmd
 * dispatcher.reload} and {@code kamcmd permissions.addressReload}.
 *
 * <p>Immutable and thread-safe.
 */
public final class KamailioConfig {
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){1,20}");
    private static final Pattern FOLDER = Pattern.compile("/[A-Za-z0-9._/+-]{1,90}");
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?");
    private static final int KEY = 32;

    final String domain;
    final Secret key;
    final List<SipListener> listeners;
    final @Nullable SipListener inside;
    final List<AsteriskNode> nodes;
    final List<SipTrunkProfile> trunks;
    final List<SipUser> users;
    final @Nullable UsersDatabase database;
    final List<String> origins;
    final @Nullable Path certificate;
    final @Nullable Path privateKey;
    final Path authorities;
    final KamailioLimits limits;
    final SecretSource secrets;
    final Path folder;
    final Path run;

    private KamailioConfig(Builder builder) {
        domain = builder.domain;
        key = builder.key;
        listeners = List.copyOf(builder.listeners);
        inside = builder.inside;
        nodes = List.copyOf(builder.nodes);
        trunks = List.copyOf(builder.trunks);
        users = List.copyOf(builder.users);
        database = builder.database;
        origins = List.copyOf(builder.origins);
        certificate = builder.certificate;
        privateKey = builder.privateKey;
        authorities = builder.authorities;
        limits = builder.limits;
        secrets = builder.secrets;
        folder = builder.folder;
        run = builder.run;
    }

    /**
     * Begins a configuration.
     *
     * @param domain the SIP domain of the users, such as {@code sip.example.org}, lower case; phones must be set to it, as calls
     *     for another one are not answered
     * @param key at least 32 characters that nobody else knows, the same for as long as calls last: it hides the nodes and
     *     protects the registration
     * @throws IllegalArgumentException if one of them is not usable
     */
    public static Builder builder(String domain, Secret key) {
        return new Builder(domain, key);
    }

    /**
     * The files.
     *
     * @throws IllegalArgumentException if a secret of a trunk cannot be had or holds what a file could take for its own
     */
    public RenderedConfig render() {
        List<RenderedFile> files = new ArrayList<>();
        files.add(new RenderedFile("kamailio.cfg", new KamailioScript(this).render(), false));
        files.add(new RenderedFile("kamailio-secrets.cfg", new KamailioSecrets(this).render(), true));
        files.add(new RenderedFile("dispatcher.list", KamailioLists.dispatcher(this), false));
        files.add(new RenderedFile("address.list", KamailioLists.addresses(this), false));
        if (listeners.stream().anyMatch(listener -> listener.kind().isEncrypted())) {
            files.add(new RenderedFile("tls.cfg", KamailioLists.tls(this), false));
        }
        if (!KamailioLists.registering(this).isEmpty()) {
            files.add(new RenderedFile("version", KamailioLists.VERSIONS, false));
            files.add(new RenderedFile("uacreg", KamailioLists.registrations(this), true));
        }
        return new RenderedConfig(files);
    }

    /** What works but should be looked at. */
    public List<String> warnings() {
        List<String> found = new ArrayList<>();
        for (SipTrunkProfile trunk : trunks) {
            if (KamailioLists.sources(trunk).isEmpty()) {
                found.add("trunk " + trunk.id() + ": sources are not known, so its incoming calls get no answer;"
                        + " name the addresses of the carrier");
            }
        }
        for (int i = 0; i < trunks.size(); i++) {
            for (SipTrunkProfile later : trunks.subList(i + 1, trunks.size())) {
                String pair = "trunks " + trunks.get(i).id() + " and " + later.id();
                KamailioLists.overlap(trunks.get(i), later)
                        .ifPresent(range -> found.add(pair + " have the source " + range
                                + " in common; calls from there are taken for the first one's"));
            }
        }
        if (inside == null) {
            found.add("nodes are known by their address alone: who can forge it calls at your expense;"
                    + " give them a socket of their own by inside(...)");
        }
        if (listeners.stream().anyMatch(listener -> listener.kind().isWebSocket()) && origins.isEmpty()) {
            found.add("web pages of any origin may open a WebSocket; name yours by origin(...)");
        }
        return List.copyOf(found);
    }

    /** Where others reach it by UDP. */
    SipListener outside() {
        return listeners.stream()
                .filter(listener -> listener.kind() == SipListener.Kind.UDP)
                .findFirst()
                .orElseThrow();
    }

    Optional<SipListener> listener(SipEndpoint server) {
        return listeners.stream()
                .filter(each -> each.carries(server.transport()))
                .findFirst();
    }

    /** Collects the parts. At least one UDP listener and one node must be given. Not thread-safe. */
    public static final class Builder {
        private final String domain;
        private final Secret key;
        private final List<SipListener> listeners = new ArrayList<>();
        private final List<AsteriskNode> nodes = new ArrayList<>();
        private final List<SipTrunkProfile> trunks = new ArrayList<>();
        private final List<SipUser> users = new ArrayList<>();
        private final List<String> origins = new ArrayList<>();
        private @Nullable SipListener inside;
        private @Nullable UsersDatabase database;
        private @Nullable Path certificate;
        private @Nullable Path privateKey;
        private Path authorities = Path.of("/etc/ssl/certs/ca-certificates.crt");
        private KamailioLimits limits = KamailioLimits.USUAL;
        private SecretSource secrets = SecretSource.ofEnvironmentAndFiles();
        private Path folder = Path.of("/etc/kamailio");
        private Path run = Path.of("/run/kamailio");

        private Builder(String domain, Secret key) {
            if (!DOMAIN.matcher(domain).matches() || domain.length() > 200) {
                throw new IllegalArgumentException("SIP domain is '" + SafeText.shown(domain)
                        + "'; expected a host name in lower case, such as sip.example.org");
            }
            if (key.reveal().length() < KEY) {
                throw new IllegalArgumentException(
                        "key has " + key.reveal().length() + " characters; expected at least " + KEY);
            }
            this.domain = domain;
            this.key = key;
        }

        /** One more address that carriers, phones or browsers reach. */
        public Builder listen(SipListener value) {
            listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /**
         * An address of its own, by UDP, for the nodes, in a network that outsiders do not reach: nobody can then pretend to be a
         * node. Without it nodes are known by their address alone.
         */
        public Builder inside(SipListener value) {
            if (value.kind() != SipListener.Kind.UDP) {
                throw new IllegalArgumentException("inside listener is " + value.kind() + "; allowed is UDP");
            }
            inside = value;
            return this;
        }

        /** One more Asterisk. */
        public Builder node(AsteriskNode value) {
            nodes.add(Objects.requireNonNull(value, "node"));
            return this;
        }

        /** One more trunk. */
        public Builder trunk(SipTrunkProfile value) {
            trunks.add(Objects.requireNonNull(value, "trunk"));
            return this;
        }

        /** One more user, with the password in {@code kamailio-secrets.cfg} as its digest. */
        public Builder user(SipUser value) {
            users.add(Objects.requireNonNull(value, "user"));
            return this;
        }

        /** The users of a table, instead of those of {@link #user}. */
        public Builder users(UsersDatabase value) {
            database = Objects.requireNonNull(value, "database");
            return this;
        }

        /** One more origin of web pages that may open a WebSocket, such as {@code https://app.example.org}; none for any. */
        public Builder origin(String value) {
            if (!ORIGIN.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "origin is '" + SafeText.shown(value) + "'; expected one such as https://app.example.org");
            }
            origins.add(value);
            return this;
        }

        /** Certificate chain and private key, PEM, for TLS and secure WebSocket. */
        public Builder tls(Path certificates, Path key) {
            certificate = path("certificate", certificates);
            privateKey = path("private key", key);
            return this;
        }

        /**
         * The certificates, PEM, of who may have signed those of carriers that are called over TLS; {@code
         * /etc/ssl/certs/ca-certificates.crt} if not set. A carrier with another one is not called.
         */
        public Builder authorities(Path value) {
            authorities = path("authorities", value);
            return this;
        }

        /** When somebody is turned away, and how long is waited; {@link KamailioLimits#USUAL} if not set. */
        public Builder limits(KamailioLimits value) {
            limits = Objects.requireNonNull(value, "limits");
            return this;
        }

        /** Where secrets of trunks are found; environment and files if not set. */
        public Builder secrets(SecretSource value) {
            secrets = Objects.requireNonNull(value, "secrets");
            return this;
        }

        /** The folder that the files will lie in; {@code /etc/kamailio} if not set. */
        public Builder folder(Path value) {
            folder = path("folder", value);
            return this;
        }

        /** The folder of the control socket {@code kamailio.ctl}; {@code /run/kamailio} if not set. */
        public Builder run(Path value) {
            run = path("run folder", value);
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException saying what does not fit together
         */
        public KamailioConfig build() {
            check(listeners.stream().anyMatch(each -> each.kind() == SipListener.Kind.UDP), "no UDP listener is set");
            check(!nodes.isEmpty(), "no node of Asterisk is set");
            check(new HashSet<>(nodes).size() == nodes.size(), "a node is there twice");
            check(
                    users.isEmpty() || database == null,
                    "users are given and a table of users as well; give one of them");
            check(
                    certificate != null
                            || listeners.stream().noneMatch(each -> each.kind().isEncrypted()),
                    "a listener with TLS needs tls(certificate, key)");
            Set<String> names = new HashSet<>();
            users.forEach(user -> check(names.add(user.name()), "user " + user.name() + " is there twice"));
            Set<String> ids = new HashSet<>();
            KamailioConfig config = new KamailioConfig(this);
            for (SipTrunkProfile trunk : trunks) {
                check(ids.add(trunk.id()), "trunk " + trunk.id() + " is there twice");
                for (SipEndpoint server : trunk.endpoints()) {
                    check(
                            config.listener(server).isPresent(),
                            "trunk " + trunk.id() + " needs " + server.transport() + ", and there is no such listener");
                }
            }
            return config;
        }

        private static void check(boolean holds, String problem) {
            if (!holds) {
                throw new IllegalArgumentException("Kamailio cannot be configured: " + problem);
            }
        }

        private static Path path(String field, Path value) {
            if (!FOLDER.matcher(value.toString()).matches()) {
                throw new IllegalArgumentException(field + " is '" + SafeText.shown(value.toString())
                        + "'; expected an absolute path of at most 91 letters, digits and . _ / + -");
            }
            return value;
        }
    }
}
