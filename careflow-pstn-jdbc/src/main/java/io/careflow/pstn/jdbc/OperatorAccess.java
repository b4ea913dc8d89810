package io.careflow.pstn.jdbc;

import io.careflow.pstn.TenantId;
import io.careflow.pstn.call.CallRef;
import io.careflow.pstn.cdr.Cdr;
import io.careflow.pstn.cdr.CdrQuery;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The library's tables as an operator's tool sees them, which knows nothing of the application and where it keeps its users: prices
 * and credit to change, numbers, call records and counters of guards to read. Makes and migrates no tables. Thread-safe.
 */
public final class OperatorAccess {
    private final Database database;
    private final JdbiCdrStore cdrs;
    private final JdbiRates rates;

    private OperatorAccess(Database database) {
        this.database = database;
        this.cdrs = new JdbiCdrStore(database, ":user_ref");
        this.rates = new JdbiRates(database);
    }

    /**
     * Opens the tables after a look at their version.
     *
     * @param dataSource stays the caller's; need not be a pool
     * @param limit the longest that one statement may take, a second or more
     * @throws StoreUnavailable if the database cannot be reached, or the tables are not there or of another version
     */
    public static OperatorAccess open(DataSource dataSource, Duration limit) {
        Objects.requireNonNull(dataSource, "dataSource");
        Schema.check(dataSource);
        DatabaseSettings settings = DatabaseSettings.defaults()
                .withoutMigration()
                .withQueryTimeout(limit)
                .withReportTimeout(limit);
        return new OperatorAccess(new Database(dataSource, settings));
    }

    /** The prices. */
    public JdbiRates rates() {
        return rates;
    }

    /** The counters of guards. */
    public JdbiGuardStore guards() {
        return new JdbiGuardStore(database, new AdmissionDesk(database));
    }

    /** The ledger of credit. */
    public JdbiCredit credit() {
        return new JdbiCredit(database);
    }

    /** How much the ledger keeps. */
    public CreditTotals creditTotals() {
        return CreditTotals.read(database);
    }

    /** All numbers of a tenant, as {@link JdbiNumbers#list}. */
    public List<OwnedNumber> numbers(TenantId tenant) {
        return JdbiNumbers.list(database, tenant);
    }

    /** The record of a call. */
    public Optional<Cdr> find(CallRef call) {
        return cdrs.find(call);
    }

    /** Every record that matches, as {@link JdbiCdrStore#each}. */
    public void each(CdrQuery query, Consumer<Cdr> consumer) {
        cdrs.each(query, consumer);
    }
}
