package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.trunk.IpRange;
import io.careflow.pstn.trunk.SipCredential;
import io.careflow.pstn.trunk.SipEndpoint;
import io.careflow.pstn.trunk.SipTrunk;
import io.careflow.pstn.trunk.TrunkControl;
import io.careflow.pstn.trunk.TrunkKind;
import io.careflow.pstn.trunk.TrunkLimits;
import io.careflow.pstn.trunk.TrunkRef;
import io.careflow.pstn.trunk.TrunkRegistrations;
import io.careflow.pstn.trunk.TrunkRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn trunk}. */
final class TrunkCommands {
    private TrunkCommands() {}

    @Command(
            name = "create",
            description = {
                "Makes a SIP trunk, or a SIP domain (--kind DOMAIN). May cost money: asks.",
                "Without --user and --allow one strong credential is made: an open trunk never is. Passwords are never"
                        + " printed; they are written into --credentials-file."
            },
            footer = {
                "",
                "Example:",
                "  pstn trunk create clinic-east --to tls:pbx.example.org --secure --credentials-file trunk.properties"
            })
    static final class Create implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NAME", description = "3 to 40 lower-case letters, digits and dashes.")
        private String name = "";

        @Option(names = "--kind", paramLabel = "KIND", description = "TRUNK (default) or DOMAIN.")
        private TrunkKind kind = TrunkKind.TRUNK;

        @Option(
                names = "--to",
                paramLabel = "SERVER",
                description = "Our server that calls are sent to: [udp:|tcp:|tls:]host[:port]. May be repeated.")
        private List<SipEndpoint> servers = new ArrayList<>();

        @Option(
                names = "--user",
                paramLabel = "NAME",
                description = "A SIP user; its password is made. May be repeated.")
        private List<String> users = new ArrayList<>();

        @Option(names = "--allow", paramLabel = "CIDR", description = "Addresses that may send. May be repeated.")
        private List<IpRange> allowed = new ArrayList<>();

        @Option(names = "--secure", description = "Demands TLS and SRTP.")
        private boolean secure;

        @Option(names = "--registration", description = "Lets devices register, where the kind allows it.")
        private boolean registration;

        @Option(
                names = "--voice-url",
                paramLabel = "URL",
                description = "For a DOMAIN: who is asked what to do with calls.")
        private @Nullable URI voice;

        @Option(
                names = "--voice-fallback-url",
                paramLabel = "URL",
                description = "For a DOMAIN: who is asked if that fails.")
        private @Nullable URI fallback;

        @Option(
                names = "--status-url",
                paramLabel = "URL",
                description = "For a DOMAIN: who is told of the end of calls.")
        private @Nullable URI status;

        @Option(
                names = "--credentials-file",
                paramLabel = "FILE",
                description = "A new file for user names and passwords, readable for its owner only.")
        private @Nullable Path file;

        @Mixin
        private LimitOptions limits = new LimitOptions();

        @Mixin
        private VendorOptions vendor = new VendorOptions();

        @Mixin
        private Named named = new Named();

        @Mixin
        private Consent consent = new Consent();

        Create(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (file == null && (!users.isEmpty() || allowed.isEmpty() || registration)) {
                throw new BadUsage("a password will be made, and it is never printed: give --credentials-file,"
                        + " or only --allow for a trunk without passwords");
            }
            return session.change(TrunkControl.class, consent, (provider, trunks) -> {
                CommandId id = named.id(session);
                TrunkRequest request = request(id, vendor.of(trunks));
                session.requirePossible(consent, request);
                return Plan.to(
                                "trunk.create",
                                "Make the " + kind + " " + name,
                                facts(request),
                                "'pstn trunk list' shows whether it was made",
                                () -> make(trunks, request))
                        .costing(Cost.of(NumberPrice.UNKNOWN))
                        .asking()
                        .as(id);
            });
        }

        private TrunkRequest request(CommandId id, Map<io.careflow.pstn.Option<?>, Object> options) {
            return new TrunkRequest(
                    id,
                    kind,
                    name,
                    servers,
                    users.stream().map(user -> new SipCredential(user, null)).toList(),
                    allowed,
                    secure,
                    registration,
                    voice,
                    fallback,
                    status,
                    limits.limits(),
                    options);
        }

        private Object make(TrunkControl trunks, TrunkRequest request) {
            if (file == null) {
                return trunks.create(request);
            }
            try (CredentialsFile credentials = CredentialsFile.create(session.path(file))) {
                SipTrunk made = trunks.create(request);
                credentials.write(made);
                return made;
            }
        }

