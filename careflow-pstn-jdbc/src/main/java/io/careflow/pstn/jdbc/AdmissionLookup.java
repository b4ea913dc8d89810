package io.careflow.pstn.jdbc;

import io.careflow.pstn.CommandId;
import io.careflow.pstn.credit.CreditAccount;
import io.careflow.pstn.jdbc.AdmissionTask.Begin;
import io.careflow.pstn.jdbc.AdmissionTask.End;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads what a group has to know before it is decided. Locks nothing. Thread-safe. */
final class AdmissionLookup {
    private static final int MOST_KNOWN = 50_000;

    /** An account's number never changes, and accounts never go. */
    private final Map<CreditAccount, Long> numbers = new ConcurrentHashMap<>();

    /** What was found of a call that ends. */
    static final class Known {
        private @Nullable GuardHolder holder;
        private long account;
        private @Nullable BigDecimal held;

        /** What it added; null if it was not counted. */
        @Nullable
        GuardHolder holder() {
            return holder;
        }

        long account() {
            return account;
        }

        /** What is held for it; null if nothing is. */
        @Nullable
        BigDecimal held() {
            return held;
        }

        private void read(ResultSet row) throws SQLException {
            if (row.getString("o_holder") != null) {
                holder = GuardTables.holder(row);
            } else if (row.getString("o_state").equals("HELD")) {
                account = row.getLong("o_account");
                held = row.getBigDecimal("o_amount");
            }
        }
    }

    /** What there is of those that end, by their holders. */
    static Map<String, Known> known(Handle handle, List<AdmissionTask> tasks) {
        Map<CommandId, End> byHold = new HashMap<>();
        Map<String, Known> known = new HashMap<>();
        for (AdmissionTask task : tasks) {
            if (task instanceof End end) {
                byHold.put(end.hold(), end);
                known.put(end.holder(), new Known());
            }
        }
        if (!known.isEmpty()) {
            try (Query sql = handle.createQuery("SELECT * FROM pstn_guard_known(:holders, :ids)")) {
                int unused = sql.bind("holders", Sql.texts(known.keySet()))
                        .bind(
                                "ids",
                                Sql.texts(byHold.keySet().stream()
                                        .map(CommandId::value)
                                        .toList()))
                        .reduceResultSet(0, (count, row, context) -> {
                            @Nullable String id = row.getString("o_id");
                            String holder = id == null
                                    ? row.getString("o_holder")
                                    : Objects.requireNonNull(byHold.get(new CommandId(id)))
                                            .holder();
                            Objects.requireNonNull(known.get(holder)).read(row);
                            return count + 1;
                        });
            }
        }
        return known;
    }

    /** The numbers of the accounts of those that begin; those that there are not are left out. */
    Map<CreditAccount, Long> accounts(Handle handle, List<AdmissionTask> tasks) {
        Map<CreditAccount, Long> found = new HashMap<>();
        Set<CreditAccount> unknown = new LinkedHashSet<>();
        for (AdmissionTask task : tasks) {
            if (task instanceof Begin begin && begin.hold() != null) {
                CreditAccount account = begin.hold().account();
                @Nullable Long number = numbers.get(account);
                if (number == null) {
                    unknown.add(account);
                } else {
                    found.put(account, number);
                }
            }
        }
        if (!unknown.isEmpty()) {
            if (numbers.size() > MOST_KNOWN) {
                numbers.clear();
            }
            List<CreditAccount> asked = List.copyOf(unknown);
            try (Query sql = handle.createQuery(
                    "SELECT u.i, a.number FROM unnest(:tenants, :ids) WITH ORDINALITY u(tenant, id, i)"
                            + " JOIN pstn_credit_accounts a ON a.tenant = u.tenant AND a.id = u.id")) {
                sql.bind("tenants", Sql.all(asked, one -> one.tenant().value(), String[]::new))
                        .bind("ids", Sql.all(asked, one -> StoredForm.clean(one.id()), String[]::new))
                        .map((row, context) -> found.put(asked.get(row.getInt(1) - 1), row.getLong(2)))
                        .list();
            }
            unknown.forEach(account -> {
                @Nullable Long number = found.get(account);
                if (number != null) {
                    numbers.put(account, number);
                }
            });
        }
        return found;
    }
}
