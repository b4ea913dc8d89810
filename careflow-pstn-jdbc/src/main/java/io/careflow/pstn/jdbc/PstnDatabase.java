package io.careflow.pstn.jdbc;

import java.util.Objects;
import javax.sql.DataSource;

/**
 * The library's tables in the application's PostgreSQL, 13 or later: the way to its CDRs, numbers, users, rates and the flows of calls.
 *
 * <p>The tables are in the first schema of the search path of the data source's connections. The data source stays the
 * application's: nothing here closes it, and there is nothing here to close. Use one with a pool. Thread-safe.
 *
 * <pre>{@code
 * PstnDatabase database = PstnDatabase.open(dataSource, DatabaseSettings.defaults());
 * database.users().put(user);
 * database.numbers().put(OwnedNumber.main(number, "telnyx"));
 * new InboundDesk(database.directory(), prompts, settings);
 * }</pre>
 */
public final class PstnDatabase {
    private final JdbiCdrStore cdrs;
    private final JdbiDirectory directory;
    private final JdbiRates rates;
    private final JdbiNumbers numbers;
    private final JdbiUsers users;
    private final JdbiFlowStore flows;
    private final JdbiConsentLog consents;
    private final JdbiChannelLeases channels;
    private final JdbiCredit credit;
    private final JdbiGuardStore guards;
    private final JdbiAdmission admission;
    private final JdbiOutboundBook outbound;
    private final JdbiRetention retention;
    private final JdbiMessageBook messages;
    private final JdbiOptOuts optOuts;

    private PstnDatabase(Database database, UsersTable table, UsersSql sql) {
        this.cdrs = new JdbiCdrStore(database, sql.reference());
        this.directory = new JdbiDirectory(database, sql);
        this.rates = new JdbiRates(database);
        this.numbers = new JdbiNumbers(database, sql);
        this.users = new JdbiUsers(database, table, sql);
        this.flows = new JdbiFlowStore(database);
        this.consents = new JdbiConsentLog(database);
        this.channels = new JdbiChannelLeases(database);
        this.credit = new JdbiCredit(database);
        AdmissionDesk desk = new AdmissionDesk(database);
        this.guards = new JdbiGuardStore(database, desk);
        this.admission = new JdbiAdmission(desk);
        this.outbound = new JdbiOutboundBook(database);
        this.retention = new JdbiRetention(database);
        this.messages = new JdbiMessageBook(database);
        this.optOuts = new JdbiOptOuts(database);
    }

    /**
     * Brings the tables up to date, or checks them, as the settings say. Several nodes may do so at once.
     *
     * @throws StoreUnavailable if the database cannot be reached, or the tables cannot be used, saying what is missing or in the way: a table of the same name that
     *     is not ours, a migration that is due, a column that the application's users table does not have
     */
    public static PstnDatabase open(DataSource dataSource, DatabaseSettings settings) {
        Objects.requireNonNull(dataSource, "dataSource");
        Objects.requireNonNull(settings, "settings");
        Schema.prepare(dataSource, settings);
        Database database = new Database(dataSource, settings);
        return new PstnDatabase(database, settings.users(), UsersSql.of(database, settings.users()));
    }

    /** The call detail records. */
    public JdbiCdrStore cdrs() {
        return cdrs;
    }

    /** Who is behind a number or a CareFlow ID. */
    public JdbiDirectory directory() {
        return directory;
    }

    /** The prices. */
    public JdbiRates rates() {
        return rates;
    }

    /** Administers the numbers. */
    public JdbiNumbers numbers() {
        return numbers;
    }

    /** Administers the users. */
    public JdbiUsers users() {
        return users;
    }

    /** Which outbound calls were wanted, and what came of them. */
    public JdbiOutboundBook outbound() {
        return outbound;
    }

    /** Deletes what is over and old. */
    public JdbiRetention retention() {
        return retention;
    }

    /** Which texts were wanted, and what came of them. */
    public JdbiMessageBook messages() {
        return messages;
    }

    /** Who wants no texts. */
    public JdbiOptOuts optOuts() {
        return optOuts;
    }

    /** What parties of calls agreed to. */
    public JdbiConsentLog consents() {
        return consents;
    }

    /** How far calls are in their flows, where the carrier does not remember it. */
    public JdbiFlowStore flows() {
        return flows;
    }

    /** The channels of SIP trunks that are in use, by all nodes. */
    public JdbiChannelLeases channels() {
        return channels;
    }

    /** What customers may still spend, by all nodes. */
    public JdbiCredit credit() {
        return credit;
    }

    /** The counters and leases of guards, by all nodes. */
    public JdbiGuardStore guards() {
        return guards;
    }

    /** Guards and credit in one step; those of one node that come at the same time go together. */
    public JdbiAdmission admission() {
        return admission;
    }
}
