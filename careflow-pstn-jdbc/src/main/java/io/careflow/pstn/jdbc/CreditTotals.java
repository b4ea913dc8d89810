package io.careflow.pstn.jdbc;

import org.jdbi.v3.core.statement.Query;

/**
 * How much a ledger keeps.
 *
 * @param accounts all accounts, closed ones too
 * @param entries all entries of all accounts
 * @param openHolds holds that are neither settled nor released and whose lease runs
 * @param lapsedHolds holds whose lease ran out and that nobody swept yet; they count no more
 */
public record CreditTotals(long accounts, long entries, long openHolds, long lapsedHolds) {

    static CreditTotals read(Database database) {
        return database.slow("credit.totals", handle -> {
            try (Query sql = handle.createQuery("SELECT (SELECT count(*) FROM pstn_credit_accounts),"
                    + " (SELECT count(*) FROM pstn_credit_entries),"
                    + " count(*) FILTER (WHERE expires_at > clock_timestamp()),"
                    + " count(*) FILTER (WHERE expires_at <= clock_timestamp())"
                    + " FROM pstn_credit_holds WHERE state = 'HELD'")) {
                return sql.map((row, context) ->
                                new CreditTotals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                        .one();
            }
        });
    }
}
