package io.careflow.pstn.jdbc;

import io.careflow.pstn.PhoneNumber;
import io.careflow.pstn.TenantId;
import io.careflow.pstn.money.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Administers the table {@code pstn_numbers}. Thread-safe. Failures as of {@link JdbiDirectory}. */
public final class JdbiNumbers {
    private final Database database;
    private final String put;

    JdbiNumbers(Database database, UsersSql users) {
        this.database = database;
        this.put = "INSERT INTO pstn_numbers"
                + " (number, country_code, provider, monthly_cost, currency, status, careflow_user_id, tenant)"
                + " SELECT :number, :country_code, :provider, :monthly_cost, coalesce(:currency, 'USD'), :status,"
                + " :owner, :tenant WHERE CAST(:owner AS text) IS NULL OR EXISTS (SELECT 1 FROM " + users.from()
                + " WHERE " + users.keyIs("CAST(:owner AS text)") + " AND " + users.tenant() + " = :tenant)"
                + " ON CONFLICT (number) DO UPDATE SET provider = excluded.provider,"
                + " monthly_cost = excluded.monthly_cost, currency = excluded.currency, status = excluded.status,"
                + " careflow_user_id = excluded.careflow_user_id WHERE pstn_numbers.tenant = excluded.tenant";
    }

    /**
     * Adds a number, or changes the one that is there. Safe to repeat.
     *
     * @throws StoreRefused if its owner is no user of its tenant, or the number is another tenant's
     */
    public void put(OwnedNumber number) {
        Money cost = number.monthlyCost();
        int changed = database.quick("numbers.put", handle -> {
            try (Update sql = handle.createUpdate(put)) {
                return sql.bind("number", number.number().e164())
                        .bind("country_code", Integer.toString(number.number().countryCode()))
                        .bind("provider", number.carrier())
                        .bind("monthly_cost", cost == null ? null : cost.amount())
                        .bind("currency", cost == null ? null : cost.currency().getCurrencyCode())
                        .bind("status", number.active() ? "active" : "inactive")
                        .bind("owner", number.ownerId())
                        .bind("tenant", number.tenant().value())
                        .execute();
            }
        });
        if (changed == 0) {
            throw new StoreRefused(
                    "numbers.put", "its owner is no user of its tenant, or the number belongs to another tenant");
        }
    }

    /** All numbers of a tenant, active or not, in the order of their digits. */
    public List<OwnedNumber> list(TenantId tenant) {
        return list(database, tenant);
    }

    static List<OwnedNumber> list(Database database, TenantId tenant) {
        return database.quick("numbers.list", handle -> {
            try (Query sql = handle.createQuery("SELECT * FROM pstn_numbers WHERE tenant = :tenant ORDER BY number")) {
                return sql.bind("tenant", tenant.value())
                        .map((row, context) -> read(row))
                        .list();
            }
        });
    }

    private static OwnedNumber read(ResultSet row) throws SQLException {
        BigDecimal cost = row.getBigDecimal("monthly_cost");
        return new OwnedNumber(
                new PhoneNumber(row.getString("number")),
                new TenantId(row.getString("tenant")),
                row.getString("provider"),
                row.getString("status").equals("active"),
                row.getString("careflow_user_id"),
                cost == null ? null : new Money(cost, Currency.getInstance(row.getString("currency"))));
    }
}
