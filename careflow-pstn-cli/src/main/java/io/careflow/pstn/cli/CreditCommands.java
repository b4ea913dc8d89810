package io.careflow.pstn.cli;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditEntry;
import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.LedgerAmounts;
import io.careflow.pstn.money.Money;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pstn credit}: the ledger in the application's database. Asks no carrier. */
final class CreditCommands {
    private CreditCommands() {}

    @Command(
            name = "balance",
            description = "How an account stands: what was booked, what calls and texts hold now, what can be spent.",
            footer = {"", "Example:", "  pstn credit balance anna"})
    static final class Standing implements Callable<Integer> {
        private final Session session;

        @Mixin
        private CreditOptions options = new CreditOptions();

        Standing(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            CreditAccount account = options.account();
            CreditLedger ledger = options.ledger(session);
            session.screen().one(standing(ledger, account));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "open",
            description =
                    "Opens an account, prepaid or paid afterwards up to a limit; opens a closed one again. The same terms"
                            + " again change nothing, others are refused.",
            footer = {
                "",
                "Examples:",
                "  pstn credit open anna --prepaid USD",
                "  pstn credit open clinic --tenant west --postpaid 500USD"
            })
    static final class Open implements Callable<Integer> {
        private final Session session;

        @Mixin
        private CreditOptions options = new CreditOptions();

        @ArgGroup(multiplicity = "1")
        private Terms terms = new Terms();

        @Mixin
        private Consent consent = new Consent();

        Open(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            CreditAccount account = options.account();
            CreditTerms wanted = terms.terms();
            CreditLedger ledger = options.ledger(session);
            Map<String, Object> facts = facts(account);
            facts.put("mode", wanted.mode());
            facts.put("currency", wanted.currency().getCurrencyCode());
            facts.put("limit", wanted.limit());
            return session.carryOut(
                    plan("credit.open", "Open the account " + account, facts, () -> {
                        ledger.open(account, wanted);
                        return standing(ledger, account);
                    }),
                    consent);
        }
    }

    static final class Terms {
        @Option(names = "--prepaid", paramLabel = "CURRENCY", description = "It spends what was paid in, such as USD.")
        private @Nullable Currency prepaid;

        @Option(
                names = "--postpaid",
                paramLabel = "LIMIT",
                description = "It spends up to this much and pays afterwards, such as 50USD.")
        private @Nullable Money postpaid;

        private CreditTerms terms() {
            return postpaid == null ? CreditTerms.prepaid(Typed.required(prepaid)) : CreditTerms.postpaid(postpaid);
        }
    }

    @Command(
            name = "pay-in",
            description = {
                "Books a payment. The same --command-id again books nothing more, so give the payment's own number.",
                "The same id with another amount or account is refused."
            },
            footer = {"", "Example:", "  pstn credit pay-in anna --amount 20USD --command-id invoice-17"})
    static final class PayIn implements Callable<Integer> {
        private final Session session;

        @Mixin
        private CreditOptions options = new CreditOptions();

        @Option(
                names = "--amount",
                required = true,
                paramLabel = "MONEY",
                description = "How much, with the account's currency, such as 20USD.")
        private @Nullable Money amount;

        @Option(
                names = "--because",
                paramLabel = "TEXT",
                description = "What stands in the entry; 'pstn' unless given.")
        private String because = "pstn";

        @Mixin
        private Named named = new Named();

        @Mixin
        private Consent consent = new Consent();

        PayIn(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            CommandId id = named.id(session);
            CreditAccount account = options.account();
            Money paid = Typed.required(amount);
            LedgerAmounts.requirePayment(paid);
            CreditLedger ledger = options.ledger(session);
            requireCurrency(account, CreditOptions.terms(ledger, account), paid);
            Map<String, Object> facts = facts(account);
            facts.put("amount", paid);
            facts.put("because", because);
            return session.carryOut(
                    plan("credit.pay-in", "Book " + paid + " on the account " + account, facts, () -> {
                                boolean booked = ledger.pay(id, account, paid, because);
                                Map<String, Object> result = facts(account);
                                result.put("amount", paid);
                                result.put("repeated", !booked);
                                return Results.ordered(result);
                            })
                            .as(id),
                    consent);
        }
    }

