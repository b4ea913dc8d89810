package io.careflow.pstn.cli;

import io.careflow.pstn.Secret;
import io.careflow.pstn.asterisk.config.AsteriskConfig;
import io.careflow.pstn.asterisk.config.KamailioConfig;
import io.careflow.pstn.asterisk.config.SipUser;
import io.careflow.pstn.asterisk.config.UsersDatabase;
import io.careflow.pstn.siptrunk.InvalidProfile;
import io.careflow.pstn.siptrunk.SecretRef;
import io.careflow.pstn.siptrunk.SecretSource;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a site file with everything that it names: trunks, users, servers. Every problem of all of them is told at once. */
final class SiteFile {
    /** For secrets of a server that is not rendered now, and need not be known here. */
    private static final SecretSource NOT_HERE =
            reference -> Secret.of("not-needed-here-not-needed-here-not-needed-here");

    private final Site.Server server;
    private final Keys keys;
    private final Path folder;
    private final SecretSource secrets;
    private final List<String> problems = new ArrayList<>();

    private SiteFile(Site.Server server, Keys keys, Path folder, SecretSource secrets) {
        this.server = server;
        this.keys = keys;
        this.folder = folder;
        this.secrets = secrets;
    }

    /**
     * Reads a site.
     *
     * @param server whose secrets are fetched; those of the other are not needed
     * @throws BadUsage if the file cannot be read
     * @throws InvalidSite listing everything that is wrong
     */
    static Site read(Path path, Site.Server server, SecretSource secrets) {
        Path folder = path.toAbsolutePath().getParent();
        Keys keys = new Keys(KeysFile.read("site file", path));
        SiteFile file = new SiteFile(server, keys, folder == null ? Path.of("/") : folder, secrets);
        Site site = file.site();
        List<String> problems = new ArrayList<>(keys.problems());
        problems.addAll(file.problems);
        if (!problems.isEmpty()) {
            throw new InvalidSite("site file " + path, problems);
        }
        return site;
    }

    private Site site() {
        boolean proxied = keys.hasBelow("kamailio");
        Optional<String> domain = proxied
                ? keys.required("domain", "the SIP domain of the users, such as sip.example.org")
                : keys.text("domain");
        domain = domain.filter(SiteFile::isDomain);
        if (keys.text("domain").isPresent() && domain.isEmpty()) {
            keys.problem(
                    "domain",
                    "is '" + Values.printable(keys.text("domain").get())
                            + "'; expected a host name in lower case, such as sip.example.org");
        }
        List<SipTrunkProfile> trunks = trunks(proxied);
        int before = problems.size();
        List<SipUser> users = users(proxied);
        if (problems.size() == before) {
            fallback(users);
        }
        Optional<UsersDatabase> database = database(proxied);
        Map<String, AsteriskConfig> asterisk = new AsteriskKeys(
                        keys, server == Site.Server.ASTERISK ? secrets : NOT_HERE, domain, trunks, users)
                .nodes();
        KamailioConfig.Builder kamailio = proxied
                ? new KamailioKeys(keys, server == Site.Server.KAMAILIO ? secrets : NOT_HERE)
                        .builder(domain.orElse("sip.example.invalid"), trunks, users, database)
                : null;
        return new Site(asterisk, kamailio, trunks);
    }

    private static boolean isDomain(String text) {
        return new Keys(Map.of())
                .made("domain", () -> KamailioConfig.builder(text, Secret.of("x".repeat(64))))
                .isPresent();
    }

    /** Not where a file of users could not be read: its users are not known then. */
    private void fallback(List<SipUser> users) {
        for (String name : keys.list("asterisk.fallback.ring")) {
            if (users.stream().noneMatch(user -> user.name().equals(name))) {
                keys.problem(
                        "asterisk.fallback.ring",
                        "is '" + Values.printable(name) + "'; expected names of users of users.file");
            }
        }
    }

    private List<SipTrunkProfile> trunks(boolean proxied) {
        List<SipTrunkProfile> trunks = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        for (String name : keys.list("trunks")) {
            try {
                SipTrunkProfile trunk = TrunkFile.read(folder.resolve(name));
                String first = files.putIfAbsent(trunk.id(), name);
                if (first == null) {
                    trunks.add(trunk);
                    password(name, trunk, proxied);
                } else {
                    keys.problem(
                            "trunks",
                            Values.printable(name) + " has the id " + trunk.id() + ", as " + Values.printable(first)
                                    + " has; names of trunks must differ");
                }
            } catch (InvalidProfile e) {
                e.problems().forEach(problem -> problems.add(Values.printable(name) + ": " + problem));
            } catch (BadUsage | IllegalArgumentException e) {
                keys.problem("trunks", String.valueOf(e.getMessage()));
            }
        }
        return trunks;
    }

    /** Whether it is there, for the server that needs it; so that it is told with all else. */
    private void password(String file, SipTrunkProfile trunk, boolean proxied) {
        SecretRef reference = trunk.auth().secret();
        if (reference != null && proxied == (server == Site.Server.KAMAILIO)) {
            try {
                Secret unused = secrets.secret(reference);
            } catch (IllegalArgumentException e) {
                problems.add(Values.printable(file) + ": auth.secret: " + e.getMessage());
            }
        }
    }

    private List<SipUser> users(boolean proxied) {
        Optional<Path> file = keys.file("users.file", folder);
        boolean needed = server == Site.Server.KAMAILIO || !proxied;
        try {
            return file.isEmpty() ? List.of() : UsersFile.read(file.get(), needed ? secrets : NOT_HERE, problems);
        } catch (BadUsage e) {
            keys.problem("users.file", String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private Optional<UsersDatabase> database(boolean proxied) {
        if (!keys.hasBelow("users.database")) {
            return Optional.empty();
        }
        String at = "users.database.";
        if (!proxied) {
            keys.problem(
                    "users.database", "is for Kamailio; where users register at Asterisk they stand in users.file");
        } else if (keys.text("users.file").isPresent()) {
            keys.problem("users.database", "is there and users.file as well; give one of them");
        }
        String host = keys.text(at + "host").orElse("127.0.0.1");
        int port = keys.number(at + "port", 1, 65_535).orElse(5432);
        Optional<String> name = keys.required(at + "name", "the name of the database");
        Optional<String> user = keys.required(at + "user", "a role that may read the table of users and nothing else");
        Optional<Secret> password =
                keys.requiredSecret(at + "password", server == Site.Server.KAMAILIO ? secrets : NOT_HERE);
        String table = keys.text(at + "table").orElse("sip_users");
        Optional<String> userColumn = keys.required(at + "userColumn", "the column of the name to register with");
        Optional<String> passwordColumn =
                keys.required(at + "passwordColumn", "the column of the password or its digest");
        boolean digest = keys.flag(at + "digest");
        if (name.isEmpty()
                || user.isEmpty()
                || password.isEmpty()
                || userColumn.isEmpty()
                || passwordColumn.isEmpty()) {
            return Optional.empty();
        }
        return keys.made(
                "users.database",
                () -> new UsersDatabase(
                        host,
                        port,
                        name.get(),
                        user.get(),
                        password.get(),
                        table,
                        userColumn.get(),
                        passwordColumn.get(),
                        digest));
    }
}
