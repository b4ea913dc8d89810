package io.careflow.pstn.asterisk.config;

import io.careflow.pstn.Secret;
import io.careflow.pstn.siptrunk.SecretSource;
import io.careflow.pstn.siptrunk.SipTrunkProfile;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipTransport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Renders the configuration of an Asterisk from trunks, users and numbers: PJSIP for 16 to 22, or chan_sip for 13 to 20; the
 * dialplan, which hands every call to the application and has a fallback for when it is away; and ARI. The same input gives the
 * same bytes, in whatever order trunks and users were named. Not thread-safe.
 *
 * <p>Passwords are in files that only their owner may read: {@code pjsip_secrets.conf} or {@code sip_secrets.conf} and
 * {@code sip_registrations.conf}, and {@code ari.conf}. Text that a configuration file could take for its own is refused.
 *
 * <p>Behind Kamailio ({@link #behindKamailio}), Kamailio alone talks to carriers and phones, and Asterisk to nobody but Kamailio.
 * Without it, Asterisk registers at carriers and users register at Asterisk.
 *
 * <p>The dialplan has the contexts {@code from_pstn} for trunks, and {@code from_users} or {@code from_kamailio} for users' own
 * calls. These, too, go to the application and nowhere else; those of users without a caller ID are refused where Asterisk is
 * the registrar. Servers of one trunk are tried in order of their priority; weights only order those of one priority.
 *
 * <pre>{@code
 * RenderedConfig files = AsteriskConfig.forVersion(22)
 *     .listen(SipTransport.UDP, "192.0.2.10", 5060)
 *     .ari("careflow", password)
 *     .trunk(siproute)
 *     .user(new SipUser("1001", "Front desk", secret, false, number))
 *     .fallbackRinging("1001")
 *     .render();
 * }</pre>
 */
public final class AsteriskConfig {
    private static final String NAMES = "a name of 1 to 40 letters, digits, - and _";
    private static final String PATHS = "an absolute path of letters, digits and / . _ -";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9/_][A-Za-z0-9/._-]{0,199}");
    private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9/._-]{1,200}");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + "){0,126}");
    private static final Pattern PASSWORD = Pattern.compile("[!-~]{8,128}");

    private final int version;
    private final Map<SipTransport, Listener> listeners = new EnumMap<>(SipTransport.class);
    private final List<SipTrunkProfile> trunks = new ArrayList<>();
    private final List<SipUser> users = new ArrayList<>();
    private List<String> fallbackSounds = List.of();
    private List<String> fallbackUsers = List.of();
    private SecretSource secrets = SecretSource.ofEnvironmentAndFiles();
    private final Map<String, SecretSource> secretsOf = new HashMap<>();
    private boolean chanSip;
    private AsteriskPlan.@Nullable Tls tls;
    private Listener http = new Listener("127.0.0.1", 8088);
    private @Nullable Listener https;
    private @Nullable String ariUser;
    private @Nullable Secret ariPassword;
    private String app = "careflow";
    private AsteriskPlan.@Nullable Kamailio kamailio;
    private AsteriskPlan.@Nullable Nat nat;
    private AsteriskPlan.Ports rtp = new AsteriskPlan.Ports(10_000, 20_000);

    private AsteriskConfig(int version) {
        this.version = version;
    }

    /**
     * For an Asterisk of this version.
     *
     * @param major first number of the version, 13 to 22
     * @throws IllegalArgumentException if it is less or more
     */
    public static AsteriskConfig forVersion(int major) {
        if (major < 13 || major > 22) {
            throw new IllegalArgumentException("version is " + major + "; allowed are 13 to 22");
        }
        return new AsteriskConfig(major);
    }

    /**
     * Does SIP by chan_sip, as Asterisk did before PJSIP. The application reaches users and trunks of chan_sip by no dial of its
     * own, as {@link io.careflow.pstn.asterisk.AsteriskBuilder} dials PJSIP: use it where calls come in, or while moving away.
     */
    public AsteriskConfig chanSip() {
        chanSip = true;
        return this;
    }

    /**
     * Listens for SIP; once for each transport.
     *
     * @param address an IPv4 address of this machine, {@code 0.0.0.0} for all of them
     * @throws IllegalArgumentException if address or port is something else
     */
    public AsteriskConfig listen(SipTransport transport, String address, int port) {
        listeners.put(Objects.requireNonNull(transport, "transport"), new Listener(address, port));
        return this;
    }

    /**
     * The certificate for SIP over TLS and for HTTPS.
     *
     * @param certificate absolute path of a PEM file on that machine
     * @param key absolute path of a PEM file on that machine
     * @param authorities whom carriers' certificates must be signed by, absolute path of a PEM file; null for the system's
     * @throws IllegalArgumentException if a path is not absolute or has characters other than letters, digits and {@code / . _ -}
     */
    public AsteriskConfig tls(String certificate, String key, @Nullable String authorities) {
        tls = new AsteriskPlan.Tls(
                match("certificate", certificate, FILE, PATHS),
                match("key", key, FILE, PATHS),
                authorities == null ? null : match("authorities", authorities, FILE, PATHS));
        return this;
    }

    /**
     * Where ARI is, and the WebSocket of browsers without TLS: 127.0.0.1 and port 8088 if not set. Whoever reaches it can try
     * passwords of ARI.
     *
     * @throws IllegalArgumentException if the address is not IPv4, or the port not 1 to 65535
     */
    public AsteriskConfig http(String address, int port) {
        http = new Listener(address, port);
        return this;
    }

    /**
     * Also over TLS, for browsers that register at Asterisk itself; needs {@link #tls}. ARI is there as well.
     *
     * @throws IllegalArgumentException if the address is not IPv4, or the port not 1 to 65535
     */
    public AsteriskConfig https(String address, int port) {
        https = new Listener(address, port);
        return this;
    }

    /**
     * The application's user of ARI.
     *
     * @param user 1 to 40 letters, digits, dashes and underscores, not {@code general}
     * @param password 8 to 128 visible ASCII characters
     * @throws IllegalArgumentException if one is something else; the password is never in the message
     */
    public AsteriskConfig ari(String user, Secret password) {
        match("ARI user", user, NAME, NAMES);
        if (user.equals("general")) {
            throw new IllegalArgumentException("ARI user is 'general', which Asterisk keeps for itself; use another");
        }
        if (!PASSWORD.matcher(password.reveal()).matches()) {
            throw new IllegalArgumentException(
                    "password of ARI has a length or characters that are not allowed; allowed are 8 to 128 visible ASCII"
                            + " characters");
        }
        ariUser = user;
        ariPassword = password;
        return this;
    }

    /**
     * The Stasis application that calls are handed to; {@code careflow} if not set.
     *
     * @param name 1 to 40 letters, digits, dashes and underscores
     * @throws IllegalArgumentException if it is something else
     */
    public AsteriskConfig application(String name) {
        app = match("application", name, NAME, NAMES);
        return this;
    }

    /**
     * What callers hear while the application is away, after nobody answered who is rung meanwhile.
     *
     * @param sounds names or absolute paths without suffix: letters, digits and {@code / . _ -}
     * @throws IllegalArgumentException if one is something else
     */
    public AsteriskConfig fallbackPlaying(String... sounds) {
        fallbackSounds = List.of(sounds);
        fallbackSounds.forEach(sound -> match("fallback sound", sound, SOUND, "letters, digits and / . _ -"));
        return this;
    }

    /** Whose phones ring, for 30 seconds, while the application is away: names of users. */
    public AsteriskConfig fallbackRinging(String... names) {
        fallbackUsers = List.of(names);
        return this;
    }

    /** One more trunk. Its id is the name of its endpoint. */
    public AsteriskConfig trunk(SipTrunkProfile value) {
        trunks.add(Objects.requireNonNull(value, "trunk"));
        return this;
    }

    /** One more trunk, of a carrier that has an API. */
    public AsteriskConfig trunk(CarrierTrunk value) {
        secretsOf.put(value.profile().id(), value.secrets());
        return trunk(value.profile());
    }

    /** Where the passwords of trunks are; the environment and files if not set. Not asked behind Kamailio. */
    public AsteriskConfig secrets(SecretSource value) {
        secrets = Objects.requireNonNull(value, "secrets");
        return this;
    }

    /** One more user. */
    public AsteriskConfig user(SipUser value) {
        users.add(Objects.requireNonNull(value, "user"));
        return this;
    }

    /**
     * Kamailio stands in front: it alone is spoken to and believed.
     *
     * @param address its IPv4 address as Asterisk sees it
     * @param port of SIP over UDP
     * @param domain the SIP domain of the users
     * @throws IllegalArgumentException if one is something else
     */
    public AsteriskConfig behindKamailio(String address, int port, String domain) {
        Listener place = new Listener(Listener.requireAddress("address of Kamailio", address), port);
        kamailio = new AsteriskPlan.Kamailio(
                place.address(),
                place.port(),
                match("domain of Kamailio", domain, HOST, "a host name such as sip.example.org"));
        return this;
    }

    /**
     * The address that carriers and phones send voice to, where a router translates addresses or this machine has a second one.
     * See {@link #warnings}.
     *
     * @param address IPv4
     * @param localNetworks whom the real address is told, such as {@code 10.0.0.0/8}; without any, everybody is told the public
     *     one, Kamailio in front included
     * @throws IllegalArgumentException if one is something else
     */
    public AsteriskConfig publicAddress(String address, String... localNetworks) {
        List<String> nets = new ArrayList<>();
        for (String net : localNetworks) {
            try {
                nets.add(IpRange.parse(net).toString());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "local network is '" + SafeText.shown(net) + "'; expected one like 10.0.0.0/8", e);
            }
        }
        nat = new AsteriskPlan.Nat(
                Listener.requireAddress("public address", address),
                nets.stream().sorted().distinct().toList());
        return this;
    }

    /** What works but should be looked at: addresses that the other side cannot reach. Reads nothing, needs no secret. */
    public List<String> warnings() {
        return new NatWarnings(listeners.values(), trunks, kamailio, nat).all();
    }

    /**
     * Ports of voice, both included; 10000 to 20000 if not set.
     *
     * @throws IllegalArgumentException if they are not 1024 to 65535, or fewer than ten
     */
    public AsteriskConfig rtpPorts(int first, int last) {
        if (first < 1024 || last > 65_535 || last - first < 9) {
            throw new IllegalArgumentException(
                    "RTP ports are " + first + " to " + last + "; allowed are at least ten from 1024 to 65535");
        }
        rtp = new AsteriskPlan.Ports(first, last);
        return this;
    }

    /**
     * The files: {@code pjsip.conf} or {@code sip.conf}, {@code extensions.conf}, {@code ari.conf}, {@code http.conf},
     * {@code rtp.conf}, the list {@code careflow_modules.conf}, and those that they include.
     *
     * @throws IllegalArgumentException listing everything that does not go together, or if a secret cannot be found
     */
    public RenderedConfig render() {
        Secret password = ariPassword;
        String user = ariUser;
        if (user == null || password == null) {
            throw new IllegalArgumentException("ARI user is missing; name it with ari(user, password)");
        }
        List<SipTrunkProfile> orderedTrunks = PlanChecks.ordered(trunks, SipTrunkProfile::id, "trunk");
        List<SipUser> orderedUsers = PlanChecks.ordered(users, SipUser::name, "user");
        AsteriskPlan plan = new AsteriskPlan(
                version,
                chanSip,
                new EnumMap<>(listeners),
                tls,
                http,
                https,
                user,
                password,
                app,
                fallbackSounds,
                PlanChecks.named(fallbackUsers, orderedUsers),
                orderedTrunks,
                kamailio == null ? PlanChecks.passwords(orderedTrunks, secretsOf, secrets) : Map.of(),
                orderedUsers,
                kamailio,
                nat,
                rtp);
        new PlanChecks(plan).require();
        List<RenderedFile> files =
                new ArrayList<>(chanSip ? new ChanSipFile(plan).render() : new PjsipFile(plan).render());
        files.add(new DialplanFile(plan).render());
        files.addAll(new ServerFiles(plan).render());
        return new RenderedConfig(files);
    }

    private static String match(String field, String value, Pattern allowed, String words) {
        if (!allowed.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " is '" + SafeText.shown(value) + "'; allowed is " + words);
        }
        return value;
    }
}
