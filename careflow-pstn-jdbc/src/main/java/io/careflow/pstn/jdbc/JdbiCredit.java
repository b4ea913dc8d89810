package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditDifference;
import io.careflow.pstn.credit.CreditEntry;
import io.careflow.pstn.credit.CreditLedger;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.Hold;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.LedgerAmounts;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.jdbc.AdmissionTask.Ended;
import io.careflow.pstn.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * The ledger in the tables {@code pstn_credit_accounts}, {@code pstn_credit_entries} and {@code pstn_credit_holds}, for all nodes of an
 * application. Each method is one statement and one round trip; those of one account do their work one after another, accounts do not
 * wait for each other. Only the clock of the database counts. That an account spends what it has not is refused by a constraint of the
 * database besides, and so is a change of an entry. Thread-safe. Throws {@link StoreUnavailable} if the database cannot be asked: what
 * was sent may have been done, and is safe to send again. Throws {@link StoreRefused} if the database refuses a value.
 */
public final class JdbiCredit implements CreditLedger {
    private static final int SWEPT_AT_ONCE = 1000;

    private final Database database;

    JdbiCredit(Database database) {
        this.database = database;
    }

    @Override
    public HoldAnswer reserve(Hold hold) {
        LedgerAmounts.require(hold.amount());
        return database.quick("credit.reserve", handle -> reserve(handle, hold));
    }

    static HoldAnswer reserve(Handle handle, Hold hold) {
        return one(
                handle,
                "SELECT * FROM pstn_credit_reserve(:id, :tenant, :account, :currency, :amount, :lease, :purpose)",
                sql -> CreditRows.bind(sql, hold.account(), hold.amount())
                        .bind("id", hold.id().value())
                        .bind("lease", hold.lease().toMillis())
                        .bind("purpose", StoredForm.clean(hold.purpose())),
                (row, context) -> CreditRows.answer(row, hold.id(), hold.account(), hold.amount()));
    }

    @Override
    public HoldAnswer extend(CommandId hold, Money more, Duration lease) {
        LedgerAmounts.requireCost(more);
        return one(
                "credit.extend",
                "SELECT * FROM pstn_credit_extend(:id, :currency, :amount, :lease)",
                sql -> CreditRows.bind(sql, more).bind("id", hold.value()).bind("lease", lease.toMillis()),
                (row, context) -> CreditRows.answer(row, hold, null, more));
    }

    @Override
    public boolean renew(CommandId hold, Duration lease) {
        return one(
                "credit.renew",
                "WITH renewed AS (UPDATE pstn_credit_holds SET expires_at = clock_timestamp() + :lease * interval '1"
                        + " millisecond' WHERE id = :id AND state = 'HELD' AND expires_at > clock_timestamp() RETURNING 1)"
                        + " SELECT count(*) FROM renewed",
                sql -> sql.bind("id", hold.value()).bind("lease", lease.toMillis()),
                (row, context) -> row.getInt(1) == 1);
    }

    @Override
    public Settlement settle(CommandId hold, Money amount, String explanation) {
        LedgerAmounts.requireCost(amount);
        Ended ended = database.quick("credit.settle", handle -> settle(handle, hold, amount, explanation));
        return CreditRows.settlement(ended.outcome(), ended.taken(), hold, amount);
    }

    static Ended settle(Handle handle, CommandId hold, Money amount, String explanation) {
        return one(
                handle,
                "SELECT * FROM pstn_credit_settle(:id, :currency, :amount, :explanation)",
                sql -> CreditRows.bind(sql, amount)
                        .bind("id", hold.value())
                        .bind("explanation", StoredForm.clean(explanation)),
                (row, context) -> new Ended(row.getString("o_outcome"), row.getBigDecimal("o_taken")));
    }

    @Override
    public void release(CommandId hold, String because) {
        Ended unused = database.quick("credit.release", handle -> release(handle, hold, because));
    }

    static Ended release(Handle handle, CommandId hold, String because) {
        return one(
                handle,
                "SELECT pstn_credit_release(:id, :because)",
                sql -> sql.bind("id", hold.value()).bind("because", StoredForm.clean(because)),
                (row, context) -> new Ended(row.getBoolean(1) ? "RELEASED" : "OVER", null));
    }

    @Override
    public Optional<Balance> balance(CreditAccount account) {
        return database.quick("credit.balance", handle -> {
            try (Query sql = handle.createQuery(
                    "SELECT currency, booked, credit_limit, held - coalesce((SELECT sum(amount)"
                            + " FROM pstn_credit_holds h WHERE h.account = a.number AND state = 'HELD' AND expires_at <="
                            + " clock_timestamp()), 0) AS held FROM pstn_credit_accounts a WHERE tenant = :tenant AND id = :account")) {
                return CreditRows.bind(sql, account)
                        .map((row, context) -> CreditRows.balance(row))
                        .findOne();
            }
        });
    }

    @Override
    public void open(CreditAccount account, CreditTerms terms) {
        LedgerAmounts.require(terms.limit());
        CreditTerms kept = one(
                "credit.open",
                "INSERT INTO pstn_credit_accounts AS a (tenant, id, currency, mode, credit_limit)"
                        + " VALUES (:tenant, :account, :currency, :mode, :amount) ON CONFLICT (tenant, id) DO UPDATE SET"
                        + " status = CASE WHEN a.currency = excluded.currency AND a.mode = excluded.mode"
                        + " AND a.credit_limit = excluded.credit_limit THEN 'OPEN' ELSE a.status END"
                        + " RETURNING currency, mode, credit_limit",
                sql -> CreditRows.bind(sql, account, terms.limit())
                        .bind("mode", terms.mode().name()),
                (row, context) -> CreditRows.terms(row));
        if (!kept.equals(terms)) {
            throw LedgerAmounts.otherTerms(account, kept);
        }
    }

