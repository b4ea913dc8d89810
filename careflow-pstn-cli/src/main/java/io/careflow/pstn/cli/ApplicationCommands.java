package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.telnyx.CallApplication;
import io.careflow.pstn.telnyx.CallApplicationSettings;
import io.careflow.pstn.telnyx.CallApplications;
import io.careflow.pstn.trunk.TrunkLimits;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn application}: only Telnyx has them. */
final class ApplicationCommands {
    private ApplicationCommands() {}

    @Command(name = "list", description = "All call-control applications of the account.")
    static final class ListAll implements Callable<Integer> {
        private final Session session;

        ListAll(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            Table<CallApplication> table = new Table<CallApplication>()
                    .column("ID", CallApplication::id)
                    .column("NAME", CallApplication::name)
                    .column("WEBHOOKS GO TO", CallApplication::webhookUrl)
                    .column("MAY CALL", ApplicationCommands::countries)
                    .column("WARNINGS", ApplicationCommands::warnings);
            return session.read(
                    CallApplications.class,
                    (provider, applications) -> session.screen()
                            .list(table, applications.list(), "The account has no call-control applications."));
        }
    }

    @Command(
            name = "create",
            description = {
                "Makes a call-control application with an outbound voice profile of its own: asks.",
                "Numbers whose calls flows answer point to it; its id is the setting 'connection', by which calls are placed."
            },
            footer = {
                "",
                "Example:",
                "  pstn application create clinic --webhook-url https://phone.example.org/telnyx --country CA"
                        + " --daily-spend 50USD"
            })
    static final class Create implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "NAME", description = "3 to 40 lower-case letters, digits and dashes.")
        private String name = "";

        @Option(
                names = "--webhook-url",
                required = true,
                paramLabel = "URL",
                description = "Where your application takes webhooks.")
        private @Nullable URI webhook;

        @Option(names = "--fallback-url", paramLabel = "URL", description = "Who is told if that fails.")
        private @Nullable URI fallback;

        @Option(
                names = "--sip-subdomain",
                paramLabel = "NAME",
                description = "Calls of your own connections to sip:x@NAME.sip.telnyx.com come to it too.")
        private @Nullable String subdomain;

        @Mixin
        private LimitOptions limits = new LimitOptions();

        @Mixin
        private Named named = new Named();

        @Mixin
        private Consent consent = new Consent();

        Create(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            CallApplicationSettings wanted = new CallApplicationSettings(
                    name, Typed.required(webhook), fallback, subdomain, null, null, limits.limits());
            return session.change(CallApplications.class, consent, (provider, applications) -> {
                CommandId id = named.id(session);
                return Plan.to(
                                "application.create",
                                "Make the call-control application " + name,
                                facts(wanted),
                                "'pstn application list' shows whether it was made",
                                () -> applications.create(id, wanted))
                        .asking()
                        .as(id);
            });
        }

        private static Map<String, Object> facts(CallApplicationSettings wanted) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("name", wanted.name());
            all.put("webhookUrl", wanted.webhookUrl());
            all.put("fallbackUrl", wanted.fallbackUrl());
            all.put("sipSubdomain", wanted.sipSubdomain());
            all.put("limits", wanted.limits());
            return Typed.present(all, Map.of());
        }
    }

    @Command(name = "delete", description = "Takes an application away, with the profile made for it: asks.")
    static final class Delete implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "Telnyx's id of the application.")
        private String id = "";

        @Mixin
        private Consent consent = new Consent();

        Delete(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.change(CallApplications.class, consent, (provider, applications) -> {
                CallApplication found =
                        applications.find(id).orElseThrow(() -> Answer.notFound("call-control application " + id));
                return Plan.to(
                                "application.delete",
                                "Delete the call-control application " + found.name(),
                                Map.of("id", id, "name", found.name()),
                                "'pstn application list' shows whether it is still there",
                                () -> {
                                    applications.delete(id);
                                    return Results.gone("application", id);
                                })
                        .asking();
            });
        }
    }

    private static @Nullable Object countries(CallApplication application) {
        TrunkLimits limits = application.limits();
        return limits == null ? null : limits.countries();
    }

    private static List<String> warnings(CallApplication application) {
        return application.details().entrySet().stream()
                .filter(detail -> detail.getKey().startsWith("warning."))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
