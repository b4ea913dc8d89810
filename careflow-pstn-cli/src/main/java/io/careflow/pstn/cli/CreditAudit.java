package io.careflow.pstn.cli;

import io.careflow.pstn.credit.CreditDifference;
import io.careflow.pstn.jdbc.CreditTotals;
import io.careflow.pstn.jdbc.OperatorAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pstn credit audit}. Changes nothing. */
@Command(
        name = "audit",
        description = {
            "Adds up all entries and all holds of every account, and compares them with the balances that are kept.",
            "The exit code is 3 if one differs. Holds whose lease ran out count no more, swept or not."
        },
        footer = {"", "Example:", "  pstn credit audit --json"})
final class CreditAudit implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    CreditAudit(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        OperatorAccess tables = database.open(session);
        List<CreditDifference> differences =
                DatabaseOptions.asking(() -> tables.credit().audit());
        CreditTotals totals = DatabaseOptions.asking(tables::creditTotals);
        if (session.screen().isJson()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("right", differences.isEmpty());
            fields.put("totals", totals);
            fields.put("differences", differences);
            session.screen().document(Results.ordered(fields));
        } else {
            session.screen()
                    .line(totals.accounts() + " accounts, " + totals.entries() + " entries, " + totals.openHolds()
                            + " open holds, " + totals.lapsedHolds() + " whose lease ran out.");
            Table<CreditDifference> table = new Table<CreditDifference>()
                    .column("ACCOUNT", CreditDifference::account)
                    .column("BOOKED", CreditDifference::booked)
                    .column("ENTRIES", CreditDifference::entries)
                    .column("HELD", CreditDifference::held)
                    .column("HOLDS", CreditDifference::holds);
            session.screen().list(table, differences, "Every balance is the sum of its entries.");
        }
        return differences.isEmpty() ? ExitCode.OK : ExitCode.NO;
    }
}