        private Map<String, Object> facts(TrunkRequest request) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("name", name);
            all.put("kind", kind);
            all.put("inbound", servers.isEmpty() ? null : servers);
            all.put("users", users.isEmpty() ? null : users);
            all.put("allowed", allowed.isEmpty() ? null : allowed);
            all.put("secure", secure);
            all.put("registration", registration);
            all.put("voiceUrl", voice);
            all.put("voiceFallbackUrl", fallback);
            all.put("statusUrl", status);
            all.put("limits", request.limits());
            return Typed.present(all, request.options());
        }
    }

    @Command(name = "list", description = "All trunks of the account.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Table<SipTrunk> table = new Table<SipTrunk>()
                    .column("ID", SipTrunk::ref)
                    .column("KIND", SipTrunk::kind)
                    .column("NAME", SipTrunk::name)
                    .column("WE SEND TO", trunk -> hosts(trunk.outbound()))
                    .column("SENDS TO US AT", trunk -> hosts(trunk.inbound()))
                    .column("TLS", trunk -> trunk.secure() ? "yes" : "no")
                    .column("NUMBERS", trunk -> trunk.numbers().size());
            return session.read(
                    TrunkControl.class,
                    (provider, trunks) -> session.screen().list(table, trunks.list(), "The account has no trunks."));
        }
    }

    @Command(name = "show", description = "One trunk, without its passwords.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the trunk.")
        private String id = "";

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.read(
                    TrunkControl.class,
                    (provider, trunks) -> session.screen()
                            .one(trunks.fetch(new TrunkRef(provider.id(), id))
                                    .orElseThrow(() -> Answer.notFound("trunk " + id))));
        }
    }

    @Command(
            name = "limit",
            description =
                    "Sets what the provider lets a trunk spend, all of it anew: what is not named has no limit. Asks.",
            footer = {
                "",
                "Example:",
                "  pstn trunk limit 1293384261075731499 --country CA --country US --daily-spend 50USD"
            })
    static final class Limit implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the trunk.")
        private String id = "";

        @Mixin
        private LimitOptions options = new LimitOptions();

        @Mixin
        private Consent consent = new Consent();

        Limit(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            TrunkLimits limits = options.limits();
            if (limits == null) {
                throw new BadUsage(
                        "no limit is named; give --country, --daily-spend, --highest-rate or --calls-at-once");
            }
            return session.change(TrunkControl.class, consent, (provider, trunks) -> {
                TrunkRef ref = new TrunkRef(provider.id(), id);
                SipTrunk trunk = trunks.fetch(ref).orElseThrow(() -> Answer.notFound("trunk " + id));
                return Plan.to(
                                "trunk.limit",
                                "Limit the " + trunk.kind() + " " + trunk.name(),
                                facts(trunk, limits),
                                "'pstn trunk show " + id + "' shows its limits",
                                () -> {
                                    trunks.limit(ref, limits);
                                    return Results.ordered(Map.of("trunk", id, "limits", limits));
                                })
                        .asking();
            });
        }

        private Map<String, Object> facts(SipTrunk trunk, TrunkLimits limits) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("id", id);
            all.put("name", trunk.name());
            all.put("limitsNow", trunk.limits());
            all.put("limits", limits);
            return Typed.present(all, Map.of());
        }
    }

    @Command(name = "delete", description = "Takes a trunk away, with what was made for it: asks.")
    static final class Delete implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the trunk.")
        private String id = "";

        @Mixin
        private Consent consent = new Consent();

        Delete(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.change(TrunkControl.class, consent, (provider, trunks) -> {
                TrunkRef ref = new TrunkRef(provider.id(), id);
                SipTrunk trunk = trunks.fetch(ref).orElseThrow(() -> Answer.notFound("trunk " + id));
                return Plan.to(
                                "trunk.delete",
                                "Delete the " + trunk.kind() + " " + trunk.name(),
                                Map.of("id", id, "name", trunk.name(), "numbers", trunk.numbers()),
                                "'pstn trunk list' shows whether it is still there",
                                () -> {
                                    trunks.delete(ref);
                                    return Results.gone("trunk", id);
                                })
                        .asking();
            });
        }
    }

    @Command(
            name = "registrations",
            description = "Who is registered at a trunk now, and from where, as the provider tells. Calls go there.")
    static final class Registrations implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the trunk.")
        private String id = "";

        Registrations(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Table<TrunkRegistrations.Registration> table = new Table<TrunkRegistrations.Registration>()
                    .column("SERVER", TrunkRegistrations.Registration::server)
                    .column("FROM", registration -> registration.address() + ":" + registration.port())
                    .column("TRANSPORT", TrunkRegistrations.Registration::rawTransport)
                    .column("DUE AGAIN", TrunkRegistrations.Registration::nextDue);
            return session.read(
                    TrunkRegistrations.class,
                    (provider, trunks) -> session.screen()
                            .list(
                                    table,
                                    trunks.registrations(new TrunkRef(provider.id(), id)),
                                    "Nobody is registered at trunk " + id + "."));
        }
    }

    private static List<String> hosts(List<SipEndpoint> servers) {
        return servers.stream()
                .map(server -> server.host() + ":" + server.port())
                .toList();
    }
}
