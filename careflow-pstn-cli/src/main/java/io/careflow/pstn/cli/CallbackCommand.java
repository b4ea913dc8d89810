package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.Destination;
import io.careflow.pstn.call.control.CallControl;
import io.careflow.pstn.call.control.CallRequest;
import io.careflow.pstn.flow.CallFlow;
import io.careflow.pstn.flow.Continuation;
import io.careflow.pstn.flow.Dial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pstn callback}. */
@Command(
        name = "callback",
        description = {
            "Calls your own phone, and once you answer, whom you want; both are joined. Costs money: asks.",
            "Nobody's guards and credit are asked: an application asks them before its callbacks."
        },
        footer = {
            "",
            "Example:",
            "  pstn callback --phone +14165550199 --to +14165550123 --from +14165550100 --talk 30m"
        })
final class CallbackCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--phone",
            required = true,
            paramLabel = "WHOM",
            description = "Your own phone: a number in E.164, or sip:user@host. Rings first.")
    private @Nullable Destination phone;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "WHOM",
            description = "Whom you want: a number in E.164, or sip:user@host.")
    private @Nullable Destination to;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "NUMBER",
            description = "The number shown to both; of this account.")
    private @Nullable PhoneNumber from;

    @Option(
            names = "--ring",
            paramLabel = "TIME",
            description = "How long each of them rings: 1s to 10m, 30s by default.")
    private Duration ring = Duration.ofSeconds(30);

    @Option(names = "--talk", paramLabel = "TIME", description = "When the talk is cut: 1s to 24h, 1h by default.")
    private Duration talk = Duration.ofHours(1);

    @Mixin
    private Named named = new Named();

    @Mixin
    private Consent consent = new Consent();

    CallbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.requireCalls();
        return session.change(CallControl.class, consent, (provider, calls) -> {
            CommandId id = named.id(session);
            PhoneNumber shown = Typed.required(from);
            Dial dial = Dial.to(List.of(Typed.required(to)), Continuation.named("cli-dialled"))
                    .showing(shown)
                    .ringingFor(ring)
                    .talkingAtMost(talk);
            CallRequest request = CallRequest.of(
                            id, shown, Typed.required(phone), CallFlow.start().dial(dial))
                    .forTenant(TenantId.DEFAULT)
                    .ringingFor(ring);
            // First what the provider itself says, which names a setting that is missing.
            calls.check(request);
            calls.flows().require(provider.id(), request.onAnswer());
            return Plan.to(
                            "call.place",
                            "Call " + request.to().address() + ", then "
                                    + dial.destinations().get(0).address(),
                            facts(request, dial),
                            "'pstn call list --since 1h' shows whether it rang",
                            () -> calls.place(request))
                    .costing(new CallCost(
                            new Quotes(provider, session::withoutSecrets), shown, request.to(), dial.destinations()))
                    .asking()
                    .as(id);
        });
    }

    private static Map<String, Object> facts(CallRequest request, Dial dial) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("phone", request.to());
        all.put("to", dial.destinations().get(0));
        all.put("from", request.callerId());
        all.put("ringFor", request.ringFor());
        all.put("talk", dial.longest());
        return all;
    }
}