    @Override
    public Optional<CreditTerms> terms(CreditAccount account) {
        return database.quick("credit.terms", handle -> {
            try (Query sql = handle.createQuery("SELECT currency, mode, credit_limit FROM pstn_credit_accounts"
                    + " WHERE tenant = :tenant AND id = :account")) {
                return CreditRows.bind(sql, account)
                        .map((row, context) -> CreditRows.terms(row))
                        .findOne();
            }
        });
    }

    @Override
    public void limit(CreditAccount account, Money limit) {
        LedgerAmounts.requireCost(limit);
        boolean done = one(
                "credit.limit",
                "WITH changed AS (UPDATE pstn_credit_accounts SET credit_limit = :amount, beyond = greatest(0, held - booked"
                        + " - :amount) WHERE tenant = :tenant AND id = :account AND mode = 'POSTPAID' AND currency = :currency"
                        + " RETURNING 1) SELECT count(*) FROM changed",
                sql -> CreditRows.bind(sql, account, limit),
                (row, context) -> row.getInt(1) == 1);
        if (!done) {
            throw terms(account)
                    .map(terms -> LedgerAmounts.noLimit(account, terms))
                    .orElseGet(() -> LedgerAmounts.noAccount(account));
        }
    }

    @Override
    public void close(CreditAccount account) {
        boolean done = one(
                "credit.close",
                "WITH closed AS (UPDATE pstn_credit_accounts SET status = 'CLOSED' WHERE tenant = :tenant AND id = :account"
                        + " RETURNING 1) SELECT count(*) FROM closed",
                sql -> CreditRows.bind(sql, account),
                (row, context) -> row.getInt(1) == 1);
        if (!done) {
            throw LedgerAmounts.noAccount(account);
        }
    }

    @Override
    public boolean pay(CommandId id, CreditAccount account, Money amount, String explanation) {
        LedgerAmounts.requirePayment(amount);
        return book("PAYMENT", id, account, amount, explanation);
    }

    @Override
    public boolean adjust(CommandId id, CreditAccount account, Money amount, String explanation) {
        LedgerAmounts.requireAdjustment(amount);
        return book("ADJUSTMENT", id, account, amount, explanation);
    }

    @Override
    public List<CreditEntry> entries(CreditAccount account, long before, int most) {
        LedgerAmounts.requirePage(most);
        return database.slow("credit.entries", handle -> {
            try (Query sql = handle.createQuery(
                    "SELECT e.number, kind, reference, amount, uncovered, explanation, made_at,"
                            + " currency FROM pstn_credit_entries e JOIN pstn_credit_accounts a ON a.number = e.account"
                            + " WHERE tenant = :tenant AND id = :account AND e.number < :before ORDER BY e.number DESC LIMIT :most")) {
                return CreditRows.bind(sql, account)
                        .bind("before", before)
                        .bind("most", most)
                        .map((row, context) -> CreditRows.entry(row))
                        .list();
            }
        });
    }

    @Override
    public int sweep() {
        return database.slow("credit.sweep", handle -> {
            try (Query sql = handle.createQuery("SELECT pstn_credit_sweep(:most)")) {
                return sql.bind("most", SWEPT_AT_ONCE).mapTo(Integer.class).one();
            }
        });
    }

    @Override
    public List<CreditDifference> audit() {
        return database.slow("credit.audit", handle -> {
            try (Query sql = handle.createQuery(
                    "SELECT tenant, id, currency, booked, held, coalesce(e.sum, 0) AS entries,"
                            + " coalesce(h.sum, 0) AS holds FROM pstn_credit_accounts a"
                            + " LEFT JOIN (SELECT account, sum(amount) FROM pstn_credit_entries GROUP BY account) e"
                            + " ON e.account = a.number"
                            + " LEFT JOIN (SELECT account, sum(amount) FROM pstn_credit_holds WHERE state = 'HELD' GROUP BY account) h"
                            + " ON h.account = a.number"
                            + " WHERE booked <> coalesce(e.sum, 0) OR held <> coalesce(h.sum, 0) ORDER BY tenant, id")) {
                return sql.map((row, context) -> CreditRows.difference(row)).list();
            }
        });
    }

    private boolean book(String kind, CommandId id, CreditAccount account, Money amount, String explanation) {
        return one(
                "credit.book",
                "SELECT * FROM pstn_credit_book(:tenant, :account, :kind, :id, :currency, :amount, :explanation)",
                sql -> CreditRows.bind(sql, account, amount)
                        .bind("kind", kind)
                        .bind("id", id.value())
                        .bind("explanation", StoredForm.clean(explanation)),
                (row, context) -> CreditRows.booked(row, id, account, amount));
    }

    private <T> T one(String operation, String statement, Function<Query, Query> values, RowMapper<T> mapper) {
        return database.quick(operation, handle -> one(handle, statement, values, mapper));
    }

    private static <T> T one(Handle handle, String statement, Function<Query, Query> values, RowMapper<T> mapper) {
        try (Query sql = handle.createQuery(statement)) {
            return values.apply(sql).map(mapper).one();
        }
    }
}
