package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.credit.Balance;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.credit.CreditDifference;
import io.careflow.pstn.credit.CreditEntry;
import io.careflow.pstn.credit.CreditTerms;
import io.careflow.pstn.credit.HoldAnswer;
import io.careflow.pstn.credit.LedgerAmounts;
import io.careflow.pstn.credit.Settlement;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.Objects;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Rows of the ledger, and what its functions answer. */
final class CreditRows {
    private CreditRows() {}

    static Query bind(Query sql, CreditAccount account) {
        return sql.bind("tenant", account.tenant().value()).bind("account", StoredForm.clean(account.id()));
    }

    static Query bind(Query sql, Money amount) {
        return sql.bind("currency", amount.currency().getCurrencyCode()).bind("amount", amount.amount());
    }

    static Query bind(Query sql, CreditAccount account, Money amount) {
        return bind(bind(sql, account), amount);
    }

    static HoldAnswer answer(ResultSet row, CommandId id, @Nullable CreditAccount account, Money asked)
            throws SQLException {
        return answer(
                row.getString("o_outcome"),
                row.getString("o_currency"),
                row,
                id,
                account == null ? "of the hold" : account.toString(),
                asked);
    }

    private static HoldAnswer answer(
            String outcome, @Nullable String currency, ResultSet row, CommandId id, String account, Money asked)
            throws SQLException {
        return switch (outcome) {
            case "HELD" ->
                new HoldAnswer.Held(
                        id,
                        new Money(row.getBigDecimal("o_amount"), asked.currency()),
                        Objects.requireNonNull(Sql.time(row, "o_until")));
            case "NOT_ENOUGH" ->
                new HoldAnswer.NotEnough(new Money(row.getBigDecimal("o_amount"), asked.currency()), asked);
            case "NO_ACCOUNT" -> new HoldAnswer.Refused("there is no account " + account);
            case "NO_HOLD" -> new HoldAnswer.Refused("there is no such hold");
            case "CURRENCY" -> LedgerAmounts.otherCurrency(String.valueOf(currency));
            case "CLOSED" -> new HoldAnswer.Refused("the account is closed");
            case "OVER" -> new HoldAnswer.Refused("the hold is over");
            case "OTHER_TERMS" -> LedgerAmounts.otherHold();
            default -> throw new SQLException("unknown answer of the ledger: " + outcome);
        };
    }

    static Settlement settlement(String outcome, @Nullable BigDecimal amount, CommandId id, Money cost) {
        switch (outcome) {
            case "SETTLED", "REPEATED" -> {
                Money taken = new Money(Objects.requireNonNull(amount), cost.currency());
                return new Settlement(id, taken, cost.minus(taken), outcome.equals("REPEATED"));
            }
            case "NO_HOLD" -> throw new IllegalStateException("there is no hold " + id);
            case "CURRENCY" -> throw LedgerAmounts.settledInAnother(id, cost, "another");
            case "OTHER_AMOUNT" -> throw LedgerAmounts.settledOtherwise(id);
            default -> throw new IllegalStateException("unknown answer of the ledger: " + outcome);
        }
    }

    static boolean booked(ResultSet row, CommandId id, CreditAccount account, Money amount) throws SQLException {
        String outcome = row.getString("o_outcome");
        return switch (outcome) {
            case "BOOKED" -> true;
            case "REPEATED" -> false;
            case "NO_ACCOUNT" -> throw LedgerAmounts.noAccount(account);
            case "CLOSED" -> throw LedgerAmounts.closed(account);
            case "CURRENCY" -> throw LedgerAmounts.paidInAnother(account, amount, row.getString("o_currency"));
            case "OTHER_TERMS" -> throw LedgerAmounts.paidOtherwise(id);
            case "NOT_ENOUGH" ->
                throw LedgerAmounts.notEnough(account, new Money(row.getBigDecimal("o_amount"), amount.currency()));
            default -> throw new SQLException("unknown answer of the ledger: " + outcome);
        };
    }

    static Balance balance(ResultSet row) throws SQLException {
        return new Balance(money(row, "booked"), money(row, "held"), money(row, "credit_limit"));
    }

    static CreditTerms terms(ResultSet row) throws SQLException {
        return new CreditTerms(CreditTerms.Mode.valueOf(row.getString("mode")), money(row, "credit_limit"));
    }

    static CreditEntry entry(ResultSet row) throws SQLException {
        Instant at = Objects.requireNonNull(Sql.time(row, "made_at"));
        return new CreditEntry(
                row.getLong("number"),
                CreditEntry.Kind.valueOf(row.getString("kind")),
                new CommandId(row.getString("reference")),
                money(row, "amount"),
                money(row, "uncovered"),
                row.getString("explanation"),
                at);
    }

    static CreditDifference difference(ResultSet row) throws SQLException {
        return new CreditDifference(
                new CreditAccount(new TenantId(row.getString("tenant")), row.getString("id")),
                money(row, "booked"),
                money(row, "entries"),
                money(row, "held"),
                money(row, "holds"));
    }

    private static Money money(ResultSet row, String column) throws SQLException {
        return new Money(row.getBigDecimal(column), Currency.getInstance(row.getString("currency")));
    }
}