    @Command(
            name = "limit",
            description =
                    "Sets how much a postpaid account may spend before it pays. What was spent or is held before stays.",
            footer = {"", "Example:", "  pstn credit limit clinic --tenant west --to 800USD"})
    static final class Limit implements Callable<Integer> {
        private final Session session;

        @Mixin
        private CreditOptions options = new CreditOptions();

        @Option(
                names = "--to",
                required = true,
                paramLabel = "MONEY",
                description = "The new limit, with the account's currency, such as 800USD.")
        private @Nullable Money limit;

        @Mixin
        private Consent consent = new Consent();

        Limit(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            CreditAccount account = options.account();
            Money wanted = Typed.required(limit);
            LedgerAmounts.requireCost(wanted);
            CreditLedger ledger = options.ledger(session);
            CreditTerms before = CreditOptions.terms(ledger, account);
            if (before.mode() != CreditTerms.Mode.POSTPAID || !before.currency().equals(wanted.currency())) {
                throw Answer.failed(LedgerAmounts.noLimit(account, before).getMessage() + " (nothing was done)");
            }
            Map<String, Object> facts = facts(account);
            facts.put("before", before.limit());
            facts.put("limit", wanted);
            return session.carryOut(
                    plan("credit.limit", "Set the limit of the account " + account + " to " + wanted, facts, () -> {
                        ledger.limit(account, wanted);
                        return standing(ledger, account);
                    }),
                    consent);
        }
    }

    @Command(
            name = "entries",
            description = "What was booked on an account, newest first: payments, adjustments, and each call and text.",
            footer = {"", "Example:", "  pstn credit entries anna --most 200 --json"})
    static final class Entries implements Callable<Integer> {
        private final Session session;

        @Mixin
        private CreditOptions options = new CreditOptions();

        @Option(
                names = "--most",
                paramLabel = "N",
                defaultValue = "50",
                description = "How many: 1 to 10000; 50 unless given.")
        private int most = 50;

        @Option(names = "--before", paramLabel = "NUMBER", description = "Only entries with a lower number than this.")
        private long before = Long.MAX_VALUE;

        Entries(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            LedgerAmounts.requirePage(most);
            CreditAccount account = options.account();
            CreditLedger ledger = options.ledger(session);
            // An account without entries is not one that is missing.
            CreditTerms known = CreditOptions.terms(ledger, account);
            List<CreditEntry> entries = DatabaseOptions.asking(() -> ledger.entries(account, before, most));
            Table<CreditEntry> table = new Table<CreditEntry>()
                    .column("NUMBER", CreditEntry::number)
                    .column("AT", CreditEntry::at)
                    .column("KIND", CreditEntry::kind)
                    .column("AMOUNT", CreditEntry::amount)
                    .column("UNCOVERED", CreditEntry::uncovered)
                    .column("REFERENCE", CreditEntry::reference)
                    .column("BECAUSE", CreditEntry::explanation);
            session.screen().list(table, entries, "Nothing was booked on this " + known.mode() + " account.");
            return ExitCode.OK;
        }
    }

    private static Plan plan(String action, String sentence, Map<String, Object> facts, Supplier<Object> work) {
        return Plan.to(action, sentence, facts, CreditOptions.LOOK, () -> CreditOptions.changing(work))
                .asking();
    }

    private static void requireCurrency(CreditAccount account, CreditTerms terms, Money amount) {
        if (!terms.currency().equals(amount.currency())) {
            throw Answer.failed(LedgerAmounts.paidInAnother(
                                    account, amount, terms.currency().getCurrencyCode())
                            .getMessage()
                    + " (nothing was done)");
        }
    }

    private static Map<String, Object> facts(CreditAccount account) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("tenant", account.tenant());
        facts.put("account", account.id());
        return facts;
    }

    private static Object standing(CreditLedger ledger, CreditAccount account) {
        CreditTerms terms = CreditOptions.terms(ledger, account);
        Balance balance = DatabaseOptions.asking(() -> ledger.balance(account))
                .orElseThrow(() -> Answer.notFound("account " + Values.printable(account.toString())));
        Map<String, Object> fields = facts(account);
        fields.put("mode", terms.mode());
        fields.put("booked", balance.booked());
        fields.put("held", balance.held());
        fields.put("limit", balance.limit());
        fields.put("available", balance.available());
        return Results.ordered(fields);
    }
}
