package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.HangupCause;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.cdr.ProviderCdr;
import io.careflow.pstn.cdr.ProviderCdrs;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pstn call}. */
final class CallCommands {
    private CallCommands() {}

    @Command(
            name = "place",
            description = {
                "Calls somebody, and says, plays or connects something once they answer. Costs money: asks.",
                "What is said and played happens in the order in which it was typed. It returns as soon as the provider has taken"
                        + " the call; 'pstn call show' tells what becomes of it."
            },
            footer = {
                "",
                "Examples:",
                "  pstn call place --from +14165550100 --to +14165550199 --say 'Your appointment is at nine.'",
                "  pstn call place --from +14165550100 --to +14165550199 --dial +14165550123 --record --max 30m"
            })
    static final class Place implements Callable<Integer> {
        private final Session session;

        @Option(
                names = "--from",
                required = true,
                paramLabel = "NUMBER",
                description = "The number shown; of this account.")
        private @Nullable PhoneNumber from;

        @Option(
                names = "--to",
                required = true,
                paramLabel = "WHOM",
                description = "A number in E.164, or sip:user@host.")
        private @Nullable Destination to;

        @Mixin
        private FlowOptions flow = new FlowOptions();

        @Option(names = "--ring", paramLabel = "TIME", description = "How long it rings: 1s to 10m, 30s by default.")
        private Duration ring = Duration.ofSeconds(30);

        @Option(names = "--max", paramLabel = "TIME", description = "How long the call may last: 1s to 24h.")
        private @Nullable Duration longest;

        @Option(names = "--record", description = "Records it from the answer on. The law may want consent.")
        private boolean record;

        @Option(names = "--detect-machine", description = "Tells a person from an answering machine, as an event.")
        private boolean detectMachine;

        @Mixin
        private VendorOptions vendor = new VendorOptions();

        @Mixin
        private Named named = new Named();

        @Mixin
        private Consent consent = new Consent();

        Place(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            session.requireCalls();
            return session.change(CallControl.class, consent, (provider, calls) -> {
                CommandId id = named.id(session);
                CallRequest plain = new CallRequest(
                        id,
                        TenantId.DEFAULT,
                        Typed.required(to),
                        Typed.required(from),
                        flow.flow(),
                        ring,
                        longest,
                        detectMachine,
                        List.of(),
                        vendor.of(calls));
                CallRequest request = record ? plain.recorded() : plain;
                calls.check(request);
                // Recording is left to the provider: some do it without being able to begin one in a flow.
                calls.flows().require(provider.id(), plain.onAnswer());
                return Plan.to(
                                "call.place",
                                "Call " + request.to().address() + " from " + request.callerId(),
                                facts(request),
                                "'pstn call list --since 1h' shows whether it rang",
                                () -> calls.place(request))
                        .costing(new CallCost(
                                new Quotes(provider, session::withoutSecrets),
                                request.callerId(),
                                request.to(),
                                flow.dialled()))
                        .asking()
                        .as(id);
            });
        }

        private Map<String, Object> facts(CallRequest request) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("from", request.callerId());
            all.put("to", request.to());
            all.put("onAnswer", flow.described(record));
            all.put("ringFor", request.ringFor());
            all.put("longest", request.longest());
            all.put("detectMachine", detectMachine ? true : null);
            return Typed.present(all, request.options());
        }
    }

    @Command(name = "show", description = "What a call is doing, or how it ended.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the call.")
        private String id = "";

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.read(
                    CallControl.class,
                    (provider, calls) -> session.screen()
                            .one(calls.fetch(new CallRef(provider.id(), id))
                                    .orElseThrow(() -> Answer.notFound("call " + id))));
        }
    }

    @Command(name = "hangup", description = "Ends a call, ringing or answered. One that is over already is no error.")
    static final class HangUp implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ID", description = "The provider's id of the call.")
        private String id = "";

        @Mixin
        private Consent consent = new Consent();

        HangUp(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return session.change(CallControl.class, consent, (provider, calls) -> {
                CallRef ref = new CallRef(provider.id(), id);
                return Plan.to(
                        "call.hang-up",
                        "End the call " + id,
                        Map.of("call", id),
                        "'pstn call show " + id + "' shows whether it is over",
                        () -> {
                            calls.hangUp(ref, HangupCause.NORMAL_CLEARING);
                            return Results.gone("call", id);
                        });
            });
        }
    }

    @Command(
            name = "list",
            description = "Recent calls as the provider lists them, the newest first, also those that go on.",
            footer = {"", "Example:", "  pstn call list --since 2h"})
    static final class ListRecent implements Callable<Integer> {
        private final Session session;

        @Mixin
        private Span span = new Span();

        @Option(names = "--limit", paramLabel = "N", description = "At most this many, 50 by default.")
        private int limit = 50;

        ListRecent(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            if (limit < 1 || limit > 1000) {
                throw new BadUsage("--limit is " + limit + "; allowed are 1 to 1000");
            }
            Span.Times times = span.times(session.now(), Duration.ofDays(1));
            return session.read(ProviderCdrs.class, (provider, cdrs) -> {
                Comparator<ProviderCdr> byAge =
                        Comparator.comparing(ProviderCdr::started, Comparator.nullsFirst(Comparator.naturalOrder()));
                PriorityQueue<ProviderCdr> newest = new PriorityQueue<>(byAge);
                cdrs.pull(times.from(), times.to(), cdr -> {
                    newest.add(cdr);
                    if (newest.size() > limit) {
                        newest.remove();
                    }
                });
                List<ProviderCdr> shown =
                        newest.stream().sorted(byAge.reversed()).toList();
                session.screen().list(CdrCommands.table(), shown, "There were no calls since " + times.from() + ".");
            });
        }
    }
}
