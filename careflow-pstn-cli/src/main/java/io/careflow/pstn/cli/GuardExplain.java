package io.careflow.pstn.cli;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.guard.CallGuard;
import io.careflow.pstn.guard.GuardDecision;
import io.careflow.pstn.guard.GuardPurpose;
import io.careflow.pstn.guard.GuardRequest;
import io.careflow.pstn.guard.GuardRules;
import io.careflow.pstn.guard.GuardRulesBook;
import io.careflow.pstn.guard.GuardRuling;
import io.careflow.pstn.guard.GuardStore;
import io.careflow.pstn.guard.MemoryGuardStore;
import io.careflow.pstn.guard.TalkPrice;
import io.careflow.pstn.money.Money;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pstn guard explain}. Counts nothing and asks no carrier. */
@Command(
        name = "explain",
        description = {
            "Whether a call would be allowed now, and what each rule says: its limit, the current value and why.",
            "Rules are the defaults for --home, changed by --rules: they are not those of the application unless the file says"
                    + " the same. Counters are those of the application's database if one is named, else taken to be empty."
                    + " Nothing is counted. The exit code is 3 if the call would be refused."
        },
        footer = {
            "",
            "Example:",
            "  pstn guard explain --home CA --to +442071838750 --user anna --price 0.02USD --minutes 30"
        })
final class GuardExplain implements Callable<Integer> {
    private final Session session;

    @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "Who is to be called, in E.164.")
    private @Nullable PhoneNumber to;

    @Option(names = "--user", required = true, paramLabel = "ID", description = "The user, by the application's key.")
    private @Nullable String user;

    @Option(names = "--tenant", paramLabel = "NAME", description = "The user's tenant; the default one unless given.")
    private @Nullable String tenant;

    @Option(
            names = "--price",
            paramLabel = "MONEY",
            description = "What each begun minute costs, or the whole text, such as 0.02USD; unknown unless given.")
    private @Nullable Money price;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = "The longest talk that is wanted; 60 unless given.")
    private int minutes = 60;

    @Option(
            names = "--purpose",
            paramLabel = "WHAT",
            defaultValue = "CALL",
            description = "What for: ${COMPLETION-CANDIDATES}; CALL unless given.")
    private GuardPurpose purpose = GuardPurpose.CALL;

    @Option(
            names = "--user-since",
            paramLabel = "WHEN",
            description = "Since when the user exists, such as 2026-01-31; a user of unknown age counts as new.")
    private @Nullable Instant since;

    @Option(names = "--home", paramLabel = "COUNTRY", description = "The tenant's home country, such as CA.")
    private @Nullable String home;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "A properties file with what differs from the defaults: home, countries, denied-prefixes,"
                    + " currency, without, reporting-only, and limit.RULE such as limit.user-spend-day.")
    private @Nullable Path rulesFile;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    GuardExplain(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        GuardRules rules = GuardRulesFile.read(home, rulesFile == null ? null : session.path(rulesFile));
        GuardRequest request = request();
        Clock clock = Clock.fixed(session.now(), ZoneOffset.UTC);
        boolean stored = database.isNamed(session);
        GuardStore store = stored ? database.open(session).guards() : new MemoryGuardStore(clock);
        GuardDecision decision = new CallGuard(GuardRulesBook.always(rules), store, clock).explain(request);
        show(decision, stored);
        return decision.allowed() ? ExitCode.OK : ExitCode.NO;
    }

    private GuardRequest request() {
        try {
            GuardRequest request = GuardRequest.of(
                            session.commandId(null),
                            tenant == null ? TenantId.DEFAULT : new TenantId(tenant),
                            Typed.required(user),
                            purpose,
                            Typed.required(to))
                    .wanting(Duration.ofMinutes(minutes));
            request = since == null ? request : request.byUserSince(since);
            if (price == null) {
                return request;
            }
            boolean text = purpose == GuardPurpose.MESSAGE;
            return request.priced(text ? TalkPrice.flat(price) : TalkPrice.perStartedMinute(price));
        } catch (IllegalArgumentException e) {
            throw new BadUsage(String.valueOf(e.getMessage()), e);
        }
    }

    private void show(GuardDecision decision, boolean stored) {
        if (session.screen().isJson()) {
            session.screen().document(Results.ordered(fields(decision, stored)));
            return;
        }
        String counted = decision.spend() == null ? "" : ", counted as " + Values.text(decision.spend());
        session.screen()
                .line(
                        decision.allowed()
                                ? "Allowed for " + Lengths.text(decision.longest()) + counted + "."
                                : "Refused by: " + decision.ruleIds() + ".");
        session.screen().line(stored ? "Counters: those of the database." : "Counters: taken to be empty.");
        session.screen().line("");
        Table<GuardRuling> table = new Table<GuardRuling>()
                .column("RULE", ruling -> ruling.rule().id())
                .column("SAYS", GuardRuling::verdict)
                .column("LIMIT", ruling -> Lengths.in(ruling.limit()))
                .column("NOW", ruling -> Lengths.in(ruling.current()))
                .column("BECAUSE", ruling -> Lengths.in(ruling.because()));
        session.screen().list(table, decision.rulings(), "No rule was asked.");
    }

    private static Map<String, @Nullable Object> fields(GuardDecision decision, boolean stored) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("allowed", decision.allowed());
        fields.put("longest", decision.longest());
        fields.put("spend", decision.spend());
        fields.put("counters", stored ? "database" : "empty");
        fields.put(
                "rulings", decision.rulings().stream().map(GuardExplain::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(GuardRuling ruling) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", ruling.rule().id());
        fields.put("verdict", ruling.verdict());
        fields.put("limit", ruling.limit());
        fields.put("current", ruling.current());
        fields.put("because", ruling.because());
        return fields;
    }
}
