package io.careflow.pstn.cli;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.jdbc.StoreException;
import io.careflow.pstn.jdbc.StoreRefused;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which account of the application's ledger is meant. */
final class CreditOptions {
    static final String LOOK = "'pstn credit entries' and 'pstn credit balance' show whether it was done";

    @Parameters(paramLabel = "ACCOUNT", description = "The account, as the application names it.")
    private @Nullable String id;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Its tenant; the default one unless given.")
    private @Nullable String tenant;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    CreditAccount account() {
        try {
            return new CreditAccount(tenant == null ? TenantId.DEFAULT : new TenantId(tenant), Typed.required(id));
        } catch (IllegalArgumentException e) {
            throw new BadUsage(String.valueOf(e.getMessage()), e);
        }
    }

    CreditLedger ledger(Session session) {
        return database.open(session).credit();
    }

    /** The account's terms, or the answer that there is none. */
    static CreditTerms terms(CreditLedger ledger, CreditAccount account) {
        return DatabaseOptions.asking(() -> ledger.terms(account))
                .orElseThrow(() -> Answer.notFound("account " + Values.printable(account.toString())));
    }

    /** Changes the ledger, once; says what is certain if that fails. */
    static <T> T changing(Supplier<T> change) {
        try {
            return change.get();
        } catch (StoreRefused | IllegalStateException | IllegalArgumentException e) {
            throw Answer.failed(
                    String.valueOf(e.getMessage()).replace("; nothing was booked", "") + " (nothing was done)");
        } catch (StoreException e) {
            String state = e.sqlState().orElse("08");
            if (state.startsWith("08") || state.startsWith("57P")) {
                throw Answer.lost(e.getMessage() + " (it may have been done)");
            }
            throw Answer.failed(e.getMessage() + " (nothing was done)");
        }
    }
}
